using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Forecasts a plan under several scenarios, side by side, and what has to be true for one to cost no more.</summary>
public static class ForecastComparison
{
    internal const string HitRate = "hitRate";

    /// <summary>The largest factor that is looked for.</summary>
    private const double MostTimes = 1_000;

    /// <summary>Halvings of the interval in which a limit lies: to 12 digits of it.</summary>
    private const int Halvings = 50;

    private static readonly (string Input, Func<ForecastLine, double, ForecastLine> Change)[] Factors =
    [
        ("prices", (line, times) => line with { PriceFactor = line.PriceFactor * (decimal)times }),
        ("promptTokens", (line, times) => line with { PromptTokens = line.PromptTokens.Times(times) }),
        ("outputTokens", (line, times) => line with { OutputTokens = line.OutputTokens.Times(times) }),
        ("reasoningTokens", (line, times) => line with { ReasoningTokens = line.ReasoningTokens.Times(times) }),
    ];

    /// <summary>Forecasts the plan under each scenario.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="scenarios">What would be different.</param>
    /// <returns>The results in the order of the scenarios. The limits of inputs are those of the plan's middle: every uncertain input at
    /// its median.</returns>
    /// <exception cref="UnpricedException">Something is not priced.</exception>
    /// <exception cref="ArgumentException">A scenario is for a line that the plan has not, or changes the currency.</exception>
    public static IReadOnlyList<ForecastScenarioCost> Compare(
        ICostEstimator estimator, ForecastPlan plan, IEnumerable<ForecastScenario> scenarios)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scenarios);
        Forecast baseline = Forecaster.Run(estimator, plan);
        double target = CostOf(estimator, MiddleOf(plan));
        return [.. scenarios.Select(Compared)];

        ForecastScenarioCost Compared(ForecastScenario scenario)
        {
            ForecastPlan changed = scenario.Apply(plan);
            Forecast forecast = Forecaster.Run(estimator, changed);
            if (forecast.Currency != baseline.Currency)
            {
                throw new ArgumentException(
                    $"'{scenario.Name}' is priced in {forecast.Currency} and the plan in {baseline.Currency}; they do not compare.",
                    nameof(scenarios));
            }

            return new()
            {
                Name = scenario.Name,
                Forecast = forecast,
                Ratio = baseline.Total.Mean == 0 ? null : decimal.Round(forecast.Total.Mean / baseline.Total.Mean, 6),
                Conditions = FindConditions(estimator, plan, changed, target),
            };
        }
    }

    /// <summary>The limits of what the lines that a scenario changed may be.</summary>
    private static ImmutableArray<ScenarioCondition> FindConditions(
        ICostEstimator estimator, ForecastPlan plan, ForecastPlan changed, double target)
    {
        ForecastPlan middle = MiddleOf(changed);
        HashSet<ForecastLine> same = [.. MiddleOf(plan).Lines];
        if (middle.Lines.All(same.Contains))
        {
            return [];
        }

        List<ScenarioCondition> conditions = [];
        foreach ((string input, Func<ForecastLine, double, ForecastLine> change) in Factors)
        {
            double At(double times) => CostOf(
                estimator, middle with { Lines = [.. middle.Lines.Select(line => same.Contains(line) ? line : change(line, times))] });

            if (At(2) > At(1))
            {
                conditions.Add(new() { Input = input, Limit = At(0) > target ? null : LargestUpTo(At, target, MostTimes) });
            }
        }

        double AtHitRate(double share) => CostOf(
            estimator, middle with
            {
                Lines = [.. middle.Lines.Select(line => same.Contains(line) ? line
                : line with { HitRate = share })]
            });
        if (middle.Lines.Any(line => !same.Contains(line) && line.HitRate.Exact > 0) && AtHitRate(1) < AtHitRate(0))
        {
            double? limit = AtHitRate(1) > target ? null
                : 1 - LargestUpTo(missed => AtHitRate(1 - missed), target, 1);
            conditions.Add(new() { Input = HitRate, Limit = limit });
        }

        return [.. conditions];
    }

    /// <summary>The largest number of 0 to a bound at which a rising cost does not exceed the target.</summary>
    private static double LargestUpTo(Func<double, double> cost, double target, double most)
    {
        if (cost(most) <= target)
        {
            return most;
        }

        double low = 0, high = most;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = cost(middle) <= target * (1 + 1e-12) ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double CostOf(ICostEstimator estimator, ForecastPlan plan) => (double)Forecaster.Run(estimator, plan).Total.Mean;

    /// <summary>The plan with every input at its median and nothing left to chance; lengths still differ as they do.</summary>
    private static ForecastPlan MiddleOf(ForecastPlan plan) => plan with
    {
        Samples = 100,
        Lines =
        [
            .. plan.Lines.Select(line => line with
            {
                Requests = Middle(line.Requests),
                PromptTokens = Middle(line.PromptTokens),
                OutputTokens = Middle(line.OutputTokens),
                ReasoningTokens = Middle(line.ReasoningTokens),
                HitRate = Middle(line.HitRate),
                RetryRate = Middle(line.RetryRate),
                Growth = Middle(line.Growth),
                OtherTokens = line.OtherTokens.ToImmutableSortedDictionary(item => item.Key, item => Middle(item.Value)),
                Meters = line.Meters.ToImmutableSortedDictionary(item => item.Key, item => Middle(item.Value), StringComparer.Ordinal),
                Noise = 0,
                GrowthNoise = 0,
                Bursts = null,
            }),
        ],
    };

    private static Uncertain Middle(Uncertain value) => value.Exact ?? value.GetQuantile(0.5);
}
