using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets;

/// <summary>What is said of budgets that counted wrong: what they are and not whose.</summary>
internal static partial class RecountLog
{
    internal static void Tell(ILogger log, BudgetRecount recount)
    {
        if (recount.WrongWindows > 0 || recount.Held != recount.HeldByLeases)
        {
            string done = recount.IsRepaired ? "It was corrected by the difference." : "It was left as it is.";
            IsHeldWrong(log, recount.Budget, recount.Held, recount.HeldByLeases, done);
        }

        if (recount.SpentByCalls is { } spent && spent != recount.Spent)
        {
            IsSpentWrong(log, recount.Budget, recount.Spent, spent);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An account of the budget '{Budget}' holds {Held}, and its leases hold {HeldByLeases}. {Done}")]
    private static partial void IsHeldWrong(ILogger logger, string budget, decimal held, decimal heldByLeases, string done);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An account of the budget '{Budget}' has spent {Spent}, and its calls add up to {SpentByCalls}. It was left as it is: "
            + "CorrectAsync changes it.")]
    private static partial void IsSpentWrong(ILogger logger, string budget, decimal spent, decimal spentByCalls);
}
