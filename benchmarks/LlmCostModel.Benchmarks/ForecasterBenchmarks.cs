using BenchmarkDotNet.Attributes;
using LlmCostModel.Planning;

namespace LlmCostModel.Benchmarks;

/// <summary>Forecasts a year of 100,000 scenarios, six inputs uncertain.</summary>
[MemoryDiagnoser]
public class ForecasterBenchmarks
{
    private static readonly CostEstimator Estimator = new(new RateCard
    {
        Name = "deepseek",
        Currency = "USD",
        Models =
        [
            new()
            {
                Id = "deepseek-reasoner",
                Versions =
                [
                    new()
                    {
                        PerMillionTokens = new() { Input = 0.55m, CacheRead = 0.14m, Output = 2.19m },
                        BilledAs = new PriceVersion().BilledAs.Add(TokenBucket.Reasoning, TokenBucket.Output),
                    },
                ],
            },
        ],
    });

    private static readonly ForecastPlan Year = new()
    {
        Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Lines =
        [
            new()
            {
                Model = "deepseek-reasoner",
                Requests = Uncertain.Between(200_000, 450_000),
                PromptTokens = Uncertain.Between(1_000, 3_000),
                OutputTokens = Uncertain.Between(500, 1_600),
                ReasoningTokens = Uncertain.Between(100, 900),
                HitRate = Uncertain.Uniform(0.6, 0.9),
                Growth = Uncertain.Uniform(0, 0.1),
            },
        ],
        Samples = 100_000,
    };

    /// <summary>The least that it takes: pricing every scenario of every month.</summary>
    [Benchmark(Baseline = true)]
    public decimal Estimate_EveryScenario()
    {
        PricedModel model = Estimator.GetModel("deepseek-reasoner");
        CallContext context = new() { At = Year.Start };
        decimal sum = 0;
        for (int i = 0; i < Year.Samples * Year.Months; i++)
        {
            sum += model
                .Estimate(
                    new TokenUsage
                    {
                        Input = i,
                        CacheRead = 1_000,
                        Output = 800,
                        Reasoning = 400,
                    },
                    in context)
                .GetRequiredTotal()
                .Amount;
        }

        return sum;
    }

    /// <summary>The forecast.</summary>
    [Benchmark]
    public decimal Run_Year() => Forecaster.Run(Estimator, Year).Total.P95;
}
