namespace LlmCostModel.Logs;

/// <summary>Takes the records of one of the two runs: each call once, kept packed until the instant of all prices is known.</summary>
/// <param name="keepsDuplicates">Whether records that tell of the same call count one by one.</param>
internal sealed class GateReader(bool keepsDuplicates)
{
    private readonly CallMerger _merger = new();
    private readonly PackedRecords _kept = new();
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private bool _isFinished;

    public long Records { get; private set; }

    public long Merged => _merger.Merged;

    public long Rejected { get; private set; }

    /// <summary>The instant of the last call; <see langword="null"/> when none states its time.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>Whether a call has a tag of this name.</summary>
    public bool HasTag(string name) => _tags.Contains(name);

    /// <exception cref="InvalidOperationException">The comparison is finished.</exception>
    public void Add(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_isFinished)
        {
            throw new InvalidOperationException("The comparison is finished.");
        }

        Records++;
        LogRecord lean = record.Text.Length == 0 ? record : record with { Text = "" };
        if (!keepsDuplicates && !_merger.Add(lean))
        {
            return; // waits, or is there already
        }

        Keep(lean);
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="InvalidOperationException">The comparison is finished already.</exception>
    public void Finish()
    {
        if (_isFinished)
        {
            throw new InvalidOperationException("The comparison is finished.");
        }

        _isFinished = true;
        foreach (LogRecord record in _merger.Finish())
        {
            Keep(record);
        }
    }

    /// <summary>Prices every call as if it were made at one instant, and adds it up; by its own time where a key is one.</summary>
    public IReadOnlyList<SummaryGroup> PriceAll(
        ICostEstimator estimator, DateTimeOffset instant, IReadOnlyList<SummaryKey> keys, CurrencyConverter? converter)
    {
        LogSummary summary = new(keys, timeZone: null, estimator: null, converter);
        foreach (LogRecord record in _kept.All(isByTime: false))
        {
            try
            {
                PricedCall priced = estimator.Price(MovedTo(instant, record.Call!));
                summary.Add(record, priced with { Call = record.Call! });
            }
            catch (OverflowException)
            {
                Rejected++;
            }
        }

        return summary.Groups;
    }

    private void Keep(LogRecord record)
    {
        if (record.Call is not { } call)
        {
            Rejected++;
            return;
        }

        _kept.Add(record);
        _tags.UnionWith(record.Tags.Keys);
        Last = call.Context.At is { } at && !(at < Last) ? at : Last;
    }

    private static ModelCall MovedTo(DateTimeOffset instant, ModelCall call)
    {
        UsageReading reading = call.Reading;
        return reading.Nested.Any(nested => nested.Served.At is not null)
            ? call with
            {
                At = instant,
                Reading = reading with
                {
                    Nested = [.. reading.Nested.Select(nested => nested with { Served = nested.Served with { At = null } })],
                },
            }
            : call with { At = instant };
    }
}
