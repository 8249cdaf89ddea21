using System.Diagnostics;

namespace LlmCostModel;

/// <summary>The rows of a version by combination of rules. Each is made when a call first needs it: most combinations never
/// occur.</summary>
internal readonly struct PriceRows
{
    /// <summary>
    /// Up to so many rules the row is found by the number of its combination, without hashing. Few models have more than six, whose array
    /// is half a
    /// kilobyte; every further rule would double it.
    /// </summary>
    private const int MaxRulesInArray = 6;

    private readonly PriceRow?[] _common;
    private readonly RareRows? _rare;

    internal PriceRows(CompiledRule[] rules)
    {
        _common = new PriceRow?[RuleSet.CountSubsets(Math.Min(rules.Length, MaxRulesInArray))];
        bool mayBeUnknown = rules.Any(rule => rule.Rule.When.Attributes.Count > 0);
        _rare = rules.Length > MaxRulesInArray || mayBeUnknown ? new() : null;
    }

    internal PriceRow Get(RuleCombination combination, CompiledVersion version)
    {
        if (combination.Unknown.IsEmpty && combination.Matched.Number < (ulong)_common.Length)
        {
            // Read before the exchange: a locked instruction on every call would cost more than the multiplication. It must be a volatile
            // read, so
            // that a thread that sees the row also sees what is in it. Two threads may both make a row; the first one stays.
            ref PriceRow? row = ref _common[(int)combination.Matched.Number];
            return Volatile.Read(ref row) ?? Interlocked.CompareExchange(ref row, new PriceRow(version, combination), null) ?? row;
        }

        Debug.Assert(_rare is not null, "Only many rules, or attributes that a call may leave out, lead beyond the array.");
        return _rare.Get(combination, version);
    }
}
