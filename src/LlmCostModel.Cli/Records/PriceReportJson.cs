using System.Globalization;
using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Writes the sums of a run as JSON.</summary>
internal static class PriceReportJson
{
    public static string Write(PriceRun run, IReadOnlyList<SummaryGroup> groups) => JsonText.Write(writer =>
    {
        IReadOnlyList<SummaryTotal> totals = run.Summary.Totals;
        writer.WriteStartObject();
        writer.WriteStartArray("groups");
        foreach (SummaryGroup group in groups)
        {
            Write(writer, group, totals);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("totals");
        foreach (SummaryTotal total in totals)
        {
            writer.WriteStartObject();
            writer.WriteString("currency", total.Total.Currency);
            writer.WriteDecimal("total", total.Total.Amount);
            writer.WriteString("status", JsonText.Status(run.IsWhole(total) ? CostStatus.Priced : CostStatus.Partial));
            writer.WriteNumber("partial", total.Partial);
            writer.WriteNumber("unpriced", total.Unpriced);
            WriteSaved(writer, total.CacheSaved);
            WriteDrift(writer, total.Drift);
            WriteCoverage(writer, total.Covered, total.Paid, total.IsPaidKnown);
            if (run.Plan is not null)
            {
                writer.WriteDecimal("fees", run.PlanReport.FeesIn(total.Total.Currency));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteMoney(writer, run);
        WhatIfReport.Write(writer, run.Questions);
        writer.WriteNumber("records", run.Records);
        writer.WriteNumber("calls", run.Calls);
        writer.WriteNumber("merged", run.Merged);
        writer.WriteNumber("rejected", run.Rejected);
        writer.WriteTexts("notes", run.Notes);
        writer.WriteEndObject();
    });

    private static void WriteMoney(Utf8JsonWriter writer, PriceRun run)
    {
        if (run.Summary.Converter is { } converter)
        {
            writer.WriteStartArray("exchangeRates");
            foreach (ExchangeRate rate in converter.Used)
            {
                writer.WriteStartObject();
                writer.WriteString("from", rate.From);
                writer.WriteString("to", rate.To);
                writer.WriteDecimal("rate", rate.Rate);
                writer.WriteString("date", rate.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteString("source", rate.Source);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (run.Plan is not null)
        {
            run.PlanReport.Write(writer);
        }
    }

    private static void Write(Utf8JsonWriter writer, SummaryGroup group, IReadOnlyList<SummaryTotal> totals)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("key");
        foreach ((string name, string? value) in group.Key)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteNumber("requests", group.Calls);
        writer.WriteNumber("priced", group.Priced);
        writer.WriteNumber("partial", group.Partial);
        writer.WriteNumber("unpriced", group.Unpriced);
        writer.WriteString("currency", group.Total?.Currency);
        writer.WriteDecimal("total", group.Total?.Amount);
        if (group.NestedCalls > 0)
        {
            writer.WriteNumber("nested", group.NestedCalls);
        }

        writer.WriteDecimal("share", totals.Select(total => total.ShareOf(group)).FirstOrDefault(share => share is not null));
        writer.WriteUsage("usage", group.Usage);
        writer.WriteMeters(group.Meters);
        writer.WriteDecimal("cacheHitRate", group.CacheHitRate is { } rate ? decimal.Round(rate, 6) : null);
        WriteSaved(writer, group.CacheSaved);
        WriteMisses(writer, group);
        WriteDrift(writer, group.Drift);
        WriteCoverage(writer, group.Covered, group.Paid, group.IsPaidKnown);
        WriteReasons(writer, group);
        writer.WriteEndObject();
    }

    private static void WriteMisses(Utf8JsonWriter writer, SummaryGroup group)
    {
        if (group.CacheMisses.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("cacheMisses");
        foreach (SummaryMiss miss in group.CacheMisses)
        {
            writer.WriteStartObject();
            writer.WriteString("reason", miss.Reason);
            writer.WriteNumber("count", miss.Count);
            writer.WriteDecimal("tokens", miss.Tokens);
            writer.WriteDecimal("cost", miss.Cost?.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSaved(Utf8JsonWriter writer, Money? saved)
    {
        if (saved is { } known)
        {
            writer.WriteDecimal("cacheSaved", known.Amount);
        }
    }

    private static void WriteDrift(Utf8JsonWriter writer, CostDrift? drift)
    {
        if (drift is { } both)
        {
            writer.WriteDecimal("reported", both.Reported.Amount);
            writer.WriteDecimal("drift", both.Difference);
        }
    }

    private static void WriteCoverage(Utf8JsonWriter writer, Money? covered, Money? paid, bool isPaidKnown)
    {
        if (covered is not null || paid is not null)
        {
            writer.WriteDecimal("covered", covered?.Amount ?? 0);
            writer.WriteDecimal("paid", paid?.Amount ?? 0);
            writer.WriteBoolean("isPaidKnown", isPaidKnown);
        }
    }

    private static void WriteReasons(Utf8JsonWriter writer, SummaryGroup group)
    {
        writer.WriteStartArray("reasons");
        foreach (SummaryReason reason in group.Reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonText.Camel(reason.Kind.ToString()));
            writer.WriteString("model", reason.Model);
            writer.WriteString("text", CommandWords.Of(reason.Text));
            writer.WriteNumber("count", reason.Count);
            writer.WriteString("first", Instant(reason.First));
            writer.WriteString("last", Instant(reason.Last));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string? Instant(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
