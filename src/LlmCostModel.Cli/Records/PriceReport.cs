using System.Globalization;
using System.Text.Json;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows the sums of a run.</summary>
/// <param name="run">The run.</param>
/// <param name="groups">The groups to show.</param>
/// <param name="leftOut">How many groups are not shown.</param>
internal sealed class PriceReport(PriceRun run, IReadOnlyList<SummaryGroup> groups, int leftOut)
{
    /// <summary>What the calls of a group have in common, by name, also where there is no group.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    public string Write(CommandHost host, OutputFormat format) => format switch
    {
        OutputFormat.Json => Json(),
        OutputFormat.Csv => Csv(),
        _ => WordWrap.Of(host, Table(host)),
    };

    private string Json() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("groups");
        foreach (SummaryGroup group in groups)
        {
            Write(writer, group);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("totals");
        foreach (SummaryTotal total in run.Summary.Totals)
        {
            writer.WriteStartObject();
            writer.WriteString("currency", total.Total.Currency);
            writer.WriteDecimal("total", total.Total.Amount);
            writer.WriteString("status", JsonText.Status(IsWhole(total) ? CostStatus.Priced : CostStatus.Partial));
            writer.WriteNumber("partial", total.Partial);
            writer.WriteNumber("unpriced", total.Unpriced);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("records", run.Records);
        writer.WriteNumber("calls", run.Calls);
        writer.WriteNumber("merged", run.Merged);
        writer.WriteNumber("rejected", run.Rejected);
        writer.WriteTexts("notes", run.Notes);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, SummaryGroup group)
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
        writer.WriteUsage("usage", group.Usage);
        writer.WriteMeters(group.Meters);
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
        writer.WriteEndObject();
    }

    private string Csv() => CsvText.Write(
    [
        [
            .. Keys, "requests", "priced", "partial", "unpriced", "currency", "total",
            .. TokenBuckets.All.Select(row => row.JsonName), "reasons", "reason",
        ],
        .. groups.Select(group => (IReadOnlyList<string?>)
        [
            .. group.Key.Select(part => part.Value), $"{group.Calls}", $"{group.Priced}", $"{group.Partial}", $"{group.Unpriced}",
            group.Total?.Currency, group.Total is { } total ? JsonText.Number(total.Amount) : null,
            .. TokenBuckets.All.Select(row => JsonText.Number(group.Usage[row.Bucket])),
            $"{group.Reasons.Count}", group.Reasons.MaxBy(reason => reason.Count) is { } most ? CommandWords.Of(most.Text) : null,
        ]),
    ]);

    private string Table(CommandHost host)
    {
        string table = TableText.Write(
            host,
            $"{TableText.Count(run.Records, "record")}, {TableText.Quantity(run.Rejected)} rejected",
            [.. Keys, "requests>", "priced>?", "partial>=", "unpriced>=", "input>*", "output>*", "total>", "currency="],
            groups.Select(group =>
                (IReadOnlyList<string?>)
                    [
                        .. group.Key.Select(part => part.Value),
                        TableText.Quantity(group.Calls),
                        TableText.Quantity(group.Priced),
                        TableText.Quantity(group.Partial),
                        TableText.Quantity(group.Unpriced),
                        TableText.Quantity(group.Usage.TotalInput),
                        TableText.Quantity(group.Usage.TotalOutput),
                        TableText.Amount(group.Total?.Amount),
                        group.Total?.Currency,
                    ]));
        IEnumerable<SummaryReason> reasons = groups.SelectMany(group => group.Reasons);
        return table
            + (leftOut == 0 ? "" : $"{TableText.Count(leftOut, "group")} more\n")
            + string.Concat(run.Summary.Totals.Select(total => $"total: {Text(total)}\n"))
            + string.Concat(reasons.GroupBy(reason => (reason.Kind, reason.Model, reason.Text))
                .Select(same => Line(same.First(), same.Sum(reason => reason.Count)) + "\n"));
    }

    /// <summary>A reason once, with the number of its calls.</summary>
    private static string Line(SummaryReason reason, long count) =>
        CommandWords.Of(reason.Text) + (count == 1 ? "" : $" ({TableText.Count((int)Math.Min(count, int.MaxValue), "call")})");

    /// <summary>A sum that does not hold everything is a lower bound, unless counts are in doubt, and says what it lacks.</summary>
    private string Text(SummaryTotal total)
    {
        string amount = $"{TableText.Amount(total.Total.Amount)} {total.Total.Currency}";
        string[] missing =
        [
            .. Missing(total.Partial, "call", "in part"),
            .. Missing(total.Unpriced, "call", "without a price"),
            .. Missing(run.Rejected, "record", "rejected"),
            .. run.IsStopped ? ["stopped before the end"] : Array.Empty<string>(),
        ];
        return IsWhole(total) ? amount : $"{(total.InDoubt == 0 ? "at least" : "about")} {amount}: {string.Join(", ", missing)}";
    }

    private bool IsWhole(SummaryTotal total) => total.IsComplete && run.Rejected == 0 && !run.IsStopped;

    private static string[] Missing(long number, string what, string how) =>
        number == 0 ? [] : [$"{TableText.Count((int)Math.Min(number, int.MaxValue), what)} {how}"];

    private static string? Instant(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
