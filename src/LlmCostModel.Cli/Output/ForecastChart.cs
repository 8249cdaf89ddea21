using LlmCostModel.Cli.Output.Charts;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>A forecast as a picture: the median, what is likely around it, and the budget.</summary>
internal static class ForecastChart
{
    public static LineChart Of(Forecast forecast)
    {
        ForecastRange[] months = [.. forecast.Months];
        decimal[] median = [.. months.Select(month => month.P50)], high = [.. months.Select(month => month.P95)];
        string name = string.Join(", ", forecast.Lines.Select(line => line.Name));
        string sum = forecast.Lines.Length > 1 ? "all, " : "";
        return new LineChart
        {
            Title = $"{name}: likely cost of {TableText.Count(months.Length, "month")} in {forecast.Currency}",
            Steps = new MonthAxis([.. months.Select(month => month.From)]),
            YName = $"{forecast.Currency} a month",
            Lines =
            [
                new ChartLine(sum + (forecast.IsExact ? "cost" : "median"), median),
                .. forecast.Lines.Length > 1 ? forecast.Lines.Select(line => new ChartLine($"{line.Name}, mean", line.MonthlyMeans)) : [],
            ],
            Bands = forecast.IsExact
                ? []
                :
                [
                    new ChartBand(sum + "5% to 95% of the scenarios", [.. months.Select(month => month.P5)], high),
                    new ChartBand(sum + "median to 95%", median, high),
                ],
            Limits = BudgetOf(forecast, months.Length),
            Footnotes =
            [
                TotalOf(forecast),
                .. forecast.Notes,
                .. Paragraphs(forecast.Assumptions),
            ],
            Numbers = new ChartTable(
                ["month", "mean>", "p5>", "p50>", "p95>", "p99>"],
                [
                    .. months.Select(month => Row(FormattableString.Invariant($"{month.From:MMM yyyy}"), month)),
                    Row("total", forecast.Total),
                ]),
        };
    }

    /// <summary>The budget is for the whole period; a month's part of it is the line.</summary>
    private static ChartLimit[] BudgetOf(Forecast forecast, int months)
    {
        if (forecast.Plan.Budget is not { } budget)
        {
            return [];
        }

        decimal part = budget / months;
        string name = months == 1 ? "budget" : "a month's part of the budget";
        return [new ChartLimit($"{name}: {Money(part)} {forecast.Currency}", part)];
    }

    /// <summary>The inputs in one paragraph, the sentences in another.</summary>
    private static IEnumerable<string> Paragraphs(IReadOnlyCollection<string> assumptions)
    {
        string inputs = string.Join("; ", assumptions.Where(text => !text.EndsWith('.')));
        string sentences = string.Join(' ', assumptions.Where(text => text.EndsWith('.')));
        return new[] { inputs, sentences }.Where(text => text.Length > 0);
    }

    private static string TotalOf(Forecast forecast)
    {
        string total = forecast.IsExact
            ? $"Total: {Money(forecast.Total.Mean)} {forecast.Currency}."
            : $"Total: median {Money(forecast.Total.P50)}, 5% to 95% "
                + $"from {Money(forecast.Total.P5)} to {Money(forecast.Total.P95)} {forecast.Currency}.";
        return forecast.Plan.Budget is { } budget && forecast.ProbabilityOverBudget is { } share
            ? FormattableString.Invariant($"{total} {share:0.0%} of the scenarios exceed the budget ")
                + $"of {Money(budget)} {forecast.Currency}."
            : total;
    }

    private static string[] Row(string name, ForecastRange range) =>
        [name, Money(range.Mean), Money(range.P5), Money(range.P50), Money(range.P95), Money(range.P99)];

    private static string Money(decimal amount) => TableText.Amount(decimal.Round(amount, 2));
}
