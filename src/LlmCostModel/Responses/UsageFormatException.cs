namespace LlmCostModel;

/// <summary>A provider's response cannot be read as usage. The message names the field, its value, the rule and the next step.</summary>
public sealed class UsageFormatException : FormatException
{
    /// <summary>Makes the exception without a reason.</summary>
    public UsageFormatException()
        : this("The response cannot be read as usage.")
    {
    }

    /// <summary>Makes the exception with a reason.</summary>
    /// <param name="message">The reason.</param>
    public UsageFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a reason and its cause.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">The cause.</param>
    public UsageFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception of a kind of fault.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="message">The reason.</param>
    public UsageFormatException(UsageFaultKind kind, string message)
        : base(VisibleText.OneLine(message)) => Kind = kind;

    internal UsageFormatException(UsageFaultKind kind, string message, Exception innerException)
        : base(VisibleText.OneLine(message), innerException) => Kind = kind;

    /// <summary>Gets what is wrong.</summary>
    public UsageFaultKind Kind { get; }
}
