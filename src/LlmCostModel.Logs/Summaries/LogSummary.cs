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
        List<KeyValuePair<string, string?>> key =
            [.. keys.Select(key => KeyValuePair.Create(key.Name, key.ValueOf(record, call, timeZone)))];
        string id = string.Join('\n', key.Select(part => part.Value is { } value ? "=" + value : ""));
        List<SummaryGroup> ofKey = _groups.GetValueOrDefault(id) ?? [];
        string? currency = call.Main.Estimate.Total?.Currency ?? call.Totals.Select(total => total.Currency).FirstOrDefault();
        SummaryGroup main = GroupOf(ofKey, key, currency);
        List<(SummaryGroup Group, (ExactSum Exact, Money? Shown) Before)> changed = [];
        try
        {
            foreach (Money total in call.Totals)
            {
                SummaryGroup group = GroupOf(ofKey, key, total.Currency);
                changed.Add((group, group.Sum));
                group.Add(total);
            }

            main.Add(call);
        }
        catch (OverflowException)
        {
            changed.ForEach(change => change.Group.Reset(change.Before));
            ofKey.RemoveAll(group => group.Calls == 0 && group.Total is null);
            throw;
        }

        _groups[id] = ofKey;
    }

    /// <summary>The group of a currency; one that has no amounts yet takes the first currency that there is.</summary>
    private static SummaryGroup GroupOf(List<SummaryGroup> groups, List<KeyValuePair<string, string?>> key, string? currency)
    {
        SummaryGroup? group = currency is null
            ? groups.FirstOrDefault()
            : groups.Find(group => group.Total?.Currency == currency) ?? groups.Find(group => group.Total is null);
        if (group is null)
        {
            groups.Add(group = new SummaryGroup(key));
        }

        return group;
    }
}
