using System.CommandLine;
using System.Text.Json;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog diff A B [--usage LOG]</c>: what changed, and how much money moves.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> before = new("A") { Description = $"rate cards, or '{RateFiles.BuiltIn}'" };
        Argument<string> after = new("B") { Description = $"rate cards, or '{RateFiles.BuiltIn}'" };
        Option<string?> usage = new("--usage") { Description = "a log as price reads it, priced with both", HelpName = "LOG" };
        Option<DateTimeOffset?> at = PricingOptions.At();
        FormatOption format = new();
        Command command = new("diff", "What changed between two sets of rate cards, and how much money moves.")
        {
            before,
            after,
            usage,
            at,
            format.Option,
        };
        command.SetAction(result =>
        {
            IReadOnlyList<RateCard> first = RateFiles.Cards(result.GetValue(before)!, host);
            IReadOnlyList<RateCard> second = RateFiles.Cards(result.GetValue(after)!, host);
            DateTimeOffset instant = result.GetValue(at) ?? host.Clock.GetUtcNow();
            RepricedLog? totals = result.GetValue(usage) is { } log
                ? RepricedLog.Price(log, host, Estimator(first), Estimator(second), instant)
                : null;
            CatalogDiff diff = CatalogDiff.Compare(first, second, instant);
            host.Write(format.Of(result, host) switch
            {
                OutputFormat.Json => Json(diff, totals),
                OutputFormat.Csv => CsvText.Write([Columns, .. Rows(diff)]),
                _ => Table(diff, totals, host),
            });
            return totals is null or { IsComplete: true } ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static CostEstimator Estimator(IReadOnlyList<RateCard> cards)
    {
        LlmCostModelOptions options = new();
        foreach ((int index, RateCard card) in cards.Index())
        {
            string name = options.RateCards.ContainsKey(card.Name) ? $"{card.Name} ({index})" : card.Name; // Several may share a name.
            options.RateCards.Add(name, card with { Name = name });
        }

        return new CostEstimator(options, [], [BuiltInCatalog.IdRules]);
    }

    private static readonly string[] Columns = ["change", "provider", "model", "what", "before", "after"];

    private static IEnumerable<string?[]> Rows(CatalogDiff diff) =>
    [
        .. diff.Added.Select(model => new string?[] { "added", model.Provider, model.Model, null, null, null }),
        .. diff.Removed.Select(model => new string?[] { "removed", model.Provider, model.Model, null, null, null }),
        .. diff.Changed.Select(difference => (string?[])["changed", .. difference.Cells()]),
    ];

    private static string Table(CatalogDiff diff, RepricedLog? totals, CommandHost host) =>
        TableText.Write(
            host,
            $"{TableText.Count(diff.Added.Count, "model")} added, {diff.Removed.Count} removed, "
                + $"{TableText.Count(diff.Changed.Count, "price")} changed",
            [.. Columns[..4], "before>", "after>"], Rows(diff))
        + (totals is null ? "" : TableText.Write(
            host,
            $"{TableText.Count(totals.Records, "record")}, {TableText.Quantity(totals.Unpriced)} not wholly priced by both",
            ["currency", "before>", "after>", "difference>"],
            totals.ByCurrency.Select(total => new[] { total.Key, TableText.Amount(total.Value.Before),
                TableText.Amount(total.Value.After), TableText.Amount(total.Value.Difference) }))
        + TableText.Write(
            host,
            "by model, what moves most first",
            ["model", "currency", "before>", "after>", "difference>"],
            totals.ByModel.Select(total => new[] { total.Model, total.Currency, TableText.Amount(total.Change.Before),
                TableText.Amount(total.Change.After), TableText.Amount(total.Change.Difference) })));

    private static string Json(CatalogDiff diff, RepricedLog? totals) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        WriteModels(writer, "added", diff.Added);
        WriteModels(writer, "removed", diff.Removed);
        writer.WriteDifferences("changed", diff.Changed, "before", "after");
        if (totals is not null)
        {
            writer.WriteStartObject("usage");
            writer.WriteNumber("records", totals.Records);
            writer.WriteNumber("unpriced", totals.Unpriced);
            writer.WriteStartArray("totals");
            foreach ((string currency, CostChange moved) in totals.ByCurrency)
            {
                writer.WriteStartObject();
                Write(writer, currency, moved);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("models");
            foreach ((string model, string currency, CostChange moved) in totals.ByModel)
            {
                writer.WriteStartObject();
                writer.WriteString("model", model);
                Write(writer, currency, moved);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string currency, CostChange moved)
    {
        writer.WriteString("currency", currency);
        writer.WriteDecimal("before", moved.Before);
        writer.WriteDecimal("after", moved.After);
        writer.WriteDecimal("difference", moved.Difference);
    }

    private static void WriteModels(Utf8JsonWriter writer, string name, IReadOnlyList<ModelAtProvider> models)
    {
        writer.WriteStartArray(name);
        foreach (ModelAtProvider model in models)
        {
            writer.WriteStartObject();
            writer.WriteString("provider", model.Provider);
            writer.WriteString("model", model.Model);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
