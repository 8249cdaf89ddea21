using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads a collection that is not there as an empty one: <see langword="default"/> of an array throws at every use, far from
/// whoever set it.</summary>
internal static class AbsentCollections
{
    internal static ImmutableArray<ImmutableArray<T>> OrEmpty<T>(this ImmutableArray<ImmutableArray<T>> arrays) =>
        arrays.IsDefault ? [] : arrays.Any(array => array.IsDefault) ? [.. arrays.Select(array => array.IsDefault ? [] : array)] : arrays;

    internal static ImmutableSortedDictionary<string, ImmutableArray<T>> OrEmpty<T>(
        this ImmutableSortedDictionary<string, ImmutableArray<T>> lists)
    {
        string[] absent = [.. lists.Where(list => list.Value.IsDefault).Select(list => list.Key)];
        return absent.Length == 0 ? lists : lists.SetItems(absent.Select(name => KeyValuePair.Create(name, ImmutableArray<T>.Empty)));
    }
}
