using System.Globalization;

namespace LlmCostModel.Budgets.Runs;

/// <summary>Says why a run has stopped.</summary>
internal static class RunStops
{
    internal static BudgetRunStop Of(RunPlan plan, BudgetRunStopReason reason, DateTimeOffset at) => new()
    {
        Run = plan.Id,
        Reason = reason,
        At = at,
        Message = Said(plan.Id, reason switch
        {
            BudgetRunStopReason.OutOfTime => string.Create(
                CultureInfo.InvariantCulture, $"its time was over at {plan.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"),
            BudgetRunStopReason.Canceled => "somebody stopped it",
            _ => "it is complete",
        }),
    };

    internal static BudgetRunStop Of(RunPlan plan, Budget limit, long spent, DateTimeOffset at)
    {
        decimal amount = limit.FromUnits(spent), most = limit.FromUnits(limit.Limit!.Value);
        return new()
        {
            Run = plan.Id,
            Reason = BudgetRunStopReason.LimitReached,
            At = at,
            Unit = limit.Unit,
            Currency = limit.Currency,
            Spent = amount,
            Limit = most,
            Message = Said(plan.Id, $"it has spent {limit.Show(amount)} of {limit.Show(most)}"),
        };
    }

    /// <summary>A run stops with the one above it that stopped first.</summary>
    internal static BudgetRunStop Of(RunPlan child, BudgetRunStop first) => first with
    {
        Reason = BudgetRunStopReason.ParentStopped,
        Message = $"The run '{child.Id}' has stopped with the one above it. {first.Message}",
    };

    private static string Said(string run, string why) => $"The run '{run}' has stopped: {why}.";
}
