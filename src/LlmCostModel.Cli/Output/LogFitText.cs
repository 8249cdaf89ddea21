using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Output;

/// <summary>What a log said, of which a forecast was made: for people and for programs.</summary>
internal sealed record LogFitText(LogFit Fit, ImmutableArray<PriceChange> Changes)
{
    public string Table(CommandHost host) => TableText.Write(
            host,
            $"what the log says, {Day(Fit.From)} to {Day(Fit.Until)}",
            ["line", "calls>", "a month>", "growth>", "prompt>", "hits>", "output>", "reasoning>", $"cost {Fit.Currency}>"],
            [.. Fit.Lines.Select(Row)])
        + HeldOut()
        + List("What changes, as far as it is known:", Changes.Select(change =>
            $"{Day(change.At)} {change.Line}: {CommandWords.Of(change.What)}"))
        + List("Left out or assumed of the log:", Fit.Notes.Select(CommandWords.Of));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("log");
        writer.WriteString("from", Instant(Fit.From));
        writer.WriteString("until", Instant(Fit.Until));
        writer.WriteNumber("calls", Fit.Calls);
        writer.WriteStartArray("lines");
        foreach (FittedLine line in Fit.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("name", line.Name);
            writer.WriteString("model", line.Model);
            writer.WriteNumber("calls", line.Calls);
            writer.WriteNumber("partial", line.PartlyPriced);
            writer.WriteDecimal("cost", line.Cost.Amount);
            writer.WriteString("currency", line.Cost.Currency);
            writer.WriteNumber("clusters", line.Clusters);
            writer.WriteBoolean("sessions", line.HasSessions);
            writer.WriteString("firstDay", Day(line.FirstDay));
            writer.WriteString("lastDay", Day(line.LastDay));
            writer.WriteBoolean("stopped", line.HasStopped);
            Ratio(writer, "callsPerMonth", line.CallsPerMonth);
            Ratio(writer, "growth", line.Growth);
            Ratio(writer, "promptTokens", line.PromptTokens);
            Ratio(writer, "hitRate", line.HitRate);
            Ratio(writer, "outputTokens", line.OutputTokens);
            Ratio(writer, "reasoningTokens", line.ReasoningTokens);
            writer.WriteStartObject("otherTokens");
            foreach ((TokenBucket bucket, FittedRatio ratio) in line.OtherTokens)
            {
                Ratio(writer, TokenBuckets.Get(bucket).JsonName, ratio);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("meters");
            foreach ((string meter, FittedRatio ratio) in line.Meters)
            {
                Ratio(writer, meter, ratio);
            }

            writer.WriteEndObject();
            Numbers(writer, "weekdays", line.Profile.Weekdays);
            Numbers(writer, "hours", line.Profile.Hours);
            writer.WriteString("timeZone", line.Profile.TimeZone.Id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteHeldOut(writer);
        writer.WriteStartArray("priceChanges");
        foreach (PriceChange change in Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("at", Instant(change.At));
            writer.WriteString("line", change.Line);
            writer.WriteString("what", CommandWords.Of(change.What));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("notes");
        foreach (string note in Fit.Notes)
        {
            writer.WriteStringValue(CommandWords.Of(note));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteHeldOut(Utf8JsonWriter writer)
    {
        if (Fit.HoldOut is not { } held)
        {
            writer.WriteNull("holdOut");
            return;
        }

        writer.WriteStartObject("holdOut");
        writer.WriteString("firstDay", Day(held.FirstDay));
        writer.WriteString("lastDay", Day(held.LastDay));
        writer.WriteBoolean("inside", held.IsInside);
        writer.WriteDecimal("error", held.Error is { } error ? Rounded(error) : null);
        HeldOut(writer, held.Forecast, held.Actual.Amount, held.ForecastCalls, held.Calls);
        writer.WriteStartArray("lines");
        foreach (HoldOutLine line in held.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("name", line.Name);
            HeldOut(writer, line.Forecast, line.Actual, line.ForecastCalls, line.Calls);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void HeldOut(Utf8JsonWriter writer, ForecastRange range, decimal actual, FittedRatio expected, long calls)
    {
        writer.WriteDecimal("p5", range.P5);
        writer.WriteDecimal("p50", range.P50);
        writer.WriteDecimal("p95", range.P95);
        writer.WriteDecimal("actual", actual);
        Ratio(writer, "forecastCalls", expected);
        writer.WriteNumber("calls", calls);
    }

    private string HeldOut()
    {
        if (Fit.HoldOut is not { } held)
        {
            return "";
        }

        string days = $"{Day(held.FirstDay)} to {Day(held.LastDay)}";
        string error = held.Error is { } share ? FormattableString.Invariant($", the median {share:+0.0%;-0.0%;0.0%} off") : "";
        return $"Check: without its last days, {days}, the same fit foresees {Money(held.Forecast.P5)} to {Money(held.Forecast.P95)} "
            + $"{Fit.Currency} for them. They cost {Money(held.Actual.Amount)}: {(held.IsInside ? "inside" : "OUTSIDE")}{error}.\n";
    }

    private string[] Row(FittedLine line) =>
    [
        line.Name,
        TableText.Quantity(line.Calls),
        line.HasStopped ? "ended" : Count(line.CallsPerMonth.Mean),
        line.HasStopped ? "" : FormattableString.Invariant($"{line.Growth.P5:+0%;-0%;0%} to {line.Growth.P95:+0%;-0%;0%}"),
        Count(line.PromptTokens.Mean),
        FormattableString.Invariant($"{line.HitRate.Mean:0.#%}"),
        Count(line.OutputTokens.Mean),
        Count(line.ReasoningTokens.Mean),
        Money(line.Cost.Amount),
    ];

    private static string List(string title, IEnumerable<string> sentences)
    {
        string lines = string.Concat(sentences.Select(sentence => $"  {sentence}\n"));
        return lines.Length == 0 ? "" : $"{title}\n{lines}";
    }

    private static void Ratio(Utf8JsonWriter writer, string name, FittedRatio ratio)
    {
        writer.WriteStartObject(name);
        writer.WriteDecimal("mean", Rounded(ratio.Mean));
        writer.WriteDecimal("p5", Rounded(ratio.P5));
        writer.WriteDecimal("p95", Rounded(ratio.P95));
        writer.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter writer, string name, ImmutableArray<double> weights)
    {
        writer.WriteStartArray(name);
        foreach (double weight in weights)
        {
            writer.WriteStringValue(JsonText.Number(Rounded(weight / weights.Average())));
        }

        writer.WriteEndArray();
    }

    private static decimal Rounded(double value) => decimal.Round((decimal)value, 6);

    private static string Count(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture) is var text && value >= 100
        ? value.ToString("#,##0", CultureInfo.InvariantCulture)
        : text;

    private static string Money(decimal amount) => TableText.Amount(decimal.Round(amount, 2));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
