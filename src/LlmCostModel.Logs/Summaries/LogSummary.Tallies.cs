namespace LlmCostModel.Logs;

// Calls that were added up by group already.
public sealed partial class LogSummary
{
    /// <summary>An amount that may be too large together with others.</summary>
    private const decimal LargeAmount = 1e27m;

    /// <summary>By what calls are grouped.</summary>
    internal IReadOnlyList<SummaryKey> Keys => keys;

    /// <summary>The zone of hours and days; null for the offset of each call.</summary>
    internal TimeZoneInfo? TimeZone => timeZone;

    /// <summary>The values of the keys for a call.</summary>
    internal string?[] ValuesOf(LogRecord record, PricedCall call) =>
        [.. keys.Select(key => key.ValueOf(record, call, call.Main, timeZone))];

    /// <summary>Whether the sums surely hold the calls.</summary>
    internal bool Holds(ReadOnlySpan<GroupTally> tallies)
    {
        foreach (ref readonly GroupTally tally in tallies)
        {
            if (!IsSmall(tally.Amount) || !IsSmall(tally.Saved))
            {
                return false;
            }

            foreach (SummaryGroup group in FindGroups(tally.Group) ?? [])
            {
                ref GroupSums sums = ref group.Sums;
                if (!IsSmall(sums.Total) || !IsSmall(sums.CacheSaved)
                    || (Int128)sums.Usage.TotalInput + sums.Usage.TotalOutput + tally.Tokens > long.MaxValue)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Adds calls that the sums hold.</summary>
    internal void AddTally(ref GroupTally tally)
    {
        if (FindGroups(tally.Group) is not { } groups)
        {
            tally.Group.Values.CopyTo(_looked, 0);
            tally.Group.Groups = _groups[tally.Group.Values] = groups = [];
        }

        tally.Group.Values.CopyTo(_looked, 0); // for the name of a new group
        _changes.Clear();
        ref GroupSums sums = ref GroupOf(groups, tally.Group.Currency).Sums;
        sums.Calls += tally.Calls;
        sums.Priced += tally.Calls;
        sums.Usage += tally.Usage;
        sums.Total.Add(tally.Amount, tally.Group.Currency);
        if (tally.Cached > 0)
        {
            sums.CacheSaved.Add(tally.Saved, tally.Group.Currency);
        }

        tally.IsAdded = true;
    }

    private static bool IsSmall(MoneySum sum) => sum.Currency is null || Math.Abs(sum.Value!.Value.Amount) < LargeAmount;

    private static bool IsSmall(ExactSum sum) => !sum.IsAtLimit && Math.Abs(sum.ToDecimal(out _)) < LargeAmount;

    private List<SummaryGroup>? FindGroups(GroupKey key)
    {
        if (key.Groups is null && _groups.TryGetValue(key.Values, out List<SummaryGroup>? groups))
        {
            key.Groups = groups;
        }

        return key.Groups;
    }
}
