using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>At which instants a workload is priced (findings 4.2).</summary>
public sealed class InstantTests
{
    private const string Own = "Each request has the prices of its own instant.";

    /// <summary>1 USD a million tokens, double from 06 to 10 UTC.</summary>
    private static readonly CostEstimator Peak = new(
        RateCardJson.Parse(
            """
            { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "Output": 1 },
              "Rules": [ { "Name": "peak", "Multiply": 2, "When": { "Daily": [ "06:00-10:00" ], "TimeZone": "UTC" } } ] } } }
            """,
            "card"));

    private static readonly DateTimeOffset Seven = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Compare_Log_HasThePricesOfItsInstants()
    {
        Workload log = Workload.Create([Request(Seven), Request(Seven.AddHours(6))]);

        CandidateCost own = Compare(log, default);
        CandidateCost noon = Compare(log, new() { At = Seven.AddHours(5) });
        CandidateCost midnight = Compare(log, new() { At = Seven.AddHours(-7) });

        Assert.True(log.HasInstants);
        Assert.Equal((3m, Own), (own.Total?.Amount, own.Assumptions[^1])); // 2 at seven, 1 at one
        Assert.Empty(own.Notes);
        Assert.Equal((2m, "Prices are those of 2026-11-24T12:00:00Z."), (noon.Total?.Amount, noon.Assumptions[^1]));
        Assert.Equal(
            ["The hour decides the price of 'm': these are the prices of 2026-11-24T12:00:00Z; at other hours of that day a call costs 2 times as much."],
            noon.Notes.AsEnumerable());
        Assert.EndsWith(" A date alone is midnight UTC.", Assert.Single(midnight.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TraceAndLoopWithoutInstants_HaveThoseOfTheCandidate()
    {
        Workload trace = Workload.Create(MooncakeTrace.Read(["""{"timestamp":0,"input_length":1000000,"output_length":0,"hash_ids":[1]}"""], 1_000_000));
        Workload loop = Workload.Create(new AgentLoop { Turns = 1, PrefixTokens = 1_000_000, GrowthTokens = 0 }.CreateRequests(null, TimeSpan.Zero));

        Assert.False(trace.HasInstants || loop.HasInstants);
        Assert.Equal([2m, 2m], new[] { trace, loop }.Select(workload => Compare(workload, new() { At = Seven }).Total?.Amount));
        Assert.Equal("Prices are those of now.", Compare(trace, default).Assumptions[^1]);
    }

    [Fact]
    public void Compare_HourThatDecidesNothing_IsNotMentioned()
    {
        CostEstimator flat = new(Prices.Card("acme", ("m", new() { Input = 1m, Output = 1m })));

        Assert.Empty(WorkloadComparison.Compare(flat, Workload.Create([Request(Seven)]), new WorkloadCandidate { Model = "m", Context = new() { At = Seven } })[0].Notes);
    }

    /// <summary>In any order of sending: what a run gives is what the comparison of the whole gives.</summary>
    [Fact]
    public void Run_RequestByRequest_IsTheComparison()
    {
        Workload log = Workload.Create([Request(Seven), Request(Seven.AddHours(6))]);
        CandidateRun run = new(Peak, new WorkloadCandidate { Model = "m" });
        foreach (PromptRequest request in log.Requests)
        {
            run.Send(request);
        }

        Assert.Equal(Compare(log, default) with { Ratio = null }, run.Finish(log.Tasks));
    }

    private static PromptRequest Request(DateTimeOffset at) => new() { At = at, Prompt = [Text("a", 1_000_000)] };

    private static CandidateCost Compare(Workload workload, CallContext context) =>
        WorkloadComparison.Compare(Peak, workload, new WorkloadCandidate { Model = "m", Context = context })[0];
}
