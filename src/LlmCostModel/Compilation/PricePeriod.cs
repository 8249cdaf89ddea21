using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>
/// A time during which the prices of a model stay as they are: within it no call, of whatever size, tier, region or attributes,
/// costs more or less at one instant than at another.
/// </summary>
/// <remarks>The type is immutable.</remarks>
public sealed record PricePeriod
{
    private readonly PriceMoment _prices;

    internal PricePeriod(DateTimeOffset from, DateTimeOffset until, PriceMoment prices)
    {
        From = from;
        Until = until;
        _prices = prices;
    }

    /// <summary>Gets the first instant of the period, in UTC.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Gets the first instant after the period, in UTC.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Gets how long the period is.</summary>
    public TimeSpan Duration => Until - From;

    /// <summary>Gets the prices in force before any rule; <see langword="null"/> when the model has no price then.</summary>
    public PriceVersion? Version => _prices.Version?.Version;

    /// <summary>
    /// Gets the names of the rules with dates or hours that are in force, in order of application.
    /// What else they ask for, such as a tier or a size, is up to the call.
    /// </summary>
    public IReadOnlyList<string> Rules => _prices.NamesOfRules();

    /// <summary>Gets the sizes at which a rule of the period begins or ceases to hold, of whatever tier or region, each once, in
    /// order.</summary>
    public ImmutableArray<TokenThreshold> Thresholds => _prices.Version is { } version
        ? [.. version.Rules.SelectMany(rule => rule.Rule.When.Tokens).Distinct().OrderBy(t => t.Basis).ThenBy(t => t.Tokens)]
        : [];

    /// <summary>Gets whether calls between two neighboring <see cref="Thresholds"/> cost the same for each further token of a
    /// bucket.</summary>
    /// <value><see langword="false"/> with a minimum charge, and with marginal rules, beyond whose threshold the kind of the last tokens
    /// decides.</value>
    public bool IsLinear => _prices.Version is null or { Version.MinimumCharge: 0, MarginalRules.IsEmpty: true };

    /// <summary>Determines whether every call costs in one period what it costs in the other, as in the peak hours of two days.</summary>
    /// <param name="other">A period of the same model, of the same rates.</param>
    /// <returns>Whether version and rules are the same. Two versions count as different, whatever their numbers are.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public bool HasSamePricesAs(PricePeriod other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _prices == other._prices;
    }

    /// <summary>Determines whether two periods have the same instants, prices and rules.</summary>
    /// <param name="other">The period to compare with.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public bool Equals(PricePeriod? other) =>
        other is not null && From == other.From && Until == other.Until && Version == other.Version && Rules.SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(From, Until);

    /// <summary>Shows the period, independent of the culture.</summary>
    /// <returns>Such as <c>2026-12-01T01:00:00Z to 2026-12-01T04:00:00Z: peak</c>.</returns>
    public override string ToString() => $"{AmountFormat.ToText(From)} to {AmountFormat.ToText(Until)}: {Described()}";

    private string Described()
    {
        if (Version is null)
        {
            return "no price";
        }

        return Rules is { Count: > 0 } rules ? string.Join(", ", rules) : "no timed rule";
    }
}
