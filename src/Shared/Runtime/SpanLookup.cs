using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>Looks up in collections of strings by characters, without making a string of them. .NET 10 does so by itself; on .NET 8 a
/// string of an earlier look-up is used again, so that an id that is looked up a second time costs no allocation either.</summary>
internal static class SpanLookup
{
#if NET10_0_OR_GREATER
    internal static bool TryGetValue<T>(
        this ConcurrentDictionary<string, T> values,
        ReadOnlySpan<char> text,
        [MaybeNullWhen(false)] out T value) =>
        values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out value);

    internal static bool TryGetValue(this HashSet<string> values, ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value) =>
        values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out value);
#else
    private const int Slots = 512; // a power of two
    private const int MaxLength = 256;

    // One string per slot, whichever came last: bounded, and safe without a lock, because a reference is written at once.
    private static readonly string?[] Strings = new string?[Slots];

    internal static bool TryGetValue<T>(
        this ConcurrentDictionary<string, T> values,
        ReadOnlySpan<char> text,
        [MaybeNullWhen(false)] out T value) =>
        values.TryGetValue(StringOf(text), out value);

    internal static bool TryGetValue(this HashSet<string> values, ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value) =>
        values.TryGetValue(StringOf(text), out value);

    internal static string StringOf(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return text.ToString();
        }

        ref string? slot = ref Strings[string.GetHashCode(text) & (Slots - 1)];
        string? known = Volatile.Read(ref slot);
        if (known is null || !text.SequenceEqual(known))
        {
            Volatile.Write(ref slot, known = text.ToString());
        }

        return known;
    }
#endif
}

/// <summary>The same for one dictionary that is looked up at every call.</summary>
internal readonly struct SpanLookup<T>(Dictionary<string, T> values)
{
#if NET10_0_OR_GREATER
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _values = values.GetAlternateLookup<ReadOnlySpan<char>>();

    internal bool TryGetValue(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(text, out value);
#else
    internal bool TryGetValue(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) =>
        values.TryGetValue(SpanLookup.StringOf(text), out value);
#endif
}
