namespace LlmCostModel.Budgets;

/// <summary>Whether the store of budgets answers, as one process sees it.</summary>
public sealed record BudgetStoreHealth
{
    /// <summary>Gets whether the store answers, and knows what it knew.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>Gets since when it does not; <see langword="null"/> while it does.</summary>
    public DateTimeOffset? UnavailableSince { get; init; }

    /// <summary>Gets what it said, or what kept it from answering; <see langword="null"/> while it answers.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets how many calls that were made it still has to be told.</summary>
    public required int Pending { get; init; }

    /// <summary>Gets how often it had lost what it had acknowledged.</summary>
    public required long Rollbacks { get; init; }
}
