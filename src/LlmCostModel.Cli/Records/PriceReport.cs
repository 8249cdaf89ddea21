using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Records;

/// <summary>Shows the sums of a run.</summary>
internal static class PriceReport
{
    public static string Write(CommandHost host, PriceRun run, OutputFormat format) => format switch
    {
        OutputFormat.Json => Json(run),
        OutputFormat.Csv => Csv(run),
        _ => Table(host, run),
    };

    private static IEnumerable<Money> Totals(PriceRun run) => run.Groups.Groups
        .Select(group => group.Total)
        .OfType<Money>()
        .GroupBy(total => total.Currency)
        .OrderBy(totals => totals.Key, StringComparer.Ordinal)
        .Select(totals => totals.Aggregate((left, right) => left + right));

    private static string Json(PriceRun run) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("groups");
        foreach (CostGroup group in run.Groups.Groups)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("key");
            foreach ((string name, string? value) in group.Key)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteNumber("requests", group.Requests);
            writer.WriteNumber("priced", group.Priced);
            writer.WriteNumber("partial", group.Partial);
            writer.WriteNumber("unpriced", group.Unpriced);
            writer.WriteString("currency", group.Total?.Currency);
            writer.WriteDecimal("total", group.Total?.Amount);
            writer.WriteUsage("usage", group.Usage);
            writer.WriteMeters(group.Meters);
            writer.WriteStartArray("reasons");
            foreach (string reason in group.Reasons)
            {
                writer.WriteStringValue(CommandWords.Of(reason));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("totals");
        foreach (Money total in Totals(run))
        {
            writer.WriteStartObject();
            writer.WriteString("currency", total.Currency);
            writer.WriteDecimal("total", total.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("records", run.Records);
        writer.WriteNumber("merged", run.Merged);
        writer.WriteNumber("rejected", run.Rejected);
        writer.WriteEndObject();
    });

    private static string Csv(PriceRun run)
    {
        IReadOnlyList<CostGroup> groups = run.Groups.Groups;
        string[] keys = groups.Count == 0 ? [] : [.. groups[0].Key.Select(part => part.Key)];
        return CsvText.Write(
        [
            [.. keys, "requests", "priced", "partial", "unpriced", "currency", "total"],
            .. groups.Select(group => (IReadOnlyList<string?>)
            [
                .. group.Key.Select(part => part.Value), $"{group.Requests}", $"{group.Priced}", $"{group.Partial}", $"{group.Unpriced}",
                group.Total?.Currency, group.Total is { } total ? JsonText.Number(total.Amount) : null,
            ]),
        ]);
    }

    private static string Table(CommandHost host, PriceRun run)
    {
        IReadOnlyList<CostGroup> groups = run.Groups.Groups;
        string[] keys = groups.Count == 0 ? ["model"] : [.. groups[0].Key.Select(part => part.Key)];
        string table = TableText.Write(
            host,
            $"{TableText.Count(run.Records, "record")}, {TableText.Quantity(run.Rejected)} rejected",
            [.. keys, "requests>", "priced>?", "partial>=", "unpriced>=", "input>", "output>", "total>", "currency="],
            groups.Select(group =>
                (IReadOnlyList<string?>)
                    [
                        .. group.Key.Select(part => part.Value),
                        TableText.Quantity(group.Requests),
                        TableText.Quantity(group.Priced),
                        TableText.Quantity(group.Partial),
                        TableText.Quantity(group.Unpriced),
                        TableText.Quantity(group.Usage.TotalInput),
                        TableText.Quantity(group.Usage.TotalOutput),
                        TableText.Amount(group.Total?.Amount),
                        group.Total?.Currency,
                    ]));
        return table
            + string.Concat(Totals(run).Select(total => $"total: {TableText.Amount(total.Amount)} {total.Currency}\n"))
            + string.Concat(groups.SelectMany(group => group.Reasons).Distinct().Select(reason => CommandWords.Of(reason) + "\n"));
    }
}
