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
        Option<string?> provider = new("--provider") { Description = "only this provider", HelpName = "NAME" };
        Option<bool> all = new("--all") { Description = "list the models that only one of both has, too; the table counts them" };
        FormatOption format = new();
        Command command = new("diff", "What changed between two sets of rate cards, and how much money moves.")
        {
            before,
            after,
            usage,
            at,
            provider,
            all,
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
            CatalogDiff diff = Only(result.GetValue(provider), CatalogDiff.Compare(first, second, instant));
            host.Write(format.Of(result, host) switch
            {
                OutputFormat.Json => Json(diff, totals),
                OutputFormat.Csv => CsvText.Write([Columns, .. Rows(diff)]),
                _ => Table(diff, result.GetValue(all), totals, host),
            });
            return totals is null or { IsComplete: true } ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static CatalogDiff Only(string? provider, CatalogDiff diff)
    {
        bool Is(string? other) => string.Equals(other, provider, StringComparison.OrdinalIgnoreCase);
        return provider is null ? diff : diff with
        {
            Added = [.. diff.Added.Where(model => Is(model.Provider))],
            Removed = [.. diff.Removed.Where(model => Is(model.Provider))],
            Changed = [.. diff.Changed.Where(price => Is(price.Provider))],
        };
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

    /// <summary>What both have, by provider; models that only one has are a count, unless all are asked for.</summary>
    private static string Table(CatalogDiff diff, bool all, RepricedLog? totals, CommandHost host) =>
        TableText.Write(
            host,
            $"{TableText.Count(diff.Added.Count, "model")} added, {diff.Removed.Count} removed, "
                + $"{TableText.Count(diff.Changed.Count, "price")} changed",
            ["provider", "model", "what", "before>", "after>"],
            diff.Changed.OrderBy(price => price.Provider, StringComparer.Ordinal).Select(price => price.Cells()))
        + (diff.Added.Count + diff.Removed.Count == 0 ? "" : OnlyInOne(diff, all, host))
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

    private static string OnlyInOne(CatalogDiff diff, bool all, CommandHost host) => TableText.Write(
        host,
        all ? "only in one of both" : "only in one of both; --all lists them",
        all ? ["provider", "change", "models>", "names~"] : ["provider", "change", "models>"],
        from change in new[] { (Name: "added", Models: diff.Added), (Name: "removed", Models: diff.Removed) }
        from models in change.Models.GroupBy(model => model.Provider ?? "")
        orderby models.Key, change.Name
        select all
            ? new[] { models.Key, change.Name, TableText.Quantity(models.Count()), string.Join(", ", models.Select(model => model.Model)) }
            : [models.Key, change.Name, TableText.Quantity(models.Count())]);

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
