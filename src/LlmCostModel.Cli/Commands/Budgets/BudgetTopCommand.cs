using System.Collections.Immutable;
using System.CommandLine;
using LlmCostModel.Budgets;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Commands.Budgets;

/// <summary><c>llmcost budget top BUDGET</c>: whose budget is used most in the window that is running.</summary>
internal static class BudgetTopCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> name = new("BUDGET") { Description = "the name of the budget" };
        Options.BudgetOptions budgets = new();
        Option<int> count = new("--count")
        {
            Description = "how many to show at most; default 10",
            HelpName = "COUNT",
            DefaultValueFactory = _ => 10,
        };
        FormatOption format = new();
        CheckedCommand command = new("top", "Whose budget is used most in the window that is running.") { name, count, format.Option };
        budgets.AddTo(command);
        command.Uses.Always(count, format.Option);
        command.Run(result =>
        {
            using OpenBudgets open = budgets.Open(result, host);
            ImmutableArray<BudgetAccount> top = open.Ledger.GetTopAsync(result.GetRequiredValue(name), result.GetValue(count))
                .AsTask().GetAwaiter().GetResult();
            (string budget, LlmCostModel.Budgets.BudgetOptions options) = open.Options.Budgets
                .First(one => one.Key.Equals(result.GetValue(name), StringComparison.OrdinalIgnoreCase));
            string[] per = [.. options.Per];
            host.Write(format.Of(result, host) switch
            {
                OutputFormat.Json => Json(budget, top),
                OutputFormat.Csv => CsvText.Write(
                    [[.. per, .. StatusText.Columns], .. top.Select(account => Row(account, per, StatusText.Row(account.Status)))]),
                _ => TableText.Write(
                    host,
                    $"{budget}, {options.Window}",
                    [.. per, .. StatusText.TableColumns],
                    top.Select(account => Row(account, per, StatusText.TableRow(account.Status)))),
            });
            return ExitCode.Priced;
        });
        return command;
    }

    private static string?[] Row(BudgetAccount account, string[] per, string?[] status) =>
        [.. per.Select(tag => account.Tags.GetValueOrDefault(tag)), .. status];

    private static string Json(string budget, ImmutableArray<BudgetAccount> top) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("budget", budget);
        writer.WriteStartArray("accounts");
        foreach (BudgetAccount account in top)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("tags");
            foreach ((string tag, string value) in account.Tags)
            {
                writer.WriteString(tag, value);
            }

            writer.WriteEndObject();
            StatusText.Write(writer, account.Status);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
