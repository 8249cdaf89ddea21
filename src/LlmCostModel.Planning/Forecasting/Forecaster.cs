namespace LlmCostModel.Planning;

/// <summary>Works out what a plan is likely to cost: many scenarios, each priced by the estimator's prices.</summary>
public static class Forecaster
{
    /// <summary>Forecasts.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="plan">What is expected to happen.</param>
    /// <returns>The forecast; the same plan, seed and prices give the same one.</returns>
    /// <exception cref="UnpricedException">Something that the plan uses is not priced; the message gives the reasons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The plan ends after the year 9999.</exception>
    /// <exception cref="InvalidOperationException">The lines are priced in several currencies, which do not add up.</exception>
    /// <exception cref="OverflowException">A scenario costs more than can be counted.</exception>
    public static Forecast Run(ICostEstimator estimator, ForecastPlan plan)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Start > DateTimeOffset.MaxValue.AddMonths(-plan.Months - 1))
        {
            throw new ArgumentOutOfRangeException(nameof(plan), plan.Start, "The plan ends after the year 9999. Start earlier.");
        }

        return Run(estimator, plan, [.. Enumerable.Range(0, plan.Months + 1).Select(plan.Start.AddMonths)]);
    }

    /// <summary>Forecasts other periods than months.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="plan">What is expected to happen; its requests are those of the first period.</param>
    /// <param name="edges">The first instant of every period, and the first instant after the last.</param>
    internal static Forecast Run(ICostEstimator estimator, ForecastPlan plan, DateTimeOffset[] edges)
    {
        Scenarios scenarios = Scenarios.Draw(plan);
        LineForecast[] lines = [.. plan.Lines.Select((line, i) => new LineForecast(estimator, plan, i, scenarios, edges))];
        string[] currencies = [.. lines.Select(line => line.Prices.Currency).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (currencies.Length > 1)
        {
            throw new InvalidOperationException(
                $"The lines are priced in several currencies ({string.Join(", ", currencies)}), which do not add up. Plan them apart.");
        }

        ScenarioAmounts amounts = new(lines, scenarios.Count, edges);
        amounts.Compute();
        return new()
        {
            Plan = plan,
            Currency = currencies[0],
            IsExact = scenarios.Count == 1,
            Drivers = ForecastDrivers.Of(plan, scenarios, amounts),
            ProbabilityOverBudget = plan.Budget is { } budget
                ? (double)amounts.Totals.Count(total => total > budget) / amounts.Totals.Length
                : null,
            Total = ForecastRange.Of(edges[0], [.. amounts.Totals]),
            Months = [.. amounts.Months.Select((month, i) => ForecastRange.Of(edges[i], month))],
            Lines = [.. lines.Select((line, i) => amounts.CostOf(i, line))],
            Assumptions = ForecastWords.Assumptions(plan, scenarios.Count, lines),
            Notes = ForecastWords.Notes(lines),
        };
    }
}
