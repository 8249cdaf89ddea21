using System.Globalization;
using System.Text.Json;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>A forecast as JSON.</summary>
internal static class ForecastJson
{
    public static string Write(Forecast forecast, IReadOnlyList<ForecastScenarioCost> scenarios, LogFitText? log) =>
        JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("model", string.Join(", ", forecast.Plan.Lines.Select(line => line.Model)));
        writer.WriteString("currency", forecast.Currency);
        writer.WriteBoolean("exact", forecast.IsExact);
        WriteRange(writer, forecast.Total);
        writer.WriteDecimal("budget", forecast.Plan.Budget);
        writer.WriteDecimal("probabilityOverBudget", forecast.ProbabilityOverBudget is { } share ? Rounded(share) : null);
        writer.WriteStartArray("months");
        foreach (ForecastRange month in forecast.Months)
        {
            writer.WriteStartObject();
            writer.WriteString("from", ForecastText.Month(month));
            WriteRange(writer, month);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("drivers");
        foreach (ForecastDriver driver in forecast.Drivers)
        {
            writer.WriteStartObject();
            writer.WriteString("input", driver.Input);
            writer.WriteDecimal("share", Rounded(driver.Share));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTexts("assumptions", forecast.Assumptions);
        log?.Write(writer);
        writer.WriteStartArray("lines");
        foreach (ForecastLineCost line in forecast.Lines)
        {
            WriteLine(writer, line);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("scenarios");
        foreach (ForecastScenarioCost scenario in scenarios)
        {
            WriteScenario(writer, scenario);
        }

        writer.WriteEndArray();
        writer.WriteTexts("notes", forecast.Notes);
        writer.WriteEndObject();
    });

    private static void WriteLine(Utf8JsonWriter writer, ForecastLineCost line)
    {
        writer.WriteStartObject();
        writer.WriteString("name", line.Name);
        writer.WriteString("model", line.Model);
        WriteRange(writer, line.Total);
        writer.WriteStartArray("months");
        foreach ((ForecastLoad load, decimal mean) in line.Loads.Zip(line.MonthlyMeans))
        {
            writer.WriteStartObject();
            writer.WriteString("from", load.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteDecimal("mean", mean);
            writer.WriteDecimal("requests", Rounded(load.Requests));
            writer.WriteDecimal("freshTokens", Rounded(load.FreshTokens));
            writer.WriteDecimal("cachedTokens", Rounded(load.CachedTokens));
            writer.WriteDecimal("outputTokens", Rounded(load.OutputTokens));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteScenario(Utf8JsonWriter writer, ForecastScenarioCost scenario)
    {
        writer.WriteStartObject();
        writer.WriteString("name", scenario.Name);
        WriteRange(writer, scenario.Forecast.Total);
        writer.WriteDecimal("ratio", scenario.Ratio);
        writer.WriteStartArray("conditions");
        foreach (ScenarioCondition condition in scenario.Conditions)
        {
            writer.WriteStartObject();
            writer.WriteString("input", condition.Input);
            writer.WriteDecimal("limit", condition.Limit is { } limit ? Rounded(limit) : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static decimal Rounded(double statistic) => decimal.Round((decimal)statistic, 6);

    private static void WriteRange(Utf8JsonWriter writer, ForecastRange range)
    {
        writer.WriteDecimal("mean", range.Mean);
        writer.WriteDecimal("p5", range.P5);
        writer.WriteDecimal("p50", range.P50);
        writer.WriteDecimal("p95", range.P95);
        writer.WriteDecimal("p99", range.P99);
    }
}
