using System.Runtime.InteropServices;

namespace LlmCostModel.Logs;

/// <summary>Adds up priced calls by what they have in common.</summary>
/// <remarks>Amounts of different currencies make different groups; what has no price is counted in the first group of its key. A call that
/// a provider made inside of another one is added to the group of its own model. The size is that of the groups, however many calls there
/// are. Not thread-safe.</remarks>
/// <param name="keys">What the calls of a group have in common; none makes one group of all.</param>
/// <param name="timeZone">The zone of hours, days, weeks and months; <see langword="null"/> takes the offset of each call's own instant,
/// which is UTC where the log states none.</param>
/// <param name="estimator">What priced the calls, to sum up what a cache saved; <see langword="null"/> leaves that out.</param>
/// <param name="converter">What amounts are converted by before they are added; <see langword="null"/> for nothing.</param>
public sealed partial class LogSummary(
    IReadOnlyList<SummaryKey> keys,
    TimeZoneInfo? timeZone = null,
    ICostEstimator? estimator = null,
    CurrencyConverter? converter = null)
{
    private readonly Dictionary<string?[], List<SummaryGroup>> _groups = new(KeyComparer.Default);
    private readonly string?[] _looked = new string?[keys.Count];
    private readonly List<Change> _changes = []; // by the call that is being added
    private readonly CacheSavings? _savings = estimator is null ? null : new(estimator);

    /// <summary>Gets what amounts are converted by; <see langword="null"/> for nothing.</summary>
    public CurrencyConverter? Converter => converter;

    /// <summary>What works out what a cache saved; summaries of the same calls may share it.</summary>
    internal CacheSavings? Savings
    {
        get => _savings;
        init => _savings = value;
    }

    /// <summary>Gets the groups, by the values of their keys and the codes of their currencies.</summary>
    public IReadOnlyList<SummaryGroup> Groups =>
    [
        .. _groups
            .OrderBy(key => key.Key, KeyComparer.Default)
            .SelectMany(key => key.Value.OrderBy(group => group.Total?.Currency, StringComparer.Ordinal)),
    ];

    /// <summary>Gets what all calls cost, by currency; empty when nothing was priced.</summary>
    public IReadOnlyList<SummaryTotal> Totals
    {
        get
        {
            IReadOnlyList<SummaryGroup> groups = Groups;
            long unpriced = groups.Sum(group => group.Unpriced);
            return
            [
                .. groups.Where(group => group.Total is not null)
                    .GroupBy(group => group.Total!.Value.Currency, StringComparer.Ordinal)
                    .OrderBy(same => same.Key, StringComparer.Ordinal)
                    .Select(same => new SummaryTotal([.. same], unpriced)),
            ];
        }
    }

    /// <summary>Adds a call to the group of its main currency, and what it cost in others to theirs.</summary>
    /// <param name="record">The record that told of it.</param>
    /// <param name="call">What it cost.</param>
    /// <param name="coverage">What pools cover of it; <see langword="null"/> where there are none.</param>
    /// <exception cref="OverflowException">A sum does not hold the call; no sum has changed.</exception>
    public void Add(LogRecord record, PricedCall call, CallCoverage? coverage = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(call);
        _changes.Clear();
        try
        {
            AddCall(record, call, coverage);
        }
        catch (OverflowException)
        {
            foreach (List<SummaryGroup> groups in _groups.Values)
            {
                groups.RemoveAll(group => group is { Calls: 0, NestedCalls: 0, Total: null });
            }

            throw;
        }
    }

    private void AddCall(LogRecord record, PricedCall call, CallCoverage? coverage)
    {
        List<SummaryGroup> ofMain = GroupsOf(record, call, call.Main);
        string? currency = (Of(call.Main.Estimate.Total, call) ?? Of(call.Totals.Length > 0 ? call.Totals[0] : null, call))?.Currency;
        SummaryGroup main = GroupOf(ofMain, currency);
        ref GroupSums sums = ref SumsOf(main);
        sums.Count(call);
        sums.Consume(call.Main);
        if (call.Drift is { } drift && Of(drift.Calculated, call) is { } calculated && Of(drift.Reported, call) is { } reported)
        {
            sums.Calculated.Add(calculated);
            sums.Reported.Add(reported);
        }

        foreach (PricedPart part in call.Parts)
        {
            AddPart(record, call, part, ofMain);
        }

        if (coverage is not null)
        {
            AddCoverage(ofMain, call, coverage);
        }

        foreach (ref Change change in CollectionsMarshal.AsSpan(_changes))
        {
            change.Group.Sums = change.Sums;
        }

        main.AddReasons(call, Of(call.CacheMissCost, call));
    }

    private void AddPart(LogRecord record, PricedCall call, PricedPart part, List<SummaryGroup> ofMain)
    {
        bool isMain = ReferenceEquals(part, call.Main);
        List<SummaryGroup> groups = isMain ? ofMain : GroupsOf(record, call, part);
        Money? total = part.Estimate.Total;
        total = total is { } priced && converter is not null ? converter.Convert(priced, call.At) : total;
        ref GroupSums sums = ref SumsOf(GroupOf(groups, total?.Currency));
        if (total is { } amount)
        {
            sums.Total.Add(amount);
        }

        if (!isMain)
        {
            sums.NestedCalls++;
            sums.Consume(part);
        }

        if (Of(_savings?.Of(call, part), call) is { } saved)
        {
            sums.CacheSaved.Add(saved);
        }
    }

    private void AddCoverage(List<SummaryGroup> groups, PricedCall call, CallCoverage coverage)
    {
        foreach (bool isCovered in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (Money stated in isCovered ? coverage.Covered : coverage.Paid)
            {
                Money amount = Of(stated, call)!.Value;
                ref GroupSums sums = ref SumsOf(GroupOf(groups, amount.Currency));
                (isCovered ? ref sums.Covered : ref sums.Paid).Add(amount);
                sums.IsPaidOpen |= !coverage.IsPaidKnown;
            }
        }
    }

    /// <summary>The group of a currency; one that has no amounts yet takes the first currency that there is.</summary>
    private SummaryGroup GroupOf(List<SummaryGroup> groups, string? currency)
    {
        foreach (SummaryGroup known in groups)
        {
            int place = PlaceOf(known);
            string? own = place < 0 ? known.Sums.Total.Currency : CollectionsMarshal.AsSpan(_changes)[place].Sums.Total.Currency;
            if (currency is null || own is null || own == currency)
            {
                return known;
            }
        }

        SummaryGroup added = new([.. keys.Select((key, i) => KeyValuePair.Create(key.Name, _looked[i]))]);
        groups.Add(added);
        return added;
    }

    private Money? Of(Money? amount, PricedCall call) =>
        amount is { } known && converter is not null ? converter.TryConvert(known, call.At) ?? known : amount;

    /// <summary>The sums of a group as they are while a call is added.</summary>
    private ref GroupSums SumsOf(SummaryGroup group)
    {
        int place = PlaceOf(group);
        if (place < 0)
        {
            place = _changes.Count;
            _changes.Add(new() { Group = group, Sums = group.Sums });
        }

        return ref CollectionsMarshal.AsSpan(_changes)[place].Sums;
    }

    private int PlaceOf(SummaryGroup group)
    {
        for (int i = 0; i < _changes.Count; i++)
        {
            if (ReferenceEquals(CollectionsMarshal.AsSpan(_changes)[i].Group, group))
            {
                return i;
            }
        }

        return -1;
    }

    private List<SummaryGroup> GroupsOf(LogRecord record, PricedCall call, PricedPart part)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            _looked[i] = keys[i].ValueOf(record, call, part, timeZone);
        }

        if (!_groups.TryGetValue(_looked, out List<SummaryGroup>? groups))
        {
            _groups[[.. _looked]] = groups = [];
        }

        return groups;
    }

    private struct Change
    {
        public SummaryGroup Group;
        public GroupSums Sums;
    }
}
