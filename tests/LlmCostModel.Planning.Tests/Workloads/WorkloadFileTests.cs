using System.Text;

namespace LlmCostModel.Planning.Tests;

public sealed class WorkloadFileTests
{
    [Fact]
    public void Read_EveryKindOfMistake_GivesOneListOfFaults()
    {
        WorkloadException error = Assert.Throws<WorkloadException>(() => Read("""
            {
              "nmae": "typo",
              "block": 512,
              "agentLoop": { "turns": 0, "prefixTokens": -1, "growthTokens": 1.5, "gap": "5 minutes", "colour": "red" },
              "calls": [],
              "forecast": {
                "start": "next month", "months": 1000, "requests": { "p5": 10 }, "promptTokens": { "p5": 10, "p95": 1 }, "outputTokens": "many",
                "hitRate": { "low": 2, "high": 1 }, "reasoningTokens": { "observations": [] }, "budget": -5, "samples": 1, "writeBucket": "Output", "retryRate": true
              },
              "candidates": [
                { "model": "o1", "tokenRatio": 0, "quality": 1.5, "reasoningRatio": -1, "cache": "anthropc" },
                { "tier": "", "at": "soon", "cache": { "match": "prefix", "lookback": 3, "timeToLive": "0s", "minimumTokens": "x" } },
                { "model": "o1", "cache": { "granularity": 1 } },
                { "model": "o1", "cache": { "match": "entry", "lookback": 0, "maximumBreakpoints": 0, "granularity": 16, "writeBucket": "CacheRead", "readableAfter": "-1s" } }
              ]
            }
            """));

        Assert.Equal(
            [
                "workload:agentLoop:colour",
                "workload:agentLoop:gap",
                "workload:agentLoop:growthTokens",
                "workload:agentLoop:prefixTokens",
                "workload:agentLoop:turns",
                "workload:block",
                "workload:calls",
                "workload:candidates:0:cache",
                "workload:candidates:0:quality",
                "workload:candidates:0:reasoningRatio",
                "workload:candidates:0:tokenRatio",
                "workload:candidates:1:at",
                "workload:candidates:1:cache",
                "workload:candidates:1:cache:lookback",
                "workload:candidates:1:cache:minimumTokens",
                "workload:candidates:1:cache:timeToLive",
                "workload:candidates:1:model",
                "workload:candidates:1:tier",
                "workload:candidates:2:cache",
                "workload:candidates:2:cache:match",
                "workload:candidates:3:cache",
                "workload:candidates:3:cache:granularity",
                "workload:candidates:3:cache:lookback",
                "workload:candidates:3:cache:maximumBreakpoints",
                "workload:candidates:3:cache:readableAfter",
                "workload:candidates:3:cache:writeBucket",
                "workload:forecast:budget",
                "workload:forecast:hitRate",
                "workload:forecast:model",
                "workload:forecast:months",
                "workload:forecast:outputTokens",
                "workload:forecast:promptTokens",
                "workload:forecast:reasoningTokens",
                "workload:forecast:requests",
                "workload:forecast:retryRate",
                "workload:forecast:samples",
                "workload:forecast:start",
                "workload:forecast:writeBucket",
                "workload:nmae",
            ],
            error.Faults.Select(fault => fault.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("workload:forecast:months: '1000' is refused: A forecast is for 1 to 120 months.", error.Message, StringComparison.Ordinal);
        Assert.Contains("workload:agentLoop:gap: '5 minutes' is not a duration. Write a number and its unit, such as 500ms, 60s, 5m, 1h or 2d.", error.Message, StringComparison.Ordinal);
        Assert.Contains("workload:nmae: the name 'nmae' is not known. Did you mean 'name'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("workload:calls is given beside 'agentLoop'", error.Message.Replace(": is", " is", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Forecast_TakesEveryKindOfDistribution()
    {
        ForecastPlan plan = Read("""
            { "name": "chat", "forecast": {
                "model": "deepseek-reasoner", "provider": "deepseek", "tier": "batch", "start": "2026-01-01", "months": 6, "requests": { "p5": 100, "p95": 400 }, "promptTokens": { "median": 1000, "p95": 3000 },
                "outputTokens": { "mean": 500, "variation": 0.5 }, "reasoningTokens": { "observations": [200, 200] }, "hitRate": { "low": 0.5, "high": 0.7 },
                "retryRate": 0.02, "growth": -0.05, "budget": 1000.50, "samples": 5000, "seed": 3, "writeBucket": "CacheWrite5m" } }
            """).Plan!;

        Assert.Equal(
            [
                "lognormal, 5% below 100, 95% below 400", "lognormal, half below 1000, 95% below 3000", "lognormal, mean 500, coefficient of variation 0.5",
                "mean of 2 observations, 200, all alike", "anywhere from 0.5 to 0.7", "0.02", "-0.05",
            ],
            plan.Lines[0].Inputs.Select(input => input.Value.Description).Order(StringComparer.Ordinal).OrderBy(text => Order(text)));
        Assert.Equal(("deepseek-reasoner", "deepseek", "batch", 6, 1_000.50m, 5_000, 3), (plan.Lines[0].Model, plan.Lines[0].Context.Provider, plan.Lines[0].Context.Tier, plan.Months, plan.Budget, plan.Samples, plan.Seed));
        Assert.Equal(TokenBucket.CacheWrite5m, plan.Lines[0].WriteBucket);

        static int Order(string text) => text switch
        {
            _ when text.Contains("400", StringComparison.Ordinal) => 0,
            _ when text.Contains("3000", StringComparison.Ordinal) => 1,
            _ when text.Contains("500", StringComparison.Ordinal) => 2,
            _ when text.Contains("observations", StringComparison.Ordinal) => 3,
            _ when text.Contains("anywhere", StringComparison.Ordinal) => 4,
            "0.02" => 5,
            _ => 6,
        };
    }

    [Fact]
    public void Read_AgentLoopAndCandidates_AreCompared()
    {
        WorkloadFile file = Read("""
            {
              "agentLoop": { "turns": 40, "prefixTokens": 15000, "growthTokens": 1500, "outputTokens": 100, "gap": "30s" },
              "candidates": [
                { "model": "o1", "quality": 0.8 },
                { "model": "deepseek-reasoner", "label": "R1", "cache": "deepseek", "quality": 0.7, "tokenRatio": 1.1 },
                { "model": "deepseek-reasoner", "cache": { "preset": "deepseek", "minimumTokens": 1024, "timeToLive": "30s" } },
                { "model": "deepseek-reasoner", "cache": { "match": "entry", "lookback": 20, "maximumBreakpoints": 4, "automaticBreakpoint": false, "detectCommonPrefix": true, "refreshOnRead": false, "readableAfter": "500ms", "writeBucket": "CacheWrite1h", "name": "mine" } }
              ]
            }
            """);

        Assert.Equal(40, file.Workload!.Requests.Length);
        Assert.Equal(1, file.Workload.Tasks);
        Assert.Equal(CachePolicies.DeepSeek, file.Candidates[1].Cache);
        Assert.Equal(CachePolicies.DeepSeek with { MinimumTokens = 1_024, TimeToLive = TimeSpan.FromSeconds(30) }, file.Candidates[2].Cache);
        Assert.Equal(
            new EntryCachePolicy
            {
                Name = "mine",
                Lookback = 20,
                MaximumBreakpoints = 4,
                AutomaticBreakpoint = false,
                DetectCommonPrefix = true,
                RefreshOnRead = false,
                ReadableAfter = TimeSpan.FromMilliseconds(500),
                WriteBucket = TokenBucket.CacheWrite1h,
            },
            file.Candidates[3].Cache);
    }

    [Fact]
    public void Read_CallsWithCounts_AreKept()
    {
        Workload workload = Read("""{ "calls": [ { "input": 10, "cacheRead": 5, "output": 3, "reasoning": 2, "count": 7 }, { "output": 1 } ], "tasks": 4 }""").Workload!;

        Assert.Equal(
            [new WorkloadCall { Usage = new() { Input = 10, CacheRead = 5, Output = 3, Reasoning = 2 }, Count = 7 }, new WorkloadCall { Usage = new() { Output = 1 } }], workload.Calls.AsEnumerable());
        Assert.Equal(4, workload.Tasks);
    }

    [Fact]
    public void Read_CallsWithACachePolicy_IsAFault() => Assert.Contains(
        "workload:candidates:0:cache: 'anthropic-5m' is given, but the workload has only calls, whose cache reads are fixed. Leave it out, or give a trace, a log or an agent loop.",
        Assert.Throws<WorkloadException>(() => Read("""{ "calls": [ { "input": 1 } ], "candidates": [ { "model": "o1", "cache": "anthropic-5m" } ] }""")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_BrokenTrace_NamesFileAndLine() => Assert.Contains(
        "workload:trace: 't.jsonl' cannot be read: Line 1: 'timestamp' is missing.",
        Assert.Throws<WorkloadException>(() => WorkloadFile.Read(Encoding.UTF8.GetBytes("""{ "trace": "t.jsonl" }"""), _ => ["{}"])).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{ "name": "a", "name": "b" }""")]
    public void Read_NoJson_Throws(string text) => Assert.StartsWith("workload is not JSON: ", Assert.Throws<WorkloadException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static WorkloadFile Read(string json) => WorkloadFile.Read(Encoding.UTF8.GetBytes(json), _ => []);
}
