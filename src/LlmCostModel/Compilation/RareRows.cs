using System.Collections.Concurrent;

namespace LlmCostModel;

/// <summary>Rows by combinations of many rules, or of rules that a call leaves open. Callers choose the attributes, and 64 rules have 2^64
/// combinations: so many rows are kept, then the set starts anew. Thread-safe.</summary>
internal sealed class RareRows
{
    /// <summary>More than the combinations that calls of a real model have; a row is half a kilobyte.</summary>
    internal const int Capacity = 1_024;

    private ConcurrentDictionary<RuleCombination, PriceRow> _rows = new();
    private int _added;

    /// <summary>How many rows are kept.</summary>
    internal int Count => _rows.Count;

    internal PriceRow Get(RuleCombination combination, CompiledVersion version)
    {
        if (_rows.TryGetValue(combination, out PriceRow? known))
        {
            return known;
        }

        PriceRow row = new(version, combination);
        if (Interlocked.Increment(ref _added) > Capacity)
        {
            _rows = new();
            _added = 1;
        }

        return _rows.GetOrAdd(combination, row);
    }
}
