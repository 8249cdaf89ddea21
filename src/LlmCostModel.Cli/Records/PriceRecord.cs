namespace LlmCostModel.Cli.Records;

/// <summary>One record of a log: the call that it tells of, or why it cannot be read.</summary>
internal sealed record PriceRecord
{
    /// <summary>The number of the record in its input, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The call; null when the record cannot be read.</summary>
    public ModelCall? Call { get; init; }

    /// <summary>When the provider made the response, as it states it; null when it does not.</summary>
    public string? Created { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The id of a record that cannot be read, where that much can be read.</summary>
    public string? Id { get; init; }

    /// <summary>Why the record cannot be read; null when it can.</summary>
    public string? Rejection { get; init => field = value is null ? null : CommandWords.Of(value); }

    /// <summary>What was probably meant by names that nobody knows, but which may be the caller's own.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The number and id of a record that cannot be read, and why, in one line.</summary>
    public string Refusal =>
        VisibleText.OneLine($"record {Number}{(Id is null ? "" : $" (id {Id})")}: {Rejection}");

    /// <summary>The record as it stands in the input, on one line, for the file of rejects.</summary>
    public string Raw { get; init; } = "";
}
