using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Writes what one call cost, and all that is known of it, as a line of JSON.</summary>
internal static class PricedLine
{
    /// <summary>Writes a record that cannot be read, or a log.</summary>
    public static void WriteRejected(Utf8JsonWriter writer, LogRecord record)
    {
        writer.WriteStartObject();
        writer.WritePlace(record);
        writer.WriteString("status", "rejected");
        writer.WriteTexts("reasons", [RecordPlace.ReasonOf(record)]);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, LogRecord record, PricedCall priced, bool isUndated)
    {
        PricedPart main = priced.Main;
        writer.WriteStartObject();
        writer.WritePlace(record, priced.Call.Identity.Id);
        writer.WriteString("at", InstantText.Of(priced.Call.Context.At));
        writer.WriteString("model", main.Model);
        writer.WriteString("canonical", main.Estimate.Model);
        writer.WriteString("provider", main.Estimate.Provider);
        bool isBilled = priced.Call.Reading.Status != UsageStatus.NotBilled;
        writer.WriteString("status", isBilled ? JsonText.Status(priced.Status) : "notBilled");
        writer.WriteIssues(priced.Issues);
        const string Undated = "The call states no time, so the prices are those of now.";
        writer.WriteTexts("notes", isUndated ? [Undated, .. priced.Notes] : priced.Notes);
        writer.WriteString("currency", isBilled ? priced.Total?.Currency : null);
        writer.WriteDecimal("total", isBilled ? priced.Total?.Amount : null); // a price of 0 is that of a call
        WriteTotals(writer, priced);
        writer.WriteDecimal("reported", priced.Call.Reading.Reported?.Charged.Amount);
        WriteReportedMore(writer, priced);
        WriteUsage(writer, main.Usage);
        writer.WriteMeters(main.Meters);
        WriteNested(writer, priced);
        WriteCacheMiss(writer, priced);
        writer.WriteEndObject();
    }

    /// <summary>Why the cache missed, and what that cost, where the response says so.</summary>
    private static void WriteCacheMiss(Utf8JsonWriter writer, PricedCall priced)
    {
        if (priced.Call.Reading.CacheMiss is not { } miss)
        {
            return;
        }

        writer.WriteStartObject("cacheMiss");
        writer.WriteString("reason", miss.Reason);
        if (miss.Tokens is { } tokens)
        {
            writer.WriteNumber("tokens", tokens);
        }

        writer.WriteDecimal("cost", priced.CacheMissCost?.Amount);
        writer.WriteEndObject();
    }

    /// <summary>Amounts of several currencies have no one total.</summary>
    private static void WriteTotals(Utf8JsonWriter writer, PricedCall priced)
    {
        if (priced.Totals.Length < 2)
        {
            return;
        }

        writer.WriteStartArray("totals");
        foreach (Money total in priced.Totals)
        {
            writer.WriteStartObject();
            writer.WriteString("currency", total.Currency);
            writer.WriteDecimal("total", total.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>What goes with a reported cost: the upstream cost of an own key, and how far the calculated cost is from all of
    /// it.</summary>
    private static void WriteReportedMore(Utf8JsonWriter writer, PricedCall priced)
    {
        if (priced.Call.Reading.Reported is { OwnKey: true } reported)
        {
            writer.WriteDecimal("reportedUpstream", reported.Upstream?.Amount);
        }

        if (priced.Drift is { } drift)
        {
            writer.WriteDecimal("drift", drift.Difference);
        }
    }

    private static void WriteUsage(Utf8JsonWriter writer, TokenUsage? usage)
    {
        if (usage is { } known)
        {
            writer.WriteUsage("usage", known);
        }
        else
        {
            writer.WriteNull("usage");
        }
    }

    private static void WriteNested(Utf8JsonWriter writer, PricedCall priced)
    {
        writer.WriteStartArray("nested");
        foreach (PricedPart part in priced.Parts.Skip(1))
        {
            writer.WriteStartObject();
            writer.WriteString("role", JsonText.Camel(part.Role.ToString()));
            writer.WriteString("model", part.Model);
            writer.WriteString("status", JsonText.Status(part.Estimate.Status));
            writer.WriteString("currency", part.Estimate.Total?.Currency);
            writer.WriteDecimal("total", part.Estimate.Total?.Amount);
            WriteUsage(writer, part.Usage);
            writer.WriteMeters(part.Meters);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
