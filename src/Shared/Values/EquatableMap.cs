using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The field behind a dictionary of a record: it compares by content. Names are compared without regard to case, as rate cards
/// are.</summary>
internal readonly struct EquatableMap<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue>? entries)
    : IEquatable<EquatableMap<TKey, TValue>>
    where TKey : notnull
{
    private readonly ImmutableSortedDictionary<TKey, TValue>? _entries = entries;

    /// <summary>Gets the dictionary; what <paramref name="none"/> is when there is none.</summary>
    internal ImmutableSortedDictionary<TKey, TValue> Or(ImmutableSortedDictionary<TKey, TValue> none) => _entries ?? none;

    public static implicit operator EquatableMap<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue>? entries) => new(entries);

    public bool Equals(EquatableMap<TKey, TValue> other) =>
        _entries is { Count: > 0 } && other._entries is { Count: > 0 }
            ? _entries.Count == other._entries.Count && _entries.SequenceEqual(other._entries, Comparer.Instance)
            : _entries is not { Count: > 0 } && other._entries is not { Count: > 0 };

    public override bool Equals(object? obj) => obj is EquatableMap<TKey, TValue> other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (KeyValuePair<TKey, TValue> entry in _entries ?? Enumerable.Empty<KeyValuePair<TKey, TValue>>())
        {
            hash.Add(entry, Comparer.Instance);
        }

        return hash.ToHashCode();
    }

    private sealed class Comparer : IEqualityComparer<KeyValuePair<TKey, TValue>>
    {
        internal static readonly Comparer Instance = new();

        private static readonly IEqualityComparer<TKey> Keys =
            typeof(TKey) == typeof(string)
                ? (IEqualityComparer<TKey>)(object)StringComparer.OrdinalIgnoreCase
                : EqualityComparer<TKey>.Default;

        private static readonly IEqualityComparer<TValue> Values = ItemComparer<TValue>.Instance ?? EqualityComparer<TValue>.Default;

        public bool Equals(KeyValuePair<TKey, TValue> x, KeyValuePair<TKey, TValue> y) =>
            Keys.Equals(x.Key, y.Key) && Values.Equals(x.Value, y.Value);

        public int GetHashCode(KeyValuePair<TKey, TValue> obj) =>
            HashCode.Combine(Keys.GetHashCode(obj.Key), obj.Value is null ? 0 : Values.GetHashCode(obj.Value));
    }
}
