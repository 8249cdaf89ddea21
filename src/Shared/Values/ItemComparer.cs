using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>How the items of lists and dictionaries are compared: as they compare themselves, but lists of texts text by text.</summary>
internal static class ItemComparer<T>
{
    /// <summary>The comparer; <see langword="null"/> where the items compare themselves.</summary>
    internal static readonly IEqualityComparer<T>? Instance =
        typeof(T) == typeof(ImmutableArray<string>) ? (IEqualityComparer<T>)(object)new OfTexts() : null;

    private sealed class OfTexts : IEqualityComparer<ImmutableArray<string>>
    {
        public bool Equals(ImmutableArray<string> x, ImmutableArray<string> y) => new EquatableArray<string>(x).Equals(y);

        public int GetHashCode(ImmutableArray<string> obj) => new EquatableArray<string>(obj).GetHashCode();
    }
}
