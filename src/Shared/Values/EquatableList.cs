using System.Collections;

namespace LlmCostModel;

/// <summary>What a list of a record holds: a copy that nobody can change, and that compares by content.</summary>
internal sealed class EquatableList<T> : IReadOnlyList<T>
{
    private readonly T[] _items;

    private EquatableList(T[] items) => _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    /// <summary>Copies a list; one that is not there is an empty one.</summary>
    /// <remarks>Empty is always the same object, the one that an empty collection expression is, so it needs no comparison.</remarks>
    internal static IReadOnlyList<T> Of(IEnumerable<T>? items) => items switch
    {
        null => [],
        EquatableList<T> list => list,
        _ => items.ToArray() is { Length: > 0 } copy ? new EquatableList<T>(copy) : [],
    };

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is EquatableList<T> other && _items.AsSpan().SequenceEqual(other._items);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(", ", _items);
}
