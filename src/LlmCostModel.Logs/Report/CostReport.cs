namespace LlmCostModel.Logs;

/// <summary>Priced calls as one page for people: what was spent over time, by model, provider, user or tag and by kind of token, what the
/// cache saved, how far the log's own cost is from the calculated one, and what has no price.</summary>
/// <remarks>The page is whole in itself: it loads nothing and sends nothing, which its content security policy forbids. Its numbers have
/// all of their digits, as <c>llmcost price</c> writes them. Its size is that of the groups, however many calls there are. Not
/// thread-safe.</remarks>
public sealed class CostReport
{
    /// <summary>How many records that cannot be read the page lists; the others are counted.</summary>
    private const int MostRejects = 100;

    private static readonly string[] UsualKeys = ["model", "provider", "user"];

    private readonly List<LogRecord> _rejects = [];
    private readonly List<string> _notes = [];

    /// <summary>Makes a report without calls.</summary>
    /// <param name="estimator">What prices the calls, to say what a cache saved.</param>
    /// <param name="options">How it shows them; <see langword="null"/> takes the defaults.</param>
    /// <exception cref="ArgumentException">The period is not one of time, or fewer than 1 row is asked for.</exception>
    public CostReport(ICostEstimator estimator, CostReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        Options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.MaximumRows, 1, nameof(options));
        if (Options.Period.Name is not ("hour" or "day" or "week" or "month"))
        {
            throw new ArgumentException($"'{Options.Period.Name}' is not a step of time. Use hour, day, week or month.", nameof(options));
        }

        CacheSavings savings = new(estimator);
        Whole = Sum();
        OverTime = Sum(Options.Period);
        ModelsOverTime = new([Options.Period, SummaryKey.Find("model")!], Options.TimeZone, converter: Options.Converter);
        Models = Sum(SummaryKey.Find("model")!);
        SummaryKey[] asked = Options.Keys.Count > 0 ? [.. Options.Keys] : [.. UsualKeys.Select(name => SummaryKey.Find(name)!)];
        ByKey = [.. asked.Select(key => (key, key.Name == "model" ? Models : Sum(key)))];
        Kinds = new(Options.Converter);

        LogSummary Sum(params SummaryKey[] keys) => new(keys, Options.TimeZone, converter: Options.Converter) { Savings = savings };
    }

    /// <summary>Gets how many records cannot be read.</summary>
    public long Rejected { get; private set; }

    /// <summary>Whether there is no call.</summary>
    internal bool IsEmpty => Whole.Groups.Count == 0;

    internal bool IsCutShort { get; private set; }

    internal CostReportOptions Options { get; }

    internal LogSummary Whole { get; }

    internal LogSummary OverTime { get; }

    internal LogSummary ModelsOverTime { get; }

    internal LogSummary Models { get; }

    internal IReadOnlyList<(SummaryKey Key, LogSummary Summary)> ByKey { get; }

    internal ReportKinds Kinds { get; }

    internal IReadOnlyList<LogRecord> Rejects => _rejects;

    internal IReadOnlyList<string> Notes => _notes;

    internal DateTimeOffset? First { get; private set; }

    internal DateTimeOffset? Last { get; private set; }

    /// <summary>Adds a call.</summary>
    /// <param name="record">The record that told of it.</param>
    /// <param name="call">What it cost.</param>
    /// <exception cref="OverflowException">The sums do not hold the call.</exception>
    public void Add(LogRecord record, PricedCall call)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(call);
        Whole.Add(record, call); // first: what these sums hold, the others do
        OverTime.Add(record, call);
        ModelsOverTime.Add(record, call);
        Models.Add(record, call);
        foreach ((_, LogSummary summary) in ByKey)
        {
            if (!ReferenceEquals(summary, Models))
            {
                summary.Add(record, call);
            }
        }

        Kinds.Add(call);
        if ((record.Call ?? call.Call).Context.At is { } at)
        {
            First = First < at ? First : at;
            Last = Last > at ? Last : at;
        }
    }

    /// <summary>Adds a record that cannot be read.</summary>
    /// <param name="record">The record.</param>
    public void AddRejected(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Rejected++;
        if (_rejects.Count < MostRejects)
        {
            _rejects.Add(record with { Text = "" });
        }
    }

    /// <summary>Says that the logs were not read to their end, so that sums are lower bounds.</summary>
    public void CutShort() => IsCutShort = true;

    /// <summary>Adds what has to be said of the whole.</summary>
    /// <param name="text">A sentence.</param>
    public void AddNote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _notes.Add(text);
    }

    /// <summary>Writes the page.</summary>
    /// <returns>A whole document of HTML.</returns>
    public string ToHtml() => ReportPage.Write(this);
}
