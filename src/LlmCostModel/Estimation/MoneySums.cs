using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Sums of money, one per currency.</summary>
internal sealed class MoneySums
{
    private readonly List<Money> _sums = [];

    /// <summary>Whether nothing was added, not even 0.</summary>
    internal bool IsEmpty => _sums.Count == 0;

    /// <exception cref="OverflowException">A sum is beyond the range of <see cref="decimal"/>.</exception>
    internal void Add(Money? amount)
    {
        if (amount is not { } added)
        {
            return;
        }

        int index = _sums.FindIndex(sum => sum.Currency == added.Currency);
        if (index < 0)
        {
            _sums.Add(added);
        }
        else
        {
            _sums[index] += added;
        }
    }

    /// <summary>The sums, by the code of their currency.</summary>
    internal ImmutableArray<Money> ToArray() => [.. _sums.OrderBy(sum => sum.Currency, StringComparer.Ordinal)];
}
