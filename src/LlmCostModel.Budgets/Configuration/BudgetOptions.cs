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

    /// <summary>Gets the names of the tags that the budget is kept per: each combination of their values, of 1 to 512 characters each, has
    /// a budget of its own.</summary>
    /// <value>Empty by default: one budget for all calls.</value>
    public IList<string> Per { get; } = [];

    /// <summary>Gets or sets whether a call without one of the tags passes by this budget; otherwise it is refused as a mistake.</summary>
    /// <value><see langword="false"/> by default; only with <see cref="Per"/>.</value>
    public bool Optional { get; set; }

    /// <summary>Gets or sets how much of its limit a window hands to the next one at most, when it was not spent. What was handed over is
    /// not handed on.</summary>
    /// <value>None by default; at most <see cref="Limit"/>.</value>
    public decimal? MaxRollover { get; set; }

    /// <summary>Gets or sets since when there is something to hand over: the first window that begins then or later is the first that
    /// hands over. In configuration a date without a time is midnight in the time zone of the window.</summary>
    /// <value>None by default; required with <see cref="MaxRollover"/>, because the windows before a budget existed were not spent
    /// either, and only for it.</value>
    public DateTimeOffset? RolloverFrom { get; set; }

    /// <summary>Gets or sets the most that a process admits of a window while the store is away, in the unit of the budget.</summary>
    /// <value>None by default; required for enforced budgets with <see cref="StoreOutage.Open"/>.</value>
    public decimal? MaxWhileOpen { get; set; }

    /// <summary>Gets or sets at which shares of the limit <see cref="BudgetsOptions.OnAlert"/> is called, once in a window each.</summary>
    /// <value><see langword="null"/> by default: at 0.5, 0.8 and 1. Empty for never; each more than 0 and at most 10.</value>
    public IList<decimal>? AlertAt { get; set; }

    /// <summary>Gets or sets whether an alert says beforehand that the limit will be passed at the pace of the window so far, from a tenth
    /// of it on. Only for windows that end.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AlertOnProjectedOverrun { get; set; } = true;

    /// <summary>Gets or sets how many times as much as before in the window has to be spent for the time, in ten minutes, to be a spike;
    /// from half an hour of a window on.</summary>
    /// <value>None by default: never. More than 1.</value>
    public decimal? SpikeFactor { get; set; }
}
