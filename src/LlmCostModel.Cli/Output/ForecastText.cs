using System.Globalization;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>A forecast for people, and as CSV.</summary>
internal static class ForecastText
{
    public static string Month(ForecastRange range) => range.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Csv(Forecast forecast) => CsvText.Write(
    [
        ["from", "mean", "p5", "p50", "p95", "p99", "currency"],
        .. forecast.Months.Select(month => Cells(Month(month), month, JsonText.Number, forecast.Currency)),
        Cells("total", forecast.Total, JsonText.Number, forecast.Currency),
    ]);

    public static string Table(CommandHost host, Forecast forecast, IReadOnlyList<ForecastScenarioCost> scenarios)
    {
        decimal most = forecast.Months.Max(month => month.P95);
        string table = TableText.Write(
            host,
            $"{string.Join(", ", forecast.Lines.Select(line => line.Name))}, {forecast.Currency}",
            ["month", "mean>", "p5>", "p50>", "p95>", "p99>", "p95|"],
            [
                .. forecast.Months.Select(month => Cells(MonthForPeople(month.From), month, Money, TableText.Bar(month.P95, most))),
                Cells("total", forecast.Total, Money, ""),
            ]);
        string budget = forecast.ProbabilityOverBudget is { } share
            ? FormattableString.Invariant(
                $"{share:0.0%} of the scenarios exceed {TableText.Amount(forecast.Plan.Budget)} {forecast.Currency}.\n")
            : "";
        return table
            + budget
            + Lines(host, forecast)
            + List(
                "What the uncertainty comes from:",
                forecast.Drivers.Select(driver => FormattableString.Invariant($"{driver.Share,6:0%}  {driver.Input}")))
            + Scenarios(host, forecast, scenarios)
            + List("To look at:", forecast.Notes)
            + List("Assumptions:", forecast.Assumptions);
    }

    private static string Lines(CommandHost host, Forecast forecast) => forecast.Lines.Length == 1 ? "" : TableText.Write(
        host,
        "By line",
        ["line", "model?", "mean>", "p5>", "p50>", "p95>", "p99>"],
        forecast.Lines.Select(line => (string[])
            [line.Name, line.Name == line.Model ? "" : line.Model, .. Cells("", line.Total, Money)[1..]]));

    private static string Scenarios(CommandHost host, Forecast forecast, IReadOnlyList<ForecastScenarioCost> scenarios) =>
        scenarios.Count == 0 ? "" : TableText.Write(
            host,
            "What if",
            ["scenario", "mean>", "p5>", "p50>", "p95>", "of the plan>"],
            [
                ["as planned", .. Cells("", forecast.Total, Money)[1..5], "1"],
                .. scenarios.Select(scenario => (string[])
                [
                    scenario.Name, .. Cells("", scenario.Forecast.Total, Money)[1..5],
                    scenario.Ratio is { } ratio ? TableText.Amount(decimal.Round(ratio, 2)) : "",
                ]),
            ])
        + List(
            "To cost no more than planned:",
            scenarios.Where(scenario => !scenario.Conditions.IsEmpty)
                .Select(scenario => $"{scenario.Name}: {string.Join("; ", scenario.Conditions)}"));

    private static string List(string title, IEnumerable<string> items)
    {
        string list = string.Concat(items.Select(item => $"  {item}\n"));
        return list.Length == 0 ? "" : $"{title}\n{list}";
    }

    /// <summary>A whole month by its name, another period by its first day.</summary>
    private static string MonthForPeople(DateTimeOffset from) =>
        from.ToString(from is { Day: 1, TimeOfDay.Ticks: 0 } ? "MMM yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => decimal.Round(amount, 2).ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string[] Cells(string name, ForecastRange range, Func<decimal, string> text, params string[] more) =>
        [name, text(range.Mean), text(range.P5), text(range.P50), text(range.P95), text(range.P99), .. more];
}
