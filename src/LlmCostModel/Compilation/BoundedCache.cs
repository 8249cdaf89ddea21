using System.Collections.Concurrent;

namespace LlmCostModel;

/// <summary>Remembers what was worked out for texts that calls bring along, and starts anew when it is full, so that a stream of odd texts
/// cannot fill the memory. Thread-safe.</summary>
/// <param name="capacity">How much is remembered: a number of values, or the sum of their weights where they have any.</param>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    /// <summary>No name of a model, provider or tier is longer; what is, is not remembered.</summary>
    internal const int LongestText = 256;

    private ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);
    private int _weight;

    internal T? Find(ReadOnlySpan<char> text) => _known.TryGetValue(text, out T? value) ? value : null;

    internal T? Find(string text) => _known.GetValueOrDefault(text);

    /// <summary>Remembers a value, unless there is one for the text; gives the one to use.</summary>
    internal T Add(string text, T value, int weight = 1)
    {
        if (text.Length > LongestText)
        {
            return value;
        }

        Grow(weight);
        return _known.GetOrAdd(text, value);
    }

    /// <summary>Counts what a remembered value has grown by.</summary>
    internal void Grow(int weight)
    {
        if (Interlocked.Add(ref _weight, weight) > capacity)
        {
            _known = new(StringComparer.Ordinal);
            _weight = weight;
        }
    }
}
