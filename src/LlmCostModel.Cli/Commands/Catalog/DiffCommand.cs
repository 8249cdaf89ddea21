using System.CommandLine;
using System.Text.Json;
using LlmCostModel.Catalog;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Records;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary><c>llmcost catalog diff A B [--usage LOG]</c>: what changed, and how much money moves.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> before = new("A") { Description = $"rate cards, or '{RateFiles.BuiltIn}'" };
        Argument<string> after = new("B") { Description = $"rate cards, or '{RateFiles.BuiltIn}'" };
        Option<string?> usage = new("--usage") { Description = "a log of usage records, priced with both", HelpName = "LOG" };
        Option<DateTimeOffset?> at = PricingOptions.At();
        Command command = new("diff", "What changed between two sets of rate cards, and how much money moves.") { before, after, usage, at };
        command.SetAction(result =>
        {
            IReadOnlyList<RateCard> first = RateFiles.Cards(result.GetValue(before)!);
            IReadOnlyList<RateCard> second = RateFiles.Cards(result.GetValue(after)!);
            DateTimeOffset instant = result.GetValue(at) ?? host.Clock.GetUtcNow();
            UsageTotals? totals = result.GetValue(usage) is { } log ? UsageTotals.Price(log, host, new CostEstimator(first), new CostEstimator(second), instant) : null;
            host.Write(Json(CatalogDiff.Between(first, second, instant), totals));
            return totals is null or { IsComplete: true } ? ExitCode.Priced : ExitCode.Incomplete;
        });
        return command;
    }

    private static string Json(CatalogDiff diff, UsageTotals? totals) => JsonText.Write(writer =>
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
            foreach ((string currency, (decimal before, decimal after)) in totals.ByCurrency)
            {
                writer.WriteStartObject();
                writer.WriteString("currency", currency);
                writer.WriteDecimal("before", before);
                writer.WriteDecimal("after", after);
                writer.WriteDecimal("difference", after - before);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static void WriteModels(Utf8JsonWriter writer, string name, IReadOnlyList<(string? Host, string Model)> models)
    {
        writer.WriteStartArray(name);
        foreach ((string? host, string model) in models)
        {
            writer.WriteStartObject();
            writer.WriteString("host", host);
            writer.WriteString("model", model);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
