using System.Globalization;

namespace LlmCostModel.Logs.Tests.Gates;

/// <summary>What a comparison of two recorded runs takes for what, beside the verdicts.</summary>
public class CostGateTests
{
    /// <summary>The price doubled in March, between the two runs: a million tokens cost as much as a million tokens.</summary>
    [Fact]
    public void PriceChange_IsNotAChangeOfTheCode()
    {
        string[] before = [GateRuns.Call("s", 1)], after = [GateRuns.Call("s", 1).Replace("2026-02-01", "2026-03-02", StringComparison.Ordinal)];

        GateResult result = GateRuns.Compare(before, after);
        GateResult given = GateRuns.Compare(before, after, new() { At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });

        Assert.Equal((2m, 2m, 0m), (result.Total.Costs[0].Base, result.Total.Costs[0].Head, result.Total.Costs[0].Change));
        Assert.Equal((GateInstant.LastOfHead, new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero)), (result.Instant, result.At));
        Assert.Equal((1m, 1m, GateInstant.Given), (given.Total.Costs[0].Base, given.Total.Costs[0].Head, given.Instant));
    }

    [Fact]
    public void Instant_IsOfTheBase_OrNow_WhereTheHeadStatesNone()
    {
        string dated = GateRuns.Call("s", 1), undated = dated.Replace("\"at\":\"2026-02-01T10:00:00Z\",", "", StringComparison.Ordinal);
        CostGateOptions options = new() { Clock = new InApril() };

        GateResult ofBase = GateRuns.Compare([dated], [undated], options), now = GateRuns.Compare([undated], [undated], options);

        Assert.Equal((GateInstant.LastOfBase, 1m), (ofBase.Instant, ofBase.Total.Costs[0].Head));
        Assert.Equal((GateInstant.Now, 2m), (now.Instant, now.Total.Costs[0].Head));
        Assert.Contains("No call states its time: the prices are those of now.", now.Notes);
    }

    /// <summary>A call that a provider made inside of another one, at a time of its own, has the prices of the instant, too.</summary>
    [Fact]
    public void CallsInsideOfCalls_HaveThePricesOfTheInstant()
    {
        ModelCall call = ModelCall.FromUsage("a-1", new() { Input = 1_000_000 }) with { At = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) };
        NestedCall nested = new()
        {
            Role = CallRole.Advisor,
            Model = "a-1",
            Usage = new TokenUsage { Input = 1_000_000 },
            Served = new() { At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero) },
        };
        CostGate gate = new(GateRuns.Estimator);
        gate.AddBase(new() { Number = 1, Call = call });
        gate.AddHead(new() { Number = 1, Call = call with { Reading = call.Reading with { Nested = [nested] } } });

        Assert.Equal(2m, gate.Finish().Total.Costs[0].Head); // 1 + 1, and not 1 + 2
    }

    /// <summary>Without names, without the tag, and with one that nobody has.</summary>
    [Fact]
    public void MissingTags_AreSaid_OrDoNotPass()
    {
        string plain = """{"model":"a-1","at":"2026-02-01","usage":{"input":1000000}}""";

        GateResult none = GateRuns.Compare([plain], [plain]);
        GateResult asked = GateRuns.Compare([plain], [plain], new() { Scenario = SummaryKey.Find("tag:test"), Run = SummaryKey.Find("tag:try") });
        GateResult some = GateRuns.Compare([plain, GateRuns.Call("s", 1)], [plain, GateRuns.Call("s", 1)]);

        Assert.Equal((true, 0, null), (none.IsPassed, none.Scenarios.Count, none.Scenario));
        Assert.Contains("No call has the tag 'scenario', so that all are compared as one.", none.Notes);
        Assert.Equal(["No call states 'tag:test'. Name what the calls state.", "No call states 'tag:try'. Name what the calls state."], asked.Reasons);
        Assert.Equal([null, "s"], some.Scenarios.Select(one => one.Name));
        Assert.Contains("Calls that state no scenario, compared as one: 1 of the base, 1 of the head.", some.Notes);
    }

    [Fact]
    public void EmptySide_DoesNotPass()
    {
        GateResult none = GateRuns.Compare([GateRuns.Call("s", 1)], []);
        GateResult broken = GateRuns.Compare(["""{"model":"a-1","usage":{"input":-5}}"""], [GateRuns.Call("s", 1)]);
        GateResult both = GateRuns.Compare([], []);

        Assert.Equal(["The head has no calls, so that nothing can be compared."], none.Reasons);
        Assert.Equal(GateVerdict.Removed, none.Scenarios[0].Verdict);
        Assert.Equal(
            ["The base has no calls that can be read, so that nothing can be compared.", "Records of the base that cannot be read, so that it lacks calls: 1."],
            broken.Reasons);
        Assert.Equal((2, 0), (both.Reasons.Count, both.Head.Runs));
    }

    /// <summary>A record that cannot be read may be a call that the head does not seem to make.</summary>
    [Fact]
    public void RejectedRecords_DoNotPass()
    {
        GateResult result = GateRuns.Compare([GateRuns.Call("s", 1)], [GateRuns.Call("s", 1), "{broken"]);

        Assert.Equal(["Records of the head that cannot be read, so that it lacks calls: 1."], result.Reasons);
        Assert.Equal((2L, 1L, 1L), (result.Head.Records, result.Head.Rejected, result.Head.Calls));
    }

    /// <summary>The same id twice in the head is one call; in both runs it is a call of each.</summary>
    [Fact]
    public void Calls_CountOnceInEachRun()
    {
        string call = GateRuns.Call("s", 1).Replace("{\"model\"", "{\"id\":\"c-1\",\"model\"", StringComparison.Ordinal);

        GateResult once = GateRuns.Compare([call], [call, call]), twice = GateRuns.Compare([call], [call, call], new() { KeepDuplicates = true });

        Assert.Equal((1m, 1m, 1L, true), (once.Total.Costs[0].Base, once.Total.Costs[0].Head, once.Head.Merged, once.IsPassed));
        Assert.Equal((2m, 0L, false), (twice.Total.Costs[0].Head, twice.Head.Merged, twice.IsPassed));
    }

    /// <summary>Averages of one run: 2 runs of 3 calls and 1 run of 4; 40 of 100 tokens of the base and 90 of 300 of the head are read
    /// from a cache.</summary>
    [Fact]
    public void Figures_AreThoseOfOneRun()
    {
        static string Call(string run, int input, int read) => FormattableString.Invariant(
            $$$"""{"model":"a-1","at":"2026-02-01","usage":{"input":{{{input}}},"cacheRead":{{{read}}},"output":5},"tags":{"iteration":"{{{run}}}"}}""");

        string[] before = [.. Enumerable.Range(0, 6).Select(call => Call($"{call % 2}", 10, call == 0 ? 40 : 0))];
        string[] after = [.. Enumerable.Range(0, 4).Select(call => Call("0", 60 - (10 * call), call == 0 ? 90 : 0))];

        GateResult result = GateRuns.Compare(before, after);

        (GateSide left, GateSide right) = (result.Total.Base!, result.Total.Head!);
        Assert.Equal("tag:iteration", result.Run!.Name);
        Assert.Equal((2, 6L, 3m, 1, 4m), (left.Runs, left.Calls, left.CallsPerRun, right.Runs, right.CallsPerRun));
        Assert.Equal((0.4m, 90m / 270), (left.CacheHitRate, right.CacheHitRate));
        Assert.Equal((50m, 15m), (left.PerRun(left.Usage.TotalInput), left.PerRun(left.Usage.Output)));
    }

    /// <summary>A run may lack a scenario, which then has fewer runs.</summary>
    [Fact]
    public void ScenarioThatARunLacks_IsComparedByTheOthers()
    {
        GateResult result = GateRuns.Compare([.. GateRuns.Runs("s", 1, 1, 1), .. GateRuns.Runs("t", 2, 2)], [.. GateRuns.Runs("s", 1, 1, 1), .. GateRuns.Runs("t", 2, 2, 2)]);

        Assert.Equal((2, 3, 0m), (result.Scenarios[1].Base!.Runs, result.Scenarios[1].Head!.Runs, result.Scenarios[1].Costs[0].Change));
        Assert.Contains("Not in every run of the base, and averaged over the runs that have it: 't'.", result.Notes);
    }

    /// <summary>By model the move to another one shows as a model that is gone and one that is new, and the total decides.</summary>
    [Fact]
    public void Scenario_MayBeAnyKey()
    {
        GateResult result = GateRuns.Compare([GateRuns.Call("s", 1)], [GateRuns.Call("s", 1, model: "free-1")], new() { Scenario = SummaryKey.Find("model") });

        Assert.Equal([("a-1", GateVerdict.Removed), ("free-1", GateVerdict.New)], result.Scenarios.Select(one => (one.Name!, one.Verdict)));
        Assert.Equal(GateVerdict.Decrease, result.Total.Verdict);
    }

    /// <summary>Days are those of the calls, and not of the prices.</summary>
    [Fact]
    public void Run_MayBeTheDay()
    {
        string[] before = [GateRuns.Call("s", 1), GateRuns.Call("s", 1).Replace("02-01", "02-02", StringComparison.Ordinal)];

        Assert.Equal(2, GateRuns.Compare(before, before, new() { Run = SummaryKey.Find("day") }).Base.Runs);
    }

    [Fact]
    public void SumsThatAreTooLarge_AreRejected()
    {
        string huge = """{"model":"free-1","at":"2026-02-01","usage":{"input":9223372036854775807}}""";

        GateResult result = GateRuns.Compare([huge], [huge, huge]);

        Assert.Equal((1L, false), (result.Head.Rejected, result.IsPassed));
    }

    [Fact]
    public void Comparison_IsFinishedOnce()
    {
        CostGate gate = new(GateRuns.Estimator);
        gate.Finish();

        Assert.Throws<InvalidOperationException>(gate.Finish);
        Assert.Equal("The comparison is finished.", Assert.Throws<InvalidOperationException>(() => gate.AddHead(new() { Number = 1 })).Message);
        Assert.Throws<ArgumentNullException>(() => new CostGate(GateRuns.Estimator).AddBase(null!));
        Assert.Throws<ArgumentNullException>(() => new CostGate(null!));
    }

    [Fact]
    public void Options_AreInTheirRanges()
    {
        CostGateOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaximumIncrease = -0.01m);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Confidence = 0.49m);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Confidence = 1);
        Assert.Equal((0.05m, 0.95m), (options.MaximumIncrease, options.Confidence));
    }

    [Fact]
    public void Texts_AreInvariant_AndOneLine()
    {
        CultureInfo here = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            GateResult result = GateRuns.Compare([.. GateRuns.Runs("a\\nb", 9.5m, 12)], [.. GateRuns.Runs("a\\nb", 9.5m, 12.5m)]);

            Assert.Equal("a\\u000ab: 10.75 to 11 USD: WithinLimit", result.Scenarios[0].ToString());
            Assert.Equal("passed: 10.75 to 11 USD: WithinLimit", result.ToString());
            Assert.All(result.Notes, note => Assert.DoesNotMatch("[0-9],[0-9]", note));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    private sealed class InApril : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
