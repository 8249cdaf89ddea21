using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>A condition and what it changes: it sets prices, multiplies them, adds to them or charges a fee.</summary>
/// <remarks>
/// Order of application in a version: the base prices; every matching <em>set</em> or <em>unpriced</em> in listed order (a later one wins,
/// what it does not name stays);
/// every matching <em>multiply</em>; every matching <em>add</em>; finally, on the sum of the call, the minimum charge, percentages and
/// fixed fees. Rules of overlays are appended. The type is immutable.
/// </remarks>
public sealed partial record PriceRule
{
    private readonly EquatableArray<string> _on;
    private readonly EquatableMap<string, MeterPrice> _perUnit;

    /// <summary>Gets the name that receipts show; unique in its version.</summary>
    public required string Name { get; init; }

    /// <summary>Gets when the rule applies; always by default.</summary>
    public PriceCondition When { get; init => field = value ?? PriceCondition.Always; } = PriceCondition.Always;

    /// <summary>Gets which part of the call the rule prices. <see cref="RuleMode.Marginal"/> needs exactly one lower bound on the size of
    /// the call.</summary>
    public RuleMode Mode { get; init; }

    /// <summary>Gets the token prices to set, per 1,000,000 tokens; <see langword="null"/> sets none, and rates without a price are
    /// <see langword="null"/>.</summary>
    public TokenRates? PerMillionTokens { get; init => field = OrNull(value); }

    /// <summary>Gets the prices of meters to set, by name.</summary>
    public ImmutableSortedDictionary<string, MeterPrice> PerMeter { get => _perUnit.Or(MeterPrice.None); init => _perUnit = value; }

    /// <summary>Gets the factor to multiply with, not negative; <see langword="null"/> multiplies nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Multiply { get; init => field = RateGuard.NotNegative(value, nameof(Multiply)); }

    /// <summary>Gets whether the prices of what <see cref="On"/> names are not known where the rule applies, such as in a region whose
    /// prices the card does not have. A later rule that sets a price states it again.</summary>
    public bool Unpriced { get; init; }

    /// <summary>Gets what <see cref="Multiply"/> or <see cref="Unpriced"/> applies to: names of buckets and meters, or <c>Tokens</c>,
    /// <c>InputTokens</c>, <c>OutputTokens</c>, <c>Units</c>. Empty means everything.</summary>
    public ImmutableArray<string> On { get => _on; init => _on = value; }

    /// <summary>Gets token prices to add on top, per 1,000,000 tokens, such as a router's fee; <see langword="null"/> adds none, and rates
    /// without a price are <see langword="null"/>.</summary>
    public TokenRates? AddPerMillionTokens { get; init => field = OrNull(value); }

    /// <summary>Gets a fee in percent of the call's cost, not negative; <see langword="null"/> charges none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? PercentFee { get; init => field = RateGuard.NotNegative(value, nameof(PercentFee)); }

    /// <summary>Gets a fee for the call in the card's currency, not negative; <see langword="null"/> charges none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? FixedFee { get; init => field = RateGuard.NotNegative(value, nameof(FixedFee)); }

    /// <summary>Gets how sure the rule is; an announced one applies only when asked.</summary>
    public PriceStatus Status { get; init; }

    /// <summary>Gets the page that states the rule; <see langword="null"/> means that of the version or card.</summary>
    public string? Source { get; init; }

    private static TokenRates? OrNull(TokenRates? rates) => TokenRates.None.Equals(rates) ? null : rates;
}
