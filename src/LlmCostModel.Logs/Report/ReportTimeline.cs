namespace LlmCostModel.Logs;

/// <summary>What calls cost step by step: the rows of a table, and the charts beside it.</summary>
internal sealed class ReportTimeline
{
    /// <summary>More steps than these are not told apart on a screen, and years of hours would make a large page.</summary>
    private const int MostSteps = 1_000;

    /// <summary>Colors that can be told apart.</summary>
    private const int MostSeries = 7;

    private readonly CostReport _report;
    private readonly int _letters;

    public ReportTimeline(CostReport report)
    {
        _report = report;
        string period = report.Options.Period.Name;
        int steps = report.OverTime.Groups.Select(group => group.Key[0].Value).Distinct(StringComparer.Ordinal).Count();
        (Step, _letters) = steps <= MostSteps ? (period, int.MaxValue) : period == "hour" || period == "day" ? ("month", 7) : ("year", 4);
        Rows =
        [
            .. ReportRow.Merge(report.OverTime.Groups, _letters)
                .OrderBy(row => row.Label is null).ThenBy(row => row.Label, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a step is: an hour, a day, a week, a month, or a year where there are too many.</summary>
    public string Step { get; }

    /// <summary>The steps in order, one for each currency; calls without a time come last.</summary>
    public IReadOnlyList<ReportRow> Rows { get; }

    /// <summary>What each model cost step by step, in a currency.</summary>
    public ReportChart Spend(string currency)
    {
        (string Label, DateTime At)[] steps = Steps(row => row.Total?.Currency == currency);
        SummaryGroup[] groups = [.. _report.ModelsOverTime.Groups.Where(group => group.Total?.Currency == currency)];
        string?[] models =
        [
            .. _report.Models.Groups.Where(group => group.Total?.Currency == currency)
                .OrderByDescending(group => group.Total!.Value.Amount).Select(group => group.Key[0].Value),
        ];
        string?[] own = models.Length <= MostSeries ? models : models[..(MostSeries - 1)];
        Dictionary<string, int> places = steps.Select((step, i) => (step.Label, i)).ToDictionary(step => step.Label, step => step.i);
        MoneySum[][] sums = [.. Enumerable.Range(0, own.Length + 1).Select(_ => new MoneySum[steps.Length])];
        foreach (SummaryGroup group in groups)
        {
            if (LabelOf(group) is { } label && places.TryGetValue(label, out int place))
            {
                int series = Array.IndexOf(own, group.Key[1].Value);
                sums[series < 0 ? own.Length : series][place].Add(group.Total!.Value);
            }
        }

        return new()
        {
            Title = $"Spend by {Step} and model, {currency}",
            Kind = "stack",
            Unit = currency,
            Steps = steps,
            Series =
            [
                .. own.Select((model, i) => new ReportSeries(model ?? ReportCell.None, Amounts(sums[i]))),
                .. own.Length == models.Length ? [] : (ReportSeries[])[new($"{models.Length - own.Length} others", Amounts(sums[^1]))],
            ],
        };
    }

    /// <summary>How much of the input came from a cache; null when none did.</summary>
    public ReportChart? CacheHits()
    {
        (string Label, DateTime At)[] steps = Steps(_ => true);
        ILookup<string?, ReportRow> rows = Rows.ToLookup(row => row.Label);
        decimal?[] rates = [.. steps.Select(step => RateOf(rows[step.Label]))];
        return !rates.Any(rate => rate > 0) ? null : new()
        {
            Title = $"Cache hit rate by {Step}",
            Kind = "line",
            Unit = "%",
            Steps = steps,
            Series = [new("cache hit rate", rates)],
        };
    }

    private static decimal? RateOf(IEnumerable<ReportRow> rows)
    {
        decimal input = rows.Sum(row => (decimal)row.Usage.TotalInput), read = rows.Sum(row => (decimal)row.Usage.TotalCacheRead);
        return input == 0 ? null : decimal.Round(read / input, 6);
    }

    private static decimal?[] Amounts(MoneySum[] sums) => [.. sums.Select(sum => sum.Value?.Amount)];

    /// <summary>The steps from the first to the last, also those without calls, so that a line does not lead over them.</summary>
    private (string Label, DateTime At)[] Steps(Func<ReportRow, bool> where)
    {
        (string Label, DateTime At)[] known =
        [
            .. Rows.Where(row => row.Label is not null && where(row)).Select(row => row.Label!).Distinct(StringComparer.Ordinal)
                .Select(label => (label, ReportTime.Of(label)!.Value)),
        ];
        List<(string, DateTime)> steps = [];
        for (DateTime at = known.FirstOrDefault().At; known.Length > 0 && at <= known[^1].At; at = ReportTime.Next(at, Step))
        {
            steps.Add((ReportTime.LabelOf(at, Step), at));
            if (steps.Count > MostSteps)
            {
                return known; // few calls in a long time
            }
        }

        return [.. steps];
    }

    private string? LabelOf(SummaryGroup group) => group.Key[0].Value is { } label ? label[..Math.Min(_letters, label.Length)] : null;
}
