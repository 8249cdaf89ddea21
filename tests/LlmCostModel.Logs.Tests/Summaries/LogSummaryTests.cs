using System.Text;
using LlmCostModel.Catalog;

namespace LlmCostModel.Logs.Tests.Summaries;

/// <summary>Priced calls are added up by what they have in common.</summary>
public class LogSummaryTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    /// <summary>o1: 1 M x 15 and 0.5 M x 15; gpt-4o: 2 M x 2.50. What a record does not say is a group of its own, and not an empty
    /// text.</summary>
    [Fact]
    public void Summary_HasAGroupForEachValue_AndOneForNone()
    {
        LogSummary summary = Sum(
            [SummaryKey.Find("tag:team")!, SummaryKey.Find("model")!],
            """{"model":"o1","at":"2025-01-27","usage":{"input":1000000},"tags":{"team":"x"}}""",
            """{"model":"o1","at":"2025-01-27","usage":{"input":500000},"tags":{"team":"x"}}""",
            """{"model":"gpt-4o","at":"2025-01-27","usage":{"input":2000000},"tags":{"team":""}}""",
            """{"model":"gpt-4o","at":"2025-01-27","usage":{"input":2000000}}""");

        Assert.Equal(
            [("none", "gpt-4o", 1L, 5m), ("", "gpt-4o", 1L, 5m), ("x", "o1", 2L, 22.5m)],
            summary.Groups.Select(group => (group.Key[0].Value ?? "none", group.Key[1].Value!, group.Calls, group.Total!.Value.Amount)));
        Assert.Equal("32.5 USD", string.Join(", ", summary.Totals));
    }

    [Fact]
    public void Summary_OfNoKeys_IsOneGroup_AndSaysWhatItLacks()
    {
        LogSummary summary = Sum(
            [],
            """{"model":"o1","at":"2025-01-27","usage":{"input":1000000}}""",
            """{"model":"acme-1","at":"2025-01-28","usage":{"input":1}}""",
            """{"model":"acme-1","at":"2025-01-29","usage":{"input":1}}""");

        SummaryGroup group = summary.Groups[0];
        SummaryReason reason = group.Reasons[0];
        Assert.Equal((1, 1, 1), (summary.Groups.Count, group.Reasons.Count, summary.Totals.Count));
        Assert.Equal((3, 1, 0, 2), (group.Calls, group.Priced, group.Partial, group.Unpriced));
        Assert.Equal((2, "acme-1", 28, 29), (reason.Count, reason.Model, reason.First!.Value.Day, reason.Last!.Value.Day));
        Assert.Equal("at least 15 USD (2 calls without a price)", summary.Totals[0].ToString());
        Assert.False(summary.Totals[0].IsComplete);
    }

    /// <summary>Portkey's log without the response says 1 M tokens of prompt, and not how many of them were read from a cache at half the
    /// price: 2.50 is not the least that it cost, nor the most where something has no price.</summary>
    [Fact]
    public void TotalOfCountsInDoubt_IsNotALowerBound()
    {
        LogSummary summary = Sum(
            [],
            """{"id":"r1","created_at":"2026-06-01T10:00:00Z","ai_org":"openai","ai_model":"gpt-4o","req_units":1000000,"res_units":0,"is_success":1}""");

        Assert.Equal((1, 1), (summary.Groups[0].Partial, summary.Groups[0].InDoubt));
        Assert.Equal("about 2.5 USD (1 call in part)", summary.Totals[0].ToString());
    }

    /// <summary>A report states of how many calls it is the sum: 50, at 12,000 x 2.50 and 2,000 x 10 per million.</summary>
    [Fact]
    public void SumOfAReport_CountsTheCallsThatItIsOf()
    {
        LogSummary summary = Sum(
            [],
            """{"object":"page","data":[{"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[{"object":"organization.usage.completions.result","input_tokens":12000,"output_tokens":2000,"num_model_requests":50,"model":"gpt-4o","batch":false,"service_tier":"default"}]}]}""");

        SummaryGroup group = summary.Groups[0];
        Assert.Equal((50, 50, 0, 0), (group.Calls, group.Priced, group.Partial, group.Unpriced));
        Assert.Equal(0.05m, group.Total!.Value.Amount);
    }

    [Fact]
    public void NamesOfKeys_AreFound_AndOthersAreNot()
    {
        Assert.All(SummaryKey.Names, name => Assert.Equal(name, SummaryKey.Find(name)?.Name));
        Assert.Null(SummaryKey.Find("tag:"));
        Assert.Null(SummaryKey.Find("Model"));
    }

    private static LogSummary Sum(IReadOnlyList<SummaryKey> keys, params string[] lines)
    {
        LogSummary summary = new(keys);
        foreach (LogRecord record in new LogReader().Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "test"))
        {
            summary.Add(record, Estimator.Price(record.Call!));
        }

        return summary;
    }
}
