namespace LlmCostModel.Logs;

/// <summary>Priced calls as rows of FOCUS, the FinOps Open Cost and Usage Specification: one row for each period, model, kind of token or
/// meter, and price.</summary>
/// <remarks>
/// https://focus.finops.org/focus-specification/v1-2. Unit price times quantity is the cost, to the last digit. The rows are estimates of
/// what a provider will charge, not its invoice, and say so in the columns that begin with <c>x_</c>. FOCUS has no row without a cost and a
/// period: what has no price, or states no time, is in no row; see <see cref="LeftOut"/> and <see cref="Undated"/>. Not thread-safe.
/// </remarks>
public sealed class FocusDataset
{
    private readonly Dictionary<FocusKey, FocusRow> _rows = [];
    private readonly ReasonCounts _leftOut = new();
    private readonly Dictionary<FocusRow, FocusSums> _changes = []; // by the call that is being added
    private readonly SummaryKey[] _tags;
    private readonly Func<DateTimeOffset, TimeZoneInfo, FocusPeriod> _period;
    private readonly FocusOptions _options;
    private readonly FocusColumn[] _columns;

    /// <summary>Makes a dataset without rows.</summary>
    /// <param name="keys">By what rows are split besides: <c>hour</c> or <c>month</c> makes periods other than days, a tag of the records
    /// is in the column <c>Tags</c>. Models, providers and tiers are always apart.</param>
    /// <param name="options">What logs do not say; <see langword="null"/> takes the defaults.</param>
    /// <exception cref="ArgumentException">There is no such version, or rows of weeks are asked for, which do not lie in one billing
    /// period.</exception>
    public FocusDataset(IReadOnlyList<SummaryKey> keys, FocusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _options = options ?? new();
        ArgumentException.ThrowIfNullOrWhiteSpace(_options.BillingAccountId, nameof(options));
        if (!FocusOptions.Versions.Contains(_options.Version))
        {
            throw new ArgumentException(
                $"'{_options.Version}' is not a version of FOCUS that can be written. Use {string.Join(" or ", FocusOptions.Versions)}.",
                nameof(options));
        }

        string[] names = [.. keys.Select(key => key.Name)];
        if (names.Contains("week"))
        {
            throw new ArgumentException(
                "A week may lie in two billing periods, and a row of FOCUS in one. Group by hour, day or month.", nameof(keys));
        }

        _period = names.Contains("hour") ? FocusPeriod.HourOf : names.Contains("day") || !names.Contains("month") ? FocusPeriod.DayOf
            : FocusPeriod.MonthOf;
        _tags = [.. keys.Where(key => key.Name is not ("model" or "provider" or "tier" or "hour" or "day" or "month"))];
        _columns = [.. FocusColumn.All.Where(column => column.IsIn(_options.Version))];
    }

    /// <summary>Gets the names of the columns: those of the specification by the alphabet, then those of our own.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Select(column => column.Name)];

    /// <summary>Gets the rows by time, provider, model and kind of token, each with a value for every column; <see langword="null"/> where
    /// the specification has it empty. Numbers are plain, with all of their digits.</summary>
    public IEnumerable<IReadOnlyList<string?>> Rows =>
        Ordered.Select(row => (IReadOnlyList<string?>)[.. _columns.Select(column => column.Read(row, _options))]);

    private IOrderedEnumerable<FocusRow> Ordered =>
        _rows.Values.Order(Comparer<FocusRow>.Create((left, right) => FocusKey.Compare(left.Key, right.Key)));

    /// <summary>Gets why calls, or parts of them, are in no row: they have no price. The most frequent reason first.</summary>
    public IReadOnlyList<SummaryReason> LeftOut => _leftOut.All;

    /// <summary>Gets how many priced calls are in no row because they state no time, so that they are in no period.</summary>
    public long Undated { get; private set; }

    /// <summary>Adds what a call cost to its rows.</summary>
    /// <param name="record">The record that told of it.</param>
    /// <param name="call">What it cost.</param>
    /// <exception cref="ArgumentException">The call was read from JSON, which keeps amounts and not prices.</exception>
    /// <exception cref="OverflowException">A sum does not hold the call; no row has changed.</exception>
    public void Add(LogRecord record, PricedCall call)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(call);
        _changes.Clear();
        long calls = call.Call.Reading.Calls ?? 1;
        DateTimeOffset? at = (record.Call ?? call.Call).Context.At;
        bool isUndated = at is null && call.Totals.Any(total => total.Amount != 0);
        foreach (PricedPart part in at is null ? [] : call.Parts)
        {
            AddPart(record, call, part, at!.Value, ReferenceEquals(part, call.Main) ? calls : 1);
        }

