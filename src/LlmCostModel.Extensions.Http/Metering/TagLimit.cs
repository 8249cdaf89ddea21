using System.Collections.Concurrent;

namespace LlmCostModel;

/// <summary>Bounds how many values a tag takes, and so how many time series it makes: the first ones are kept, all further ones are
/// <c>other</c>.</summary>
internal sealed class TagLimit(int max)
{
    internal const string Other = "other";

    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _count;

    internal string? Bound(string? value)
    {
        if (value is null || _values.TryGetValue(value, out _))
        {
            return value;
        }

        if (Volatile.Read(ref _count) >= max || Interlocked.Increment(ref _count) > max)
        {
            return Other;
        }

        _values.TryAdd(value, value);
        return value;
    }
}
