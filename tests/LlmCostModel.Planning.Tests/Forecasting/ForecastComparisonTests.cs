using System.Collections.Immutable;
using System.Text;

namespace LlmCostModel.Planning.Tests;

/// <summary>Scenarios beside a plan: 1,000,000 requests of 1,000 tokens of input at 1 a million, 100 of output and 300 of reasoning at 5: 1,000 + 2,000.</summary>
public sealed class ForecastComparisonTests
{
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        Encoding.UTF8.GetBytes("""
            { "Provider": "acme", "Currency": "USD", "Models": {
              "m": { "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "CacheWrite5m": 1.25, "Output": 5 }, "BilledAs": { "Reasoning": "Output" },
                "Rules": [ { "Name": "batch", "Multiply": 0.5, "When": { "Tier": "batch" } } ] },
              "big": { "PerMillionTokens": { "Input": 4, "CacheRead": 0.4, "Output": 10 }, "BilledAs": { "Reasoning": "Output" } } } }
            """),
        "acme"));

    private static readonly ForecastPlan Plan = Plans.Of(
        new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        new() { Model = "m", Requests = 1_000_000, PromptTokens = 1_000, OutputTokens = 100, ReasoningTokens = 300 },
        months: 1);

    public static TheoryData<string, string, decimal> Changes => new()
    {
        { "a price cut", """ "priceFactor": 0.8 """, 2_400 },
        { "another model", """ "model": "big" """, 8_000 },
        { "half in batches", """ "batchShare": "50%" """, 2_250 },
        { "all in batches", """ "batchShare": 1 """, 1_500 },
        { "another tier", """ "tier": "batch" """, 1_500 },
        { "longer reasoning", """ "reasoningFactor": 2 """, 4_500 },
        { "shorter prompts", """ "promptFactor": "50%" """, 2_500 },
        { "a cache", """ "hitRate": "90%", "writeBucket": "CacheWrite5m" """, 90 + 125 + 2_000 },
        { "more traffic", """ "requestsFactor": 3 """, 9_000 },
        { "shorter answers", """ "outputFactor": 0 """, 2_500 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Compare_AChange_CostsWhatItSays(string name, string members, decimal cost)
    {
        ForecastScenarioCost compared = Compare($$"""{ "name": "{{name}}", {{members}} }""")[0];

        Assert.Equal((name, cost, decimal.Round(cost / 3_000, 6)), (compared.Name, compared.Forecast.Total.Mean, compared.Ratio!.Value));
    }

    /// <summary>
    /// big costs 4,000 + 4,000 = 8,000. To cost 3,000 its prices would have to be 3/8 of what they are. Its input alone costs more, so that no
    /// output is short enough; prompts would not do either, as the output alone costs 4,000.
    /// </summary>
    [Fact]
    public void Compare_ACostlierModel_SaysWhatHasToBeTrue()
    {
        ForecastScenarioCost big = Compare("""{ "name": "big", "model": "big" }""")[0];

        Assert.Equal(
            ["prices: at most 0.375 times", "promptTokens: never", "outputTokens: never", "reasoningTokens: never"],
            big.Conditions.Select(condition => condition.ToString()));
    }

    /// <summary>
    /// Reasoning of 0.2 of the length on the same model costs 1,000 + 500 + 300 = 1,800, and may be 1,500 / 300 = 5 times as long before it costs
    /// 3,000; the output 1,700 / 500 = 3.4 times; the prompts 2,200 / 1,000 = 2.2 times; prices 3,000 / 1,800 = 1.6667 times, of which 1.667 would cost more.
    /// </summary>
    [Fact]
    public void Compare_ACheaperScenario_SaysHowMuchThereIsToSpare()
    {
        ForecastScenarioCost cheap = Compare("""{ "name": "less", "reasoningFactor": 0.2 }""")[0];

        Assert.Equal(
            ["prices: at most 1.666 times", "promptTokens: at most 2.2 times", "outputTokens: at most 3.4 times", "reasoningTokens: at most 5 times"],
            cheap.Conditions.Select(condition => condition.ToString()));
    }

    /// <summary>With writes at 1.25 and reads at 0.1: 0.1 h + 1.25 (1 - h) = 1 at h = 0.25 / 1.15 = 21.74%, of which 21.7% would not do.</summary>
    [Fact]
    public void Compare_ACache_SaysWhichHitRateItNeeds()
    {
        ForecastScenarioCost cache = Compare("""{ "name": "cache", "hitRate": 0.9, "writeBucket": "CacheWrite5m" }""")[0];

        Assert.Equal("hitRate: at least 21.8%", cache.Conditions[^1].ToString());
    }

    /// <summary>Only the named line changes; an unknown one is refused with its path.</summary>
    [Fact]
    public void Read_ScenarioOfALine_ChangesThatLine()
    {
        ForecastScenario scenario = new() { Name = "s", Line = "second", RequestsFactor = 2 };
        ForecastPlan two = Plan with { Lines = [Plan.Lines[0], Plan.Lines[0] with { Name = "second" }] };

        Assert.Equal([1_000_000.0, 2_000_000.0], scenario.Apply(two).Lines.Select(line => line.Requests.Exact!.Value));
        WorkloadException refused = Assert.Throws<WorkloadException>(() => Scenarios("""{ "name": "s", "line": "third" }, { "hitRate": 60 }"""));
        Assert.Contains("workload:scenarios:0: is refused: The plan has no line 'third'. It has m.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("workload:scenarios:1:name: is missing.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("workload:scenarios:1: is refused: A share is from 0 to 1", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Many times an uncertain number is the number with its quantiles so many times as large, in JSON as well.</summary>
    [Fact]
    public void Times_OfAnyNumber_MultipliesItsQuantiles()
    {
        foreach (Uncertain value in (Uncertain[])[Uncertain.Exactly(4), Uncertain.Between(1, 9), Uncertain.Uniform(2, 3), Uncertain.FromObservations([1, 2, 3])])
        {
            Assert.Equal(2.5 * value.GetQuantile(0.9), value.Times(5).Times(0.5).GetQuantile(0.9), 9);
        }

        Assert.Equal(0, Uncertain.Between(1, 9).Times(0).Exact);
        Assert.Throws<ArgumentOutOfRangeException>(() => Uncertain.Between(1, 9).Times(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uncertain.Between(1, 9).Times(double.PositiveInfinity));
    }

    private static IReadOnlyList<ForecastScenarioCost> Compare(string scenarios) =>
        ForecastComparison.Compare(Estimator, Plan, Scenarios(scenarios));

    private static ImmutableArray<ForecastScenario> Scenarios(string scenarios) => WorkloadFile.Read(
        Encoding.UTF8.GetBytes($$"""
            { "forecast": { "model": "m", "start": "2026-12-01", "months": 1, "requests": "1M", "promptTokens": "1k", "outputTokens": 100, "reasoningTokens": 300 },
              "scenarios": [ {{scenarios}} ] }
            """),
        _ => []).Scenarios;
}
