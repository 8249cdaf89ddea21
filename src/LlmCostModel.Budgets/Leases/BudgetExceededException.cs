namespace LlmCostModel.Budgets;

/// <summary>A budget has no room for a call.</summary>
public sealed class BudgetExceededException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="denial">Which budget, what is left, and when to try again.</param>
    public BudgetExceededException(BudgetDenial denial)
        : base(denial?.Message)
    {
        ArgumentNullException.ThrowIfNull(denial);
        Denial = denial;
    }

    /// <summary>Gets which budget, what is left, and when to try again.</summary>
    public BudgetDenial Denial { get; }
}
