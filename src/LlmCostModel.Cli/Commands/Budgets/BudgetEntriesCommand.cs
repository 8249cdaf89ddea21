using System.CommandLine;
using LlmCostModel.Cli.Options;
using LlmCostModel.Cli.Records;

namespace LlmCostModel.Cli.Commands.Budgets;

/// <summary><c>llmcost budget entries</c>: the calls that were settled, a line of JSON each, for other tools; <c>llmcost price</c> reads
/// the file itself.</summary>
internal static class BudgetEntriesCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> store = Options.BudgetOptions.StoreOption();
        CheckedCommand command = new("entries", "The calls that were settled, a line of JSON each; 'price' reads the file itself.")
        {
            store,
        };
        command.Uses.Always(store);
        command.Run(result =>
        {
            string path = result.GetRequiredValue(store);
            BudgetFile.Require(path, host);
            using StreamReader lines = new(BudgetFile.Open(path));
            while (lines.ReadLine() is { } line)
            {
                host.Write(line + "\n");
            }

            return ExitCode.Priced;
        });
        return command;
    }
}
