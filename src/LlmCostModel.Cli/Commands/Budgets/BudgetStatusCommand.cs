using System.Collections.Immutable;
using System.CommandLine;
using LlmCostModel.Budgets;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Budgets;

/// <summary><c>llmcost budget status</c>: what each budget has in the window that is running.</summary>
internal static class BudgetStatusCommand
{
    public static Command Create(CommandHost host)
    {
        Options.BudgetOptions budgets = new();
        Option<Dictionary<string, string>> tags = Options.BudgetOptions.TagOption();
        FormatOption format = new();
        CheckedCommand command = new("status", "What each budget has: spent, held for calls that run, and left.") { tags, format.Option };
        budgets.AddTo(command);
        command.Uses.Always(tags, format.Option);
        command.Run(result =>
        {
            Dictionary<string, string> whose = result.GetValue(tags) ?? [];
            using OpenBudgets open = budgets.Open(result, host);
            RefuseUnknown(whose, open.Options);
            ImmutableArray<BudgetStatus> known = open.Ledger.GetStatusAsync(whose).AsTask().GetAwaiter().GetResult();
            (string Name, string[] Missing)[] leftOut =
            [
                .. from budget in open.Options.Budgets
                   let missing = budget.Value.Per.Where(tag => !whose.ContainsKey(tag)).ToArray()
                   where missing.Length > 0
                   select (budget.Key, missing),
            ];
            host.Write(format.Of(result, host) switch
            {
                OutputFormat.Json => Json(known, leftOut),
                OutputFormat.Csv => CsvText.Write(
                    [["budget", .. StatusText.Columns], .. known.Select(status => (string?[])[status.Budget, .. StatusText.Row(status)])]),
                _ => TableText.Write(
                    host,
                    Title(whose),
                    ["budget", .. StatusText.TableColumns],
                    known.Select(status => (string?[])[status.Budget, .. StatusText.TableRow(status)])),
            });
            foreach ((string name, string[] missing) in leftOut)
            {
                host.Tell($"The budget '{name}' is kept per {string.Join(", ", open.Options.Budgets[name].Per)}: "
                    + $"give {string.Join(' ', missing.Select(tag => $"--tag {tag}=..."))} to see it, or ask "
                    + $"'llmcost budget top {name}' for those that spent most.");
            }

            return ExitCode.Priced;
        });
        return command;
    }

    private static string Title(Dictionary<string, string> whose) => whose.Count == 0 ? "budgets"
        : $"budgets of {string.Join(", ", whose.Select(tag => $"{tag.Key} {tag.Value}"))}";

    /// <summary>Who gives a tag believes that it counts.</summary>
    private static void RefuseUnknown(Dictionary<string, string> whose, BudgetsOptions options)
    {
        string[] known = [.. options.Budgets.Values.SelectMany(budget => budget.Per).Distinct(StringComparer.Ordinal)];
        foreach (string tag in whose.Keys.Where(tag => !known.Contains(tag)))
        {
            string which = known.Length == 0 ? "None is kept per any tag." : $"Known: {string.Join(", ", known)}.";
            throw new CliException($"No budget is kept per '{tag}'. {which}");
        }
    }

    private static string Json(ImmutableArray<BudgetStatus> known, (string Name, string[] Missing)[] leftOut) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("budgets");
        foreach (BudgetStatus status in known)
        {
            writer.WriteStartObject();
            writer.WriteString("budget", status.Budget);
            StatusText.Write(writer, status);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("leftOut");
        foreach ((string name, string[] missing) in leftOut)
        {
            writer.WriteStartObject();
            writer.WriteString("budget", name);
            writer.WriteTexts("missing", missing);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