        Undated = checked(Undated + (isUndated ? calls : 0));
        foreach ((FocusRow row, FocusSums sums) in _changes)
        {
            row.Sums = sums;
            _rows[row.Key] = row;
        }

        _leftOut.Add(call.Issues, call.Main.Model, at);
    }

    /// <summary>Writes the rows as a Parquet file: costs, prices and quantities as decimals of 38 digits, periods as instants.</summary>
    /// <param name="target">Where to.</param>
    /// <exception cref="LogFormatException">A column needs more digits than that; nothing is rounded.</exception>
    public void WriteParquet(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        FocusRow[] rows = [.. Ordered];
        new ParquetWriter(target).Write([.. _columns.Select(column => column.ToColumn(rows, _options))]);
    }

    private void AddPart(LogRecord record, PricedCall call, PricedPart part, DateTimeOffset at, long calls)
    {
        IReadOnlyList<ReceiptLine> lines = part.Estimate.GetLines();
        if (lines.Count == 0)
        {
            if (part.Usage is null && call.Reported == part.Estimate.Total)
            {
                const string Reason = "The call states what it cost and not what it consumed, so nothing was charged by a unit.";
                _leftOut.Add([new() { Kind = CostIssueKind.UnknownUsage, Subject = part.Model ?? "", Message = Reason }], part.Model, at);
                return;
            }

            if (part.Estimate.Total is { Amount: not 0 })
            {
                throw new ArgumentException(
                    "The call was read from JSON, which keeps amounts and not prices. Price it again.", nameof(call));
            }

            return;
        }

        TimeZoneInfo zone = _options.TimeZone ?? TimeZoneInfo.Utc;
        FocusPeriod period = _period(at, zone);
        string? tags = TagsOf(record, call, part);
        foreach (FocusCharge charge in FocusCharge.Of(lines, part.Estimate.GetListLines(), calls))
        {
            FocusKey key = new()
            {
                Charged = period,
                Billed = FocusPeriod.MonthOf(at, zone),
                Provider = part.Estimate.Provider ?? call.Context.Provider ?? part.Estimate.RateCard!,
                Model = part.Estimate.Model!,
                Region = call.Context.Region,
                Tier = call.Context.Batch == true ? "batch" : call.Context.Tier ?? "standard",
                Currency = part.Estimate.Total!.Value.Currency,
                Status = call.Status,
                Tags = tags,
                Place = charge.Line.Bucket is { } bucket ? TokenBuckets.All.IndexOf(TokenBuckets.Get(bucket)) : TokenBuckets.All.Length,
                Meter = FocusWords.MeterOf(charge.Line),
                Slug = FocusWords.SlugOf(charge.Line.Name),
                Bucket = charge.Line.Bucket,
                Units = charge.IsTakenOfOthers ? null : FocusWords.UnitsOf(charge.Line.Unit),
                Rate = charge.IsTakenOfOthers ? 0 : charge.Line.Rate,
                ListRate = charge.ListRate,
                Per = charge.IsTakenOfOthers ? 1 : charge.Line.Per,
                Rules = string.Join(" + ", charge.Line.Rules),
                ListRules = string.Join(" + ", charge.ListRules),
                RateCard = charge.Line.RateCard,
                Source = charge.Line.Source,
            };
            FocusRow row = _rows.GetValueOrDefault(key) ?? _changes.Keys.FirstOrDefault(added => added.Key == key) ?? new(key);
            FocusSums sums = _changes.TryGetValue(row, out FocusSums changed) ? changed : row.Sums;
            sums.Add(in charge);
            _changes[row] = sums;
        }
    }

    /// <summary>What the record says of the tags that rows are split by, as the object of JSON that FOCUS wants.</summary>
    private string? TagsOf(LogRecord record, PricedCall call, PricedPart part)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (SummaryKey key in _tags)
        {
            if (key.ValueOf(record, call, part, _options.TimeZone) is { } value)
            {
                values[key.Name[(key.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]] = value;
            }
        }

        return values.Count == 0 ? null : FocusColumn.JsonOf(values.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
    }
}
