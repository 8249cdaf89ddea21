namespace LlmCostModel.Budgets;

/// <summary>A store of budgets cannot answer. It is not known whether the command took effect.</summary>
public sealed class BudgetStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public BudgetStoreException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What the store said.</param>
    public BudgetStoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
