using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel.Catalog;

/// <summary>What a refresh would change.</summary>
internal enum RefreshKind
{
    /// <summary>A model that the card does not have.</summary>
    NewModel,

    /// <summary>A price that a model of the card lacks.</summary>
    NewPrice,

    /// <summary>Another price from a day on.</summary>
    ChangedPrice,

    /// <summary>An id that its provider serves no longer.</summary>
    Retired,
}

/// <summary>How sure a proposal is.</summary>
internal enum RefreshConfidence
{
    /// <summary>Something speaks against it.</summary>
    Low,

    /// <summary>One table states it, and nothing speaks against it.</summary>
    Medium,

    /// <summary>Two tables state it, or the provider's own answer.</summary>
    High,
}

/// <summary>A price to write.</summary>
/// <param name="What">The token bucket or meter.</param>
/// <param name="Present">The card's price; <see langword="null"/> when it has none.</param>
/// <param name="Proposed">The price to write.</param>
internal sealed record RefreshPrice(string What, decimal? Present, decimal Proposed);

/// <summary>What a table states, as the reason of a proposal or a warning.</summary>
/// <param name="Table">The table.</param>
/// <param name="Day">Its day.</param>
/// <param name="Says">What it states, in words.</param>
internal sealed record RefreshEvidence(string Table, DateOnly Day, string Says)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Table} of {Day:yyyy-MM-dd}: {Says}");
}

/// <summary>A proposed edit of a card.</summary>
internal sealed record RefreshProposal
{
    internal required RefreshKind Kind { get; init; }

    internal required string Provider { get; init; }

    internal required string Model { get; init; }

    /// <summary>Gets the first instant at which it holds; <see langword="null"/> for a price that a version lacks.</summary>
    internal DateTimeOffset? From { get; init; }

    internal ImmutableArray<RefreshPrice> Prices { get; init; } = [];

    /// <summary>Gets the rules of a new model, such as its batch prices.</summary>
    internal ImmutableArray<PriceRule> Rules { get; init; } = [];

    internal required ImmutableArray<RefreshEvidence> Evidence { get; init; }

    internal required RefreshConfidence Confidence { get; init; }

    /// <summary>Gets the place of the version of the model that is changed or followed.</summary>
    internal int Version { get; init; }

    internal required DateOnly AsOf { get; init; }

    internal required string Source { get; init; }
}

/// <summary>What a table states and cannot be right, or what tables do not agree on: for a person to look at.</summary>
internal sealed record RefreshWarning(string Provider, string Model, string What, string Why, ImmutableArray<RefreshEvidence> Evidence);
