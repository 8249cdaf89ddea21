using System.Collections.Immutable;

namespace LlmCostModel.Logs;

/// <summary>Adds up priced calls by what they have in common.</summary>
/// <remarks>Amounts of different currencies make different groups; what has no price is counted in the first group of its key. Its size
/// is that of the groups, however many calls there are. Not thread-safe.</remarks>
/// <param name="keys">What the calls of a group have in common; none makes one group of all.</param>
/// <param name="timeZone">The zone of hours, days, weeks and months; <see langword="null"/> takes the offset of each call's own instant,
/// which is UTC where the log states none.</param>
public sealed class LogSummary(IReadOnlyList<SummaryKey> keys, TimeZoneInfo? timeZone = null)
{
    private readonly Dictionary<string, List<SummaryGroup>> _groups = [];
    private readonly Dictionary<string?[], List<SummaryGroup>> _byValues = new(new ValuesComparer());
    private readonly string?[] _values = new string?[keys.Count]; // of the call that is being added

    /// <summary>Gets the groups, by the values of their keys and the codes of their currencies.</summary>
    public IReadOnlyList<SummaryGroup> Groups =>
    [
        .. _groups
            .OrderBy(key => key.Key, StringComparer.Ordinal)
            .SelectMany(key => key.Value.OrderBy(group => group.Total?.Currency, StringComparer.Ordinal)),
    ];

    /// <summary>Gets what all calls cost, by currency; empty when nothing was priced.</summary>
    public IReadOnlyList<SummaryTotal> Totals
    {
        get
        {
            long unpriced = Groups.Sum(group => group.Unpriced);
            return
            [
                .. Groups.Where(group => group.Total is not null)
                    .GroupBy(group => group.Total!.Value.Currency, StringComparer.Ordinal)
                    .OrderBy(groups => groups.Key, StringComparer.Ordinal)
                    .Select(groups => new SummaryTotal(
                        groups.Select(group => group.Total!.Value).Aggregate((left, right) => left + right),
                        groups,
                        unpriced)),
            ];
        }
    }

    /// <summary>Adds a call to the group of its main currency, and what it cost in others to theirs.</summary>
    /// <param name="record">The record that told of it.</param>
    /// <param name="call">What it cost.</param>
    /// <exception cref="OverflowException">A sum does not hold the call; no sum has changed.</exception>
    public void Add(LogRecord record, PricedCall call)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(call);
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = keys[i].ValueOf(record, call, timeZone);
        }

        if (_byValues.TryGetValue(_values, out List<SummaryGroup>? known))
        {
            AddTo(known, call);
            return;
        }

        List<SummaryGroup> added = [];
        AddTo(added, call);
        _byValues[[.. _values]] = added;
        _groups[string.Join('\n', _values.Select(value => value is null ? "" : "=" + value))] = added;
    }

    private void AddTo(List<SummaryGroup> ofKey, PricedCall call)
    {
        ImmutableArray<Money> totals = call.Totals;
        string? currency = call.Main.Estimate.Total?.Currency ?? (totals.IsEmpty ? null : totals[0].Currency);
        SummaryGroup main = GroupOf(ofKey, currency);
        List<(SummaryGroup Group, (ExactSum Exact, string? Currency) Before)>? changed = null;
        (ExactSum, string?) before = main.Sum;
        try
        {
            foreach (Money total in totals)
            {
                SummaryGroup group = total.Currency == main.Sum.Currency ? main : GroupOf(ofKey, total.Currency);
                if (group != main)
                {
                    (changed ??= []).Add((group, group.Sum));
                }

                group.Add(total);
            }

            main.Add(call);
        }
        catch (OverflowException)
        {
            main.Reset(before);
            changed?.ForEach(change => change.Group.Reset(change.Before));
            ofKey.RemoveAll(group => group.Calls == 0 && group.Sum.Currency is null);
            throw;
        }
    }

    /// <summary>The group of a currency; one that has no amounts yet takes the first currency that there is.</summary>
    private SummaryGroup GroupOf(List<SummaryGroup> groups, string? currency)
    {
        SummaryGroup? found = null;
        foreach (SummaryGroup group in groups)
        {
            string? own = group.Sum.Currency;
            if (currency is null || own == currency)
            {
                return group;
            }

            found ??= own is null ? group : null;
        }

        if (found is null)
        {
            groups.Add(found = new SummaryGroup([.. keys.Select((key, i) => KeyValuePair.Create(key.Name, _values[i]))]));
        }

        return found;
    }

    private sealed class ValuesComparer : IEqualityComparer<string?[]>
    {
        public bool Equals(string?[]? x, string?[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string?[] obj)
        {
            HashCode hash = default;
            foreach (string? value in obj)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
