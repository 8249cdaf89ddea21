using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a call consumed besides tokens: an immutable set of named, exact quantities such as 2 <c>WebSearch</c> or 7.5
/// <c>AudioInputSecond</c>.</summary>
/// <remarks>
/// The name is the unit, in the singular, as a rate card's <c>PerMeter</c> spells it; case does not matter. Which names exist is up to the
/// rate
/// card; <c>docs/dimensions.md</c> lists those that the catalog uses. Quantities are never negative; a quantity of 0 is not kept.
/// </remarks>
[CollectionBuilder(typeof(MeteredQuantities), nameof(Create))]
[JsonConverter(typeof(JsonValueConverter<MeteredQuantities>))]
public sealed class MeteredQuantities
    : IJsonValue<MeteredQuantities>, IReadOnlyCollection<KeyValuePair<string, decimal>>, IEquatable<MeteredQuantities>
{
    private readonly ImmutableSortedDictionary<string, decimal> _quantities;

    private MeteredQuantities(ImmutableSortedDictionary<string, decimal> quantities) => _quantities = quantities;

    /// <summary>Gets the set without any quantity.</summary>
    public static MeteredQuantities Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, decimal>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Gets how many meters have a quantity.</summary>
    public int Count => _quantities.Count;

    /// <summary>Gets the quantity of a meter, 0 when the call consumed none.</summary>
    /// <param name="meter">The name of the meter; case does not matter.</param>
    public decimal this[string meter] => _quantities.GetValueOrDefault(meter);

    /// <summary>Makes a set from pairs, as a collection expression does: <c>[new("WebSearch", 2)]</c>.</summary>
    /// <param name="quantities">The names with their quantities; quantities of the same meter add up.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A quantity is negative.</exception>
    /// <exception cref="OverflowException">No decimal holds a sum.</exception>
    public static MeteredQuantities Create(params ReadOnlySpan<KeyValuePair<string, decimal>> quantities)
    {
        MeteredQuantities set = Empty;
        foreach ((string meter, decimal quantity) in quantities)
        {
            set = set.With(meter, Sum(meter, set[meter], NotNegative(meter, quantity)));
        }

        return set;
    }

    /// <summary>Returns a copy in which one meter has the given quantity.</summary>
    /// <param name="meter">The name of the meter.</param>
    /// <param name="quantity">The quantity in the meter's unit, not negative; 0 removes it.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException"><paramref name="meter"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantity"/> is negative.</exception>
    public MeteredQuantities With(string meter, decimal quantity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(meter);
        return new(NotNegative(meter, quantity) == 0 ? _quantities.Remove(meter) : _quantities.SetItem(meter, quantity));
    }

    /// <summary>Adds the quantities of two sets, meter by meter.</summary>
    /// <param name="left">The first set.</param>
    /// <param name="right">The second set.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="OverflowException">No decimal holds a sum.</exception>
    public static MeteredQuantities operator +(MeteredQuantities left, MeteredQuantities right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        foreach ((string meter, decimal quantity) in right)
        {
            left = left.With(meter, Sum(meter, left[meter], quantity));
        }

        return left;
    }

    /// <inheritdoc cref="op_Addition(MeteredQuantities, MeteredQuantities)"/>
    public static MeteredQuantities Add(MeteredQuantities left, MeteredQuantities right) => left + right;

    /// <summary>Enumerates the meters with their quantities, sorted by name.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<string, decimal>> GetEnumerator() => _quantities.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Determines whether both sets have the same quantity of every meter.</summary>
    /// <param name="other">The set to compare with.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public bool Equals(MeteredQuantities? other) =>
        other is not null && Count == other.Count && _quantities.All(pair => other[pair.Key] == pair.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MeteredQuantities);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((string meter, decimal quantity) in _quantities)
        {
            hash.Add(meter, StringComparer.OrdinalIgnoreCase);
            hash.Add(quantity);
        }

        return hash.ToHashCode();
    }

    /// <summary>Lists the quantities in the invariant culture.</summary>
    /// <returns>Such as <c>Image 1, WebSearch 2</c>; <c>nothing metered</c> when there are none.</returns>
    public override string ToString() =>
        Count == 0
            ? "nothing metered"
            : string.Join(", ", _quantities.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));

    private static decimal Sum(string meter, decimal left, decimal right)
    {
        ExactSum sum = default;
        sum.Add(left);
        sum.Add(right);
        decimal quantity = sum.ToDecimal(out bool exact);
        return exact ? quantity : throw new OverflowException(
            $"The quantities {AmountFormat.ToText(left)} and {AmountFormat.ToText(right)} of '{meter}' have a sum of more digits than a "
                + $"decimal can hold (28). Give them in a unit with fewer decimals.");
    }

    private static decimal NotNegative(string meter, decimal quantity) =>
        quantity >= 0
            ? quantity
            : throw new ArgumentOutOfRangeException(
                nameof(quantity),
                quantity,
                $"The quantity of '{meter}' cannot be negative. Leave the meter out when the call consumed none.");

    static JsonConverter<MeteredQuantities> IJsonValue<MeteredQuantities>.Json => Shape.Instance;

    /// <summary>The name of a meter as a key of JSON, beside those of the token buckets.</summary>
    internal static string JsonNameOf(string meter) => JsonNamingPolicy.CamelCase.ConvertName(meter);

    private static class Shape
    {
        internal static readonly JsonConverter<MeteredQuantities> Instance =
            JsonOf.By<MeteredQuantities, IReadOnlyList<KeyValuePair<string, decimal>>>(
                JsonOf.Entries(JsonOf.Decimal),
                quantities => [.. quantities.Select(pair => KeyValuePair.Create(JsonNameOf(pair.Key), pair.Value))],
                pairs => Create([.. pairs]));
    }
}
