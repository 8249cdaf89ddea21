namespace LlmCostModel.Logs;

/// <summary>A row of a report: a group of calls, or several of them as one.</summary>
internal sealed class ReportRow
{
    private ReportRow(string? label, IReadOnlyList<SummaryGroup> groups, int others)
    {
        (Label, Others) = (label, others);
        MoneySum total = default, saved = default, calculated = default, reported = default;
        foreach (SummaryGroup group in groups)
        {
            (Calls, Partial, Unpriced) = (Calls + group.Calls, Partial + group.Partial, Unpriced + group.Unpriced);
            Usage += group.Usage;
            Add(ref total, group.Total);
            Add(ref saved, group.CacheSaved);
            Add(ref calculated, group.Drift?.Calculated);
            Add(ref reported, group.Drift?.Reported);
        }

        (Total, CacheSaved) = (total.Value, saved.Value);
        Drift = reported.Value is { } stated ? new CostDrift { Calculated = calculated.Value!.Value, Reported = stated } : null;
    }

    /// <summary>What the calls have in common; null where they do not say.</summary>
    public string? Label { get; }

    /// <summary>How many groups are in one row because there are too many; 0 for a row of its own.</summary>
    public int Others { get; }

    public long Calls { get; }

    public long Partial { get; }

    public long Unpriced { get; }

    public TokenUsage Usage { get; }

    /// <summary>What was priced; null when nothing was.</summary>
    public Money? Total { get; }

    public Money? CacheSaved { get; }

    public CostDrift? Drift { get; }

    public decimal? CacheHitRate =>
        Usage.TotalInput == 0 ? null : decimal.Round((decimal)Usage.TotalCacheRead / Usage.TotalInput, 6);

    public static ReportRow Of(SummaryGroup group, int key = 0) => new(group.Key[key].Value, [group], 0);

    /// <summary>The most expensive groups of each currency, and one row of the others; those without a price come last.</summary>
    public static IReadOnlyList<ReportRow> Top(IReadOnlyList<SummaryGroup> groups, int most) =>
    [
        .. groups.GroupBy(group => group.Total?.Currency)
            .OrderBy(same => same.Key is null).ThenBy(same => same.Key, StringComparer.Ordinal)
            .SelectMany(same =>
                Cut([.. same.OrderByDescending(group => group.Total?.Amount).ThenByDescending(group => group.Calls)], most)),
    ];

    /// <summary>Groups whose labels begin alike as one row for each currency: the days of a month.</summary>
    public static IEnumerable<ReportRow> Merge(IEnumerable<SummaryGroup> groups, int letters) =>
        groups.GroupBy(group => group.Key[0].Value?[..Math.Min(letters, group.Key[0].Value!.Length)]).SelectMany(same =>
        {
            // What has no price is counted in the first currency that there is.
            string? first = same.FirstOrDefault(group => group.Total is not null)?.Total?.Currency;
            return same.GroupBy(group => group.Total?.Currency ?? first, StringComparer.Ordinal)
                .Select(one => new ReportRow(same.Key, [.. one], 0));
        });

    private static IEnumerable<ReportRow> Cut(SummaryGroup[] groups, int most)
    {
        int own = groups.Length <= most ? groups.Length : most - 1;
        IEnumerable<ReportRow> rows = groups[..own].Select(group => Of(group));
        return own == groups.Length ? rows : rows.Append(new ReportRow(null, groups[own..], groups.Length - own));
    }

    private static void Add(ref MoneySum sum, Money? amount)
    {
        if (amount is { } known)
        {
            sum.Add(known);
        }
    }
}
