using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The credits that a rate card states its prices in, and what one of them is in money through time.</summary>
/// <remarks>Providers sell usage in units of their own, such as GitHub AI Credits, Codex credits or Databricks units (DBU). All amounts of
/// such a card are in credits; costs are in the card's currency, by what a credit is worth at the instant of the call, and receipts state
/// the credits too. The type is immutable.</remarks>
public sealed partial record CreditUnit
{
    private readonly EquatableArray<CreditWorth> _worth;

    /// <summary>Gets what the credits are called, in the plural, such as <c>Codex credits</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what one credit is in the card's currency, by time. Where none holds, nothing of the card has a price.</summary>
    public required ImmutableArray<CreditWorth> Worth { get => _worth; init => _worth = value; }

    /// <summary>What a credit is worth at an instant; <see langword="null"/> when that is not known.</summary>
    internal CreditWorth? At(DateTimeOffset instant) =>
        Worth.OrderBy(worth => worth.From ?? DateTimeOffset.MinValue).LastOrDefault(worth => !(worth.From > instant)) is { } last
            && !(last.Until <= instant)
            ? last
            : null;
}
