using System.Text;

namespace LlmCostModel.Logs.Tests.Summaries;

/// <summary>What groups say besides what they cost: whose the calls inside are, what a cache saved, what its misses cost, how far the log is
/// from what is calculated, what a plan covers.</summary>
public class GroupFigureTests
{
    private static readonly CostEstimator Estimator = new(
        RateCardJson.Parse("""
            { "Name": "acme", "Currency": "USD", "Models": {
                "writer": { "PerMillionTokens": { "Input": 4, "CacheRead": 1, "CacheWrite5m": 5, "Output": 10 } },
                "advisor": { "PerMillionTokens": { "Input": 5, "Output": 25 } } } }
            """, "acme"));

    /// <summary>The advisor: 2,000 x 5 + 40 x 25 = 0.011; the writer: 1,000 x 4 + 100 x 10 = 0.005.</summary>
    [Fact]
    public void CallInsideACall_HasTheGroupOfItsOwnModel()
    {
        LogSummary summary = Sum("model", """{"type":"message","model":"writer","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"advisor_message","model":"advisor","input_tokens":2000,"output_tokens":40}]}}""");

        Assert.Equal(
            [("advisor", 0L, 1L, 0.011m, 2000L), ("writer", 1L, 0L, 0.005m, 1000L)],
            summary.Groups.Select(group => (group.Key[0].Value!, group.Calls, group.NestedCalls, group.Total!.Value.Amount, group.Usage.Input)));
        Assert.Equal([0.6875m, 0.3125m], summary.Groups.Select(group => summary.Totals[0].ShareOf(group)!.Value)); // 11 and 5 of 16
    }

    [Fact]
    public void CallInsideACall_IsInTheGroupOfTheCall_WhereModelsAreNotApart()
    {
        LogSummary summary = Sum("day", """{"timestamp":"2026-03-01T10:00:00Z","message":{"type":"message","model":"writer","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"advisor_message","model":"advisor","input_tokens":2000,"output_tokens":40}]}}}""");

        Assert.Equal(
            [(1L, 1L, 0.016m, 3000L)],
            summary.Groups.Select(group => (group.Calls, group.NestedCalls, group.Total!.Value.Amount, group.Usage.Input)));
    }

    /// <summary>Read 3,000: 3,000 x (4 - 1) = 0.009 less; written 1,000: 1,000 x (5 - 4) = 0.001 more. Of 5,000 tokens 3,000 were
    /// read.</summary>
    [Fact]
    public void Cache_SavesWhatReadsCostLess_AndLosesWhatWritesCostMore()
    {
        SummaryGroup group = Sum(
            "model",
            """{"model":"writer","usage":{"input":500,"cacheRead":3000,"cacheWrite5m":1000,"output":10}}""",
            """{"model":"writer","usage":{"input":500,"output":10}}""").Groups[0];

        Assert.Equal((0.6m, 0.008m), (group.CacheHitRate, group.CacheSaved!.Value.Amount));
    }

    [Fact]
    public void Cache_SavedNothingThatIsKnown_WithoutAnEstimatorOrACache()
    {
        Assert.Null(Sum("model", """{"model":"writer","usage":{"input":500}}""").Groups[0].CacheSaved);
        LogSummary bare = Sum(new LogSummary([]), """{"model":"writer","usage":{"cacheRead":500}}""");
        Assert.Null(bare.Groups[0].CacheSaved);
        Assert.Null(Sum("model", """{"model":"writer","usage":{"output":500}}""").Groups[0].CacheHitRate);
    }

    /// <summary>Written again 500 and 300 instead of read: 800 x (5 - 1) = 0.0032.</summary>
    [Fact]
    public void CacheMisses_AreAddedUpByTheirReason()
    {
        SummaryGroup group = Sum(
            "model",
            Missed("m1", "tools_changed", 500),
            Missed("m2", "tools_changed", 300),
            """{"id":"m3","type":"message","model":"writer","diagnostics":{"cache_miss_reason":{"type":"unavailable"}},"usage":{"input_tokens":10,"output_tokens":1}}""").Groups[0];

        Assert.Equal(
            ["tools_changed: 2 calls, 800 tokens, 0.0032 USD", "unavailable: 1 call, 0 tokens"],
            group.CacheMisses.Select(miss => miss.ToString()));

        static string Missed(string id, string reason, int tokens) => $$$"""{"id":"{{{id}}}","type":"message","model":"writer","diagnostics":{"cache_miss_reason":{"type":"{{{reason}}}","cache_missed_input_tokens":{{{tokens}}} } },"usage":{"input_tokens":10,"output_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":1000,"ephemeral_1h_input_tokens":0} } }""";
    }

    /// <summary>Calculated 1,000 x 4 = 0.004 twice, reported 0.005 and 0.004. A call without a reported cost is in neither.</summary>
    [Fact]
    public void Drift_IsOfTheCallsThatSayBoth()
    {
        LogReaderOptions options = new();
        foreach ((string field, string column) in (ReadOnlySpan<(string, string)>)[("model", "m"), ("input", "i"), ("cost", "c")])
        {
            options.Map.Add(field, column);
        }

        LogSummary summary = new([], estimator: Estimator);
        foreach (LogRecord record in TextLog.Read("m,i,c\nwriter,1000,0.005\nwriter,1000,0.004\nwriter,1000,\n", options))
        {
            summary.Add(record, Estimator.Price(record.Call!));
        }

        CostDrift drift = summary.Groups[0].Drift!.Value;
        Assert.Equal((0.008m, 0.009m, -0.001m), (drift.Calculated.Amount, drift.Reported.Amount, drift.Difference));
        Assert.Equal(0.012m, summary.Totals[0].Total.Amount);
        Assert.Equal(drift, summary.Totals[0].Drift);
    }

    /// <summary>Each call costs 4; the plan covers 6: 4 and 2, so that 2 are left to pay of the second.</summary>
    [Fact]
    public void Coverage_IsCoveredAndPaidApart()
    {
        PoolAccounts accounts = new([new PrepaidPool { Name = "plan", Amount = 6, Currency = "USD" }]);
        LogSummary summary = new([SummaryKey.Find("user")!]);
        foreach (LogRecord record in TextLog.Read("""
            {"model":"writer","usage":{"input":1000000},"tags":{"user":"ann"}}
            {"model":"writer","usage":{"input":1000000},"tags":{"user":"bob"}}
            """))
        {
            PricedCall priced = Estimator.Price(record.Call!);
            summary.Add(record, priced, accounts.Draw(priced));
        }

        Assert.Equal(
            [("ann", 4m, 0m), ("bob", 2m, 2m)],
            summary.Groups.Select(group => (group.Key[0].Value!, group.Covered!.Value.Amount, group.Paid?.Amount ?? 0)));
        Assert.Equal((6m, 2m, true), (summary.Totals[0].Covered!.Value.Amount, summary.Totals[0].Paid!.Value.Amount, summary.Totals[0].IsPaidKnown));
    }

    private static LogSummary Sum(string key, params string[] lines) =>
        Sum(new LogSummary([SummaryKey.Find(key)!], estimator: Estimator), lines);

    private static LogSummary Sum(LogSummary summary, params string[] lines)
    {
        foreach (LogRecord record in new LogReader().Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "test"))
        {
            summary.Add(record, Estimator.Price(record.Call!));
        }

        return summary;
    }
}
