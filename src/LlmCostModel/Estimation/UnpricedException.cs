namespace LlmCostModel;

/// <summary>A cost was demanded that is not, or not wholly, known.</summary>
public sealed class UnpricedException : InvalidOperationException
{
    /// <summary>Makes the exception without a reason.</summary>
    public UnpricedException()
        : this("The cost is not known.")
    {
    }

    /// <summary>Makes the exception with a reason.</summary>
    /// <param name="message">The reason and the fix.</param>
    public UnpricedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a reason and its cause.</summary>
    /// <param name="message">The reason and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public UnpricedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception from the reasons of an estimate.</summary>
    /// <param name="issues">The reasons.</param>
    public UnpricedException(IReadOnlyList<CostIssue> issues)
        : base(string.Join(" ", issues)) => Issues = issues;

    /// <summary>Makes the exception from a call that is not wholly priced.</summary>
    /// <param name="call">The call, as far as it is priced.</param>
    public UnpricedException(PricedCall call)
        : this((call ?? throw new ArgumentNullException(nameof(call))).Issues) => Call = call;

    /// <summary>Gets the reasons; empty when there are none to give.</summary>
    public IReadOnlyList<CostIssue> Issues { get; } = [];

    /// <summary>Gets the call as far as it is priced; <see langword="null"/> when the cost was not demanded of a <see
    /// cref="ModelCall"/>.</summary>
    public PricedCall? Call { get; }
}
