namespace LlmCostModel.Budgets;

/// <summary>A store of budgets cannot answer. It is not known whether the command took effect.</summary>
public sealed class BudgetStoreException : Exception
{
    /// <summary>Gets whether the store does not answer at all, so that the next command has no better chance; <see langword="false"/> when
    /// it answers, and cannot carry out this command.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool IsOutage { get; init; } = true;

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
