namespace LlmCostModel.Planning;

/// <summary>A workload or policy file that is invalid.</summary>
public sealed class WorkloadException : FormatException
{
    /// <summary>Makes the exception without a reason; for serializers and tests.</summary>
    public WorkloadException()
        : this("The file is invalid.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The reason and the fix.</param>
    public WorkloadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    /// <param name="message">The reason and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public WorkloadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception from faults.</summary>
    /// <param name="faults">The faults, at least one.</param>
    public WorkloadException(IReadOnlyList<InputFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Gets every fault that was found; empty when the text is not valid JSON at all.</summary>
    public IReadOnlyList<InputFault> Faults { get; } = [];
}
