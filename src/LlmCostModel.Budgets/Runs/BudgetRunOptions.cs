namespace LlmCostModel.Budgets;

/// <summary>What a run may spend, and for how long it lasts. Every limit is optional; a call has to fit into all that there are.</summary>
public sealed class BudgetRunOptions
{
    /// <summary>Gets or sets what people know the run by, in messages and entries: 1 to 128 characters. Runs of the same id are runs of
    /// their own.</summary>
    /// <value>A new one by default.</value>
    public string? Id { get; set; }

    /// <summary>Gets or sets the most money that the run may spend, exact to a billionth of the currency.</summary>
    /// <value>None by default; 0 or more.</value>
    public Money? Money { get; set; }

    /// <summary>Gets or sets the most tokens that calls of the run may take, input and output.</summary>
    /// <value>None by default; 0 or more.</value>
    public long? Tokens { get; set; }

    /// <summary>Gets or sets the most calls of the run.</summary>
    /// <value>None by default; 0 or more.</value>
    public long? Calls { get; set; }

    /// <summary>Gets or sets the longest that calls of the run may take together; those at the same time count one by one.</summary>
    /// <value>None by default; 0 or more, in whole milliseconds.</value>
    public TimeSpan? CallTime { get; set; }

    /// <summary>Gets or sets how long the run lasts at most, by the clock on the wall.</summary>
    /// <value>One day by default, and for a run that another one starts, as long as that; 1 second to 30 days. Some time after it, stores
    /// forget the run.</value>
    public TimeSpan? Duration { get; set; }

    /// <summary>Gets or sets at which share of a limit, or of its time, <see cref="BudgetRun.WrapUp"/> tells the run to come to an
    /// end.</summary>
    /// <value>0.8 by default; more than 0 and at most 1.</value>
    public decimal WrapUpAt { get; set; } = 0.8m;
}
