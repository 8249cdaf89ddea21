namespace LlmCostModel.Budgets;

/// <summary>How much a store in memory remembers.</summary>
public sealed class InMemoryBudgetStoreOptions
{
    /// <summary>Gets or sets how long an id is known after its call ended, so that a repetition is recognized.</summary>
    /// <value>One hour by default; 1 second to 366 days. It has to be at least twice as long as holds live.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long a window that ended is remembered: for what is settled late, and for what it left over.</summary>
    /// <value>35 days by default; 1 second or more.</value>
    public TimeSpan WindowRetention { get; set; } = TimeSpan.FromDays(35);

    /// <summary>Gets or sets how many accounts there are at most. Beyond them, new ones are refused with <see
    /// cref="BudgetStoreException"/> instead of filling the memory.</summary>
    /// <value>1,000,000 by default; 1 or more.</value>
    public int MaxAccounts { get; set; } = 1_000_000;
}
