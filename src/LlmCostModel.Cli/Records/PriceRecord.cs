namespace LlmCostModel.Cli.Records;

/// <summary>One call of a log: what was used, or why the record cannot be read.</summary>
internal sealed record PriceRecord
{
    /// <summary>The number of the record in its input, from 1.</summary>
    public required int Number { get; init; }

    public string? Id { get; init; }

    public string Model { get; init; } = "";

    public TokenUsage Usage { get; init; }

    public MeteredQuantities Meters { get; init; } = MeteredQuantities.Empty;

    public CallContext Context { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the usage is stated at all; when not, it is not zero but unknown.</summary>
    public bool IsUsageKnown { get; init; } = true;

    /// <summary>Why the usage is unknown or a lower bound; null when it is complete.</summary>
    public string? Shortfall { get; init; }

    /// <summary>What other models consumed inside the call.</summary>
    public IReadOnlyList<OtherModelUsage> Others { get; init; } = [];

    /// <summary>What the provider itself says the call cost.</summary>
    public ReportedCost? Reported { get; init; }

    /// <summary>Why the record cannot be read; null when it can.</summary>
    public string? Rejection { get; init; }

    /// <summary>The record as it stands in the input, on one line, for the file of rejects.</summary>
    public string Raw { get; init; } = "";
}
