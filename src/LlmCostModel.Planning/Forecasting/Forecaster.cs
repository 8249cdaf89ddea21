using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Works out what a plan is likely to cost: many scenarios, each priced exactly by the estimator.</summary>
public static class Forecaster
{
    private const int MeanDecimals = 6;

    /// <summary>Forecasts.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="plan">What is expected to happen.</param>
    /// <returns>The forecast; the same plan, seed and prices give the same one.</returns>
    /// <exception cref="UnpricedException">A scenario is not wholly priced; the message gives the reasons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The plan ends after the year 9999.</exception>
    /// <exception cref="OverflowException">A scenario has more tokens or costs more than can be counted.</exception>
    public static Forecast Run(ICostEstimator estimator, ForecastPlan plan)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(plan);
        Scenarios scenarios = Scenarios.Draw(plan);
        PricedModel model = estimator.GetModel(plan.Model, plan.Context.Provider);
        if (plan.Start > DateTimeOffset.MaxValue.AddMonths(-plan.Months))
        {
            throw new ArgumentOutOfRangeException(nameof(plan), plan.Start, "The plan ends after the year 9999. Start earlier.");
        }

        DateTimeOffset[] starts = [.. Enumerable.Range(0, plan.Months).Select(plan.Start.AddMonths)];
        decimal[] totals = new decimal[scenarios.Count];
        ForecastRange[] months = new ForecastRange[plan.Months];
        decimal[] amounts = new decimal[scenarios.Count];
        string? currency = null;
        int most = 1;
        for (int month = 0; month < months.Length; month++)
        {
            MonthPrices prices = MonthPrices.Of(model, plan.Context, starts[month], starts[month].AddMonths(1));
            currency ??= prices.Currency;
            most = Math.Max(most, prices.Count);
            for (int i = 0; i < amounts.Length; i++)
            {
                TokenUsage usage = scenarios.UsageOf(i, plan.WriteBucket);
                amounts[i] = prices.GetAmount(in usage, scenarios.RequestsOf(i, month));
                totals[i] += amounts[i];
            }

            months[month] = RangeOf(starts[month], amounts);
        }

        return new()
        {
            Plan = plan,
            Currency = currency!,
            IsExact = scenarios.Count == 1,
            Drivers = Drivers(plan, scenarios, totals),
            ProbabilityOverBudget = plan.Budget is { } budget ? (double)totals.Count(total => total > budget) / totals.Length : null,
            Total = RangeOf(plan.Start, [.. totals]),
            Months = [.. months],
            Assumptions = Assumptions(plan, scenarios.Count, most),
        };
    }

    /// <summary>Sorts the amounts.</summary>
    private static ForecastRange RangeOf(DateTimeOffset from, decimal[] amounts)
    {
        decimal sum = 0;
        foreach (decimal amount in amounts)
        {
            sum += amount;
        }

        // Sorting by a rounded key is several times faster; amounts that differ by less than its 16th digit may change places.
        double[] keys = Array.ConvertAll(amounts, amount => (double)amount);
        Array.Sort(keys, amounts);
        decimal Percentile(int percent) => amounts[(int)((((long)amounts.Length * percent) + 99) / 100) - 1];
        return new()
        {
            From = from,
            Mean = amounts.Length == 1 ? amounts[0] : decimal.Round(sum / amounts.Length, MeanDecimals),
            P5 = Percentile(5),
            P50 = Percentile(50),
            P95 = Percentile(95),
            P99 = Percentile(99),
        };
    }

    private static ImmutableArray<ForecastDriver> Drivers(ForecastPlan plan, Scenarios scenarios, decimal[] totals)
    {
        if (scenarios.Count == 1)
        {
            return [];
        }

        int[] order = new int[totals.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(Array.ConvertAll(totals, total => (double)total), order);
        (string Name, double Squared)[] correlations =
        [
            .. plan
                .Inputs.Where(input => input.Value.Exact is null)
                .Select(input => (input.Name, Math.Pow(scenarios.RankCorrelation(input.Name, order), 2))),
        ];
        double sum = correlations.Sum(correlation => correlation.Squared);
        return
        [
            .. correlations.OrderByDescending(correlation => correlation.Squared).Select(correlation => new ForecastDriver
            {
                Input = correlation.Name,
                Share = sum == 0 ? 0 : correlation.Squared / sum,
            }),
        ];
    }

    private static ImmutableArray<string> Assumptions(ForecastPlan plan, int samples, int prices) =>
    [
        .. plan.Inputs.Where(input => input.Value.Exact != 0).Select(input => $"{input.Name}: {input.Value}"),
        "The inputs are independent of each other.",
        "Every call has the mean length.",
        plan.Context.At is { } at ? FormattableString.Invariant($"The prices are those of {at:u}.")
            : prices > 1 ? "Requests are spread evenly over each month, so over all of its prices: peak hours, discounts, changes."
            : "Each month has the prices of that month.",
            samples == 1
                ? "Nothing is uncertain: one scenario, priced exactly."
                : FormattableString.Invariant($"{samples} scenarios, seed {plan.Seed}, each priced exactly."),
        ];
}
