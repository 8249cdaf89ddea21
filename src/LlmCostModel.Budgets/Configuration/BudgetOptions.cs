namespace LlmCostModel.Budgets;

/// <summary>One budget.</summary>
public sealed class BudgetOptions
{
    /// <summary>Gets or sets the most that a window may spend, in the unit of the budget. 0 denies everything that is not free.</summary>
    /// <value>None by default: the budget only counts.</value>
    public decimal? Limit { get; set; }

    /// <summary>Gets or sets what is counted.</summary>
    /// <value><see cref="BudgetUnit.Money"/> by default.</value>
    public BudgetUnit Unit { get; set; }

    /// <summary>Gets or sets the currency of a budget of money, as an ISO 4217 code.</summary>
    /// <value>None by default; required for money, and not allowed for other units.</value>
    public string? Currency { get; set; }

    /// <summary>Gets or sets when the budget begins anew.</summary>
    /// <value>None by default; required.</value>
    public BudgetWindow? Window { get; set; }

    /// <summary>Gets or sets what happens to a call for which there is no room.</summary>
    /// <value><see cref="BudgetMode.Enforce"/> by default.</value>
    public BudgetMode Mode { get; set; }

    /// <summary>Gets the names of the tags that the budget is kept per: each combination of their values has a budget of its own.</summary>
    /// <value>Empty by default: one budget for all calls.</value>
    public IList<string> Per { get; } = [];

    /// <summary>Gets or sets whether a call without one of the tags passes by this budget; otherwise it is refused as a mistake.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool Optional { get; set; }

    /// <summary>Gets or sets how much of its limit a window hands to the next one at most, when it was not spent. What was handed over is
    /// not handed on.</summary>
    /// <value>None by default.</value>
    public decimal? MaxRollover { get; set; }

    /// <summary>Gets or sets since when there is something to hand over: the first window that begins then or later is the first that
    /// hands over.</summary>
    /// <value>None by default; required with <see cref="MaxRollover"/>, because the windows before a budget existed were not spent
    /// either.</value>
    public DateTimeOffset? RolloverFrom { get; set; }

    /// <summary>Gets or sets the most that a process admits of a window while the store is away, in the unit of the budget.</summary>
    /// <value>None by default; required for enforced budgets with <see cref="StoreOutage.Open"/>.</value>
    public decimal? MaxWhileOpen { get; set; }
}
