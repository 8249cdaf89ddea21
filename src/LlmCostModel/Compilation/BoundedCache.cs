using System.Collections.Concurrent;

namespace LlmCostModel;

/// <summary>Remembers what was worked out for texts that calls bring along, and starts anew when it is full, so that a stream of odd texts
/// cannot fill the memory. Thread-safe.</summary>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    /// <summary>No name of a model, provider or tier is longer; what is, is not remembered.</summary>
    internal const int LongestText = 256;

    private ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);
    private int _count;

    internal T? Find(ReadOnlySpan<char> text) => _known.TryGetValue(text, out T? value) ? value : null;

    internal T? Find(string text) => _known.GetValueOrDefault(text);

    /// <summary>Remembers a value, unless there is one for the text; gives the one to use.</summary>
    internal T Add(string text, T value)
    {
        if (text.Length > LongestText)
        {
            return value;
        }

        if (Interlocked.Increment(ref _count) > capacity)
        {
            _known = new(StringComparer.Ordinal);
            _count = 1;
        }

        return _known.GetOrAdd(text, value);
    }
}
