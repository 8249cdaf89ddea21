namespace LlmCostModel.Logs;

/// <summary>Adds up usage records that are written plainly and wholly priced while a log is read, lines of JSON or rows of Parquet, without
/// an object for each of them: the way for logs of gigabytes.</summary>
/// <remarks>
/// <para>The sums are those of <see cref="CallMerger.Add"/>, <see cref="ICostEstimator.Price"/> and <see cref="LogSummary.Add"/>, record by
/// record, to the last digit, however many threads work on them. Records of which there is more to say come out of <see
/// cref="LogReader.Read(Stream, string, PlainLineSums)"/> as from any reader, at their place: those that are not plain, cannot be read or
/// are not wholly priced.</para>
/// <para>A reader's map, model and formats of the caller's, an estimator that is not <see cref="CostEstimator"/>, a summary that converts,
/// or a merger that keeps an order leave all records to come out. Keeps some megabytes for each thread. Not thread-safe: one log after the
/// other.</para>
/// </remarks>
/// <param name="estimator">Prices the calls.</param>
/// <param name="summary">What they are added to.</param>
/// <param name="merger">Knows calls again by their ids; <see langword="null"/> counts every record.</param>
public sealed partial class PlainLineSums(ICostEstimator estimator, LogSummary summary, CallMerger? merger = null)
{
    /// <summary>So many ids are looked up together.</summary>
    private const int Ahead = 16;

    private readonly Stack<LineChunk> _chunks = [];
    private ChunkReader[] _readers = [];
    private CallContext _asked;
    private bool _isOfForm;
    private bool _isDated; // whether the options say when the calls of the log were made that do not

    /// <summary>Gets how many threads work on a log, the caller's among them.</summary>
    /// <value>1 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Threads
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Give 1 thread or more.");
    }
        = 1;

    /// <summary>Gets the instant before which calls are left out; <see langword="null"/> for none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the instant from which on calls are left out; <see langword="null"/> for none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets the instant of calls that state none.</summary>
    /// <value>When this was made, by default.</value>
    public DateTimeOffset Now { get; init; } = TimeProvider.System.GetUtcNow();

    /// <summary>Gets what says that the rest of a log is not to be read, asked whenever some of it was read; <see langword="null"/> where
    /// all is.</summary>
    public Func<bool>? ShouldStop { get; init; }

    /// <summary>Gets what takes a call of every kind that is added up: of each model, provider, region and tier that lines name. It may
    /// take several of one kind, on any of the threads, also of lines that come out as records after all; <see langword="null"/> where
    /// nobody asks for them.</summary>
    public Action<ModelCall>? KindFound { get; init; }

    /// <summary>Gets how many records were taken: added up, left out, or known already.</summary>
    public long Records { get; internal set; }

    /// <summary>Gets how many calls were added up.</summary>
    public long Calls { get; private set; }

    /// <summary>Gets how many calls lie outside of <see cref="From"/> and <see cref="To"/>, or state no time where one of them is
    /// given.</summary>
    public long LeftOut { get; internal set; }

    /// <summary>Gets how many of the calls state no time, so that they have the prices of <see cref="Now"/>.</summary>
    public long Undated { get; internal set; }

    /// <summary>Gets how many of the calls state no time, and have the one that <see cref="LogReaderOptions.Asked"/> says of all.</summary>
    public long DatedByOptions { get; private set; }

    /// <summary>How many bytes are read at once.</summary>
    internal int ChunkBytes { get; init; } = 1 << 20;

    /// <summary>Whether there is a way to add calls up here.</summary>
    internal bool IsPossible =>
        estimator is CostEstimator
        && summary.Converter is null
        && merger is null or { IsAsRead: true }
        && TokenBuckets.All.Length <= GroupTally.MostBuckets;

    /// <summary>Makes readers of chunks for each thread.</summary>
    /// <param name="log">The log.</param>
    /// <param name="asked">What is known of every call.</param>
    /// <param name="form">How its plain lines are written; null for usage records.</param>
    /// <returns>The readers.</returns>
    internal ChunkReader[] Open(string log, CallContext asked, Func<PlainLine>? form = null)
    {
        if (_readers.Length == 0 || form is not null || _isOfForm || !asked.Equals(_asked))
        {
            LineTerms terms = TermsOf(asked);
            (_asked, _isOfForm) = (asked, form is not null);
            _readers = [.. Enumerable.Range(0, Threads).Select(_ => new ChunkReader(terms, form?.Invoke() ?? new UsageLine(asked, null)))];
        }

        _isDated = asked.At is not null;
        foreach (ChunkReader reader in _readers)
        {
            reader.Open(log);
        }

        return _readers;
    }

    private LineTerms TermsOf(CallContext asked) => new((CostEstimator)estimator, summary, asked, Now)
    {
        From = From,
        To = To,
        Merges = merger is not null,
        KindFound = KindFound,
    };

    private void CountUndated(int calls)
    {
        Undated += _isDated ? 0 : calls;
        DatedByOptions += _isDated ? calls : 0;
    }

    /// <summary>Who reads a log.</summary>
    /// <param name="source">The log.</param>
    /// <param name="first">Its first chunk, which is read already or not.</param>
    internal ChunkCrew Crew(LineSource source, LineChunk first) => new(source, first, _readers, _chunks);

    /// <summary>Adds lines up; if not, each of them is a record to read.</summary>
    internal bool TryAdd(LineChunk chunk, ref LineSpan span)
    {
        Span<GroupTally> tallies = chunk.TalliesOf(in span);
        Span<LineRow> rows = chunk.RowsOf(in span);
        if (!summary.Holds(tallies) || Wait(rows))
        {
            return false;
        }

        bool areAllNew = true;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i % Ahead == 0)
            {
                Touch(rows[i..Math.Min(i + Ahead, rows.Length)]);
            }

            ref LineRow row = ref rows[i];
            if (row.HasId && !merger!.AddOwn(row.Id, row.Content))
            {
                _readers[0].Remove(chunk, ref span, ref row);
                areAllNew = false;
            }
        }

        Records += span.Records;
        LeftOut += span.LeftOut;
        CountUndated(span.Undated);
        if (areAllNew)
        {
            foreach (ref GroupTally tally in tallies)
            {
                Add(ref tally);
            }

            return true;
        }

        foreach (ref LineRow row in rows)
        {
            // In the order in which the groups come first.
            if (!row.IsRemoved && row.Tally >= 0)
            {
                Add(ref chunk.Tally(row.Tally));
            }
        }

        return true;
    }

    private void Touch(ReadOnlySpan<LineRow> rows)
    {
        foreach (ref readonly LineRow row in rows)
        {
            merger?.Touch(row.Id);
        }
    }

    private void Add(ref GroupTally tally)
    {
        if (!tally.IsAdded)
        {
            Calls += tally.Calls;
            summary.AddTally(ref tally);
        }
    }

    /// <summary>Whether a record that waits has the id of one of these.</summary>
    private bool Wait(ReadOnlySpan<LineRow> rows)
    {
        foreach (ref readonly LineRow row in rows)
        {
            if (row.HasId && merger!.Waits(row.Id))
            {
                return true;
            }
        }

        return false;
    }
}
