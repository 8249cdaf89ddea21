using System.CommandLine;

namespace LlmCostModel.Cli.Commands.Budgets;

/// <summary><c>llmcost budget</c>: the budgets of an application, checked, and what they have.</summary>
internal static class BudgetCommand
{
    public static Command Create(CommandHost host) => new("budget", "Check the budgets of an application, and look at what they have.")
    {
        BudgetCheckCommand.Create(host),
        BudgetStatusCommand.Create(host),
        BudgetTopCommand.Create(host),
        BudgetEntriesCommand.Create(host),
    };
}
