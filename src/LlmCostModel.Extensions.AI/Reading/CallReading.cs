namespace LlmCostModel.Extensions.AI;

/// <summary>What a response says of its cost, whichever way it was read.</summary>
internal readonly record struct CallReading
{
    /// <summary>What was consumed; <see langword="null"/> when it is not known.</summary>
    internal TokenUsage? Usage { get; init; }

    /// <summary>Why the usage is not known or only a lower bound; <see langword="null"/> when it is complete.</summary>
    internal string? Shortfall { get; init; }

    internal string? Model { get; init; }

    internal string? ResponseId { get; init; }

    internal MeteredQuantities? Meters { get; init; }

    /// <summary>How the call was served, as far as the response says.</summary>
    internal CallContext Served { get; init; }

    internal IReadOnlyList<OtherModelUsage>? Others { get; init; }

    internal Money? Reported { get; init; }

    internal static CallReading Unknown(string reason) => new() { Shortfall = reason };
}
