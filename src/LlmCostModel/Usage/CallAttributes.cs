using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What else about a request decides its price, as an immutable set of names and values: <c>quality = high</c>, <c>size =
/// 1024x1536</c>.</summary>
/// <remarks>Names and values are compared without regard to case, as rate cards are.</remarks>
[CollectionBuilder(typeof(CallAttributes), nameof(Create))]
[JsonConverter(typeof(JsonValueConverter<CallAttributes>))]
public sealed class CallAttributes
    : IJsonValue<CallAttributes>, IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<CallAttributes>
{
    private readonly ImmutableSortedDictionary<string, string> _values;

    private CallAttributes(ImmutableSortedDictionary<string, string> values) => _values = values;

    /// <summary>Gets the set without attributes.</summary>
    public static CallAttributes Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Gets how many attributes are set.</summary>
    public int Count => _values.Count;

    /// <summary>Gets the value of an attribute, <see langword="null"/> when it is not set.</summary>
    /// <param name="name">The name; case does not matter.</param>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Makes a set from pairs, as a collection expression does: <c>[new("quality", "high")]</c>; the last of equal names
    /// counts.</summary>
    /// <param name="attributes">The names with their values.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">A name or a value is empty.</exception>
    public static CallAttributes Create(params ReadOnlySpan<KeyValuePair<string, string>> attributes)
    {
        CallAttributes set = Empty;
        foreach ((string name, string value) in attributes)
        {
            set = set.With(name, value);
        }

        return set;
    }

    /// <summary>Returns a copy in which one attribute has the given value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">The name or the value is empty.</exception>
    public CallAttributes With(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(_values.SetItem(name, value));
    }

    /// <summary>All attributes of both sets; where both have one, the first counts. <see langword="null"/> means none.</summary>
    internal static CallAttributes? Merge(CallAttributes? first, CallAttributes? second) =>
        first is null or { Count: 0 } ? second ?? first
        : second is null or { Count: 0 } ? first
        : new(second._values.SetItems(first._values));

    /// <summary>Enumerates the attributes, sorted by name.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Determines whether both sets hold the same attributes.</summary>
    /// <param name="other">The set to compare with.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public bool Equals(CallAttributes? other) =>
        other is not null
        && Count == other.Count
        && _values.All(pair => string.Equals(other[pair.Key], pair.Value, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CallAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((string name, string value) in _values)
        {
            hash.Add(name, StringComparer.OrdinalIgnoreCase);
            hash.Add(value, StringComparer.OrdinalIgnoreCase);
        }

        return hash.ToHashCode();
    }

    /// <summary>Lists the attributes.</summary>
    /// <returns>Such as <c>quality=high, size=1024x1536</c>.</returns>
    public override string ToString() => string.Join(", ", _values.Select(pair => $"{pair.Key}={pair.Value}"));

    static JsonConverter<CallAttributes> IJsonValue<CallAttributes>.Json => Shape.Instance;

    private static class Shape
    {
        internal static readonly JsonConverter<CallAttributes> Instance =
            JsonOf.By<CallAttributes, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text),
                attributes => [.. attributes],
                pairs => Create([.. pairs]));
    }
}
