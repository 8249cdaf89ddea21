using LlmCostModel.Budgets.Outages;

namespace LlmCostModel.Budgets;

/// <summary>Whether the store of budgets answers, as one process sees it. The type is immutable.</summary>
public sealed class BudgetStoreHealth
{
    internal BudgetStoreHealth(Outage? outage, int pending, long rollbacks) =>
        (UnavailableSince, Failure, Pending, Rollbacks) = (outage?.Since, outage?.Failure.Message, pending, rollbacks);

    /// <summary>Gets whether the store answers, and knows what it knew.</summary>
    public bool IsAvailable => UnavailableSince is null;

    /// <summary>Gets since when it does not; <see langword="null"/> while it does.</summary>
    public DateTimeOffset? UnavailableSince { get; }

    /// <summary>Gets what it said, or what kept it from answering; <see langword="null"/> while it answers.</summary>
    public string? Failure { get; }

    /// <summary>Gets how many calls that were made it has yet to hear of.</summary>
    public int Pending { get; }

    /// <summary>Gets how often it had lost what it had acknowledged.</summary>
    public long Rollbacks { get; }
}
