namespace LlmCostModel.Planning;

/// <summary>A length of reasoning and what it achieves. Measure both: neither has a default that would be right.</summary>
public sealed record ReasoningLevel
{
    /// <summary>Gets its name, such as the effort that is asked for.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the reasoning tokens of a task.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required long ReasoningTokens
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(ReasoningTokens), value, "Reasoning cannot have fewer than 0 tokens.");
    }

    /// <summary>Gets the share of tasks that are solved, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public required decimal Quality
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Quality), value, "A quality is from 0 to 1: 0.875 is 87.5%.");
    }
}
