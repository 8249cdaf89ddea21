namespace LlmCostModel.Cli.Records;

/// <summary>One record of a log: the call that it tells of, or why it cannot be read.</summary>
internal sealed record PriceRecord
{
    /// <summary>The number of the record in its input, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The call; null when the record cannot be read.</summary>
    public ModelCall? Call { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the record cannot be read; null when it can.</summary>
    public string? Rejection { get; init; }

    /// <summary>The record as it stands in the input, on one line, for the file of rejects.</summary>
    public string Raw { get; init; } = "";
}
