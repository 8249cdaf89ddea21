namespace LlmCostModel;

/// <summary>Rates cannot be used. The message lists every fault, one a line.</summary>
public sealed class RateCardException : FormatException
{
    /// <summary>Makes the exception without a reason.</summary>
    public RateCardException()
        : this("The rates cannot be used.")
    {
    }

    /// <summary>Makes the exception with a reason.</summary>
    /// <param name="message">The reason and the fix.</param>
    public RateCardException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a reason and its cause.</summary>
    /// <param name="message">The reason and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public RateCardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception from faults.</summary>
    /// <param name="faults">The faults, at least one.</param>
    public RateCardException(IReadOnlyList<InputFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Gets the faults, at most a hundred and one that says how many more there are; empty when the text could not be read at
    /// all.</summary>
    public IReadOnlyList<InputFault> Faults { get; } = [];
}
