using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The field behind an array of a record: it compares by content, and an array that is not there is an empty one.</summary>
/// <remarks>An <see cref="ImmutableArray{T}"/> compares the place where its items are, so that two equal cards would differ.</remarks>
internal readonly struct EquatableArray<T>(ImmutableArray<T> items) : IEquatable<EquatableArray<T>>
{
    private readonly ImmutableArray<T> _items = items;

    private ImmutableArray<T> Items => _items.IsDefault ? [] : _items;

    public static implicit operator EquatableArray<T>(ImmutableArray<T> items) => new(items);

    public static implicit operator ImmutableArray<T>(EquatableArray<T> array) => array.Items;

    public bool Equals(EquatableArray<T> other) => Items.AsSpan().SequenceEqual(other.Items.AsSpan(), ItemComparer<T>.Instance);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T item in Items)
        {
            hash.Add(item, ItemComparer<T>.Instance);
        }

        return hash.ToHashCode();
    }
}
