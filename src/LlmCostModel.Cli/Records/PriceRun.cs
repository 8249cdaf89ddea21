using System.Text.Json;
using System.Text;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Prices records one after the other: writes each, or adds them up.</summary>
internal sealed partial class PriceRun : IDisposable
{
    private const int FlushAt = 1 << 16;

    private readonly CommandHost _host;
    private readonly ICostEstimator _estimator;
    private readonly bool _each;
    private readonly RejectList _rejects;
    private readonly bool _keepsText;
    private readonly StringBuilder _pending = new();
    private readonly CallMerger _merger;
    private readonly SortedSet<string> _hints = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _now;
    private DateTimeOffset? _last;
    private PlainLineSums? _sums;
    private long _records;
    private long _calls;
    private long _leftOut;
    private long _undated;

    public PriceRun(
        CommandHost host, ICostEstimator estimator, LogSummary summary, bool each, string? rejectsFile, PoolAccounts? plan = null)
    {
        _host = host;
        _estimator = estimator;
        _each = each;
        _merger = new CallMerger(plan is not null ? CallOrder.OfTime : each ? CallOrder.OfLog : CallOrder.AsRead);
        Plan = plan;
        _now = host.Clock.GetUtcNow();
        _rejects = new(host, rejectsFile is null ? null : new OutputFile(host, rejectsFile));
        _keepsText = rejectsFile is not null;
        Summary = summary;
    }

    public LogSummary Summary { get; }

    /// <summary>The accounts of what is paid for already; <see langword="null"/> without a plan.</summary>
    public PoolAccounts? Plan { get; }

    public PlanReport PlanReport => new(Plan?.Balances ?? [], _last, Summary.Converter);

    /// <summary>The instant before which calls are left out.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The instant from which on calls are left out.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The rows of FOCUS that calls are added to as well; <see langword="null"/> where none are wanted.</summary>
    public FocusDataset? Focus { get; init; }

    /// <summary>The table that calls go to instead of lines; <see langword="null"/> where there is none.</summary>
    public CallTable? Table { get; init; }

    /// <summary>The page that calls are added to as well; <see langword="null"/> where none is wanted.</summary>
    public CostReport? Report { get; init; }

    /// <summary>What is asked of the calls: what they would have cost.</summary>
    public IReadOnlyList<WhatIf> Questions { get; init; } = [];

    /// <summary>How many threads add up what can be added up as it is read; 0 where every record is to be looked at.</summary>
    public int Threads { get; init; }

    /// <summary>Whether records that tell of the same call count one by one.</summary>
    public bool KeepsDuplicates { get; init; }

    public long Records => _records + (_sums?.Records ?? 0);

    /// <summary>How many calls were priced, or would have been.</summary>
    public long Calls => _calls + (_sums?.Calls ?? 0);

    /// <summary>How many calls lie outside of the instants that were asked for, or state no time.</summary>
    public long LeftOut => _leftOut + (_sums?.LeftOut ?? 0);

    /// <summary>What has to be said of the whole, in sentences.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How many records were rejected, and logs that could not be read to their end.</summary>
    public int Rejected => _rejects.Count;

    public bool IsComplete { get; private set; } = true;

    /// <summary>How many records that have a price state no time, so that it is the price of now.</summary>
    public long Undated => _undated + (_sums?.Undated ?? 0);

    /// <summary>How many requests failed, so that they cost nothing.</summary>
    public int Failed { get; private set; }

    /// <summary>How many records told of a call that another one tells of as well.</summary>
    public long Merged => _merger.Merged;

    /// <summary>Takes a record. One that may be repeated waits for the end, and with lines for every record all that follow it do, so that
    /// they stay in order.</summary>
    public void Add(LogRecord record)
    {
        _records++;
        if ((KeepsDuplicates && Plan is null) || _merger.Add(_keepsText ? record : record with { Text = "" }))
        {
            Price(record);
        }
    }

    /// <summary>Reads all logs, or those up to the moment when the command is asked to stop.</summary>
    public void ReadAll(LogInputs logs, LogReader reader)
    {
        _host.StopsOnRequest = true;
        using ReadingProgress progress = new(_host, logs);
        bool asksEach = _each || Plan is not null || Focus is not null || Report is not null || Questions.Count > 0;
        _sums = Threads == 0 || asksEach ? null : Sums(progress);
        foreach (LogInput log in logs.Logs.TakeWhile(_ => !_host.IsStopRequested))
        {
            AddAll(log, isOnly: logs.Logs.Count == 1, progress, stream => Read(reader, stream, log.Name));
        }

        _isMapUsed = reader.IsMapUsed;

        if (_host.IsStopRequested)
        {
            Stop(progress);
        }
    }

    private PlainLineSums Sums(ReadingProgress progress) => new(_estimator, Summary, KeepsDuplicates ? null : _merger)
    {
        Threads = Threads,
        From = From,
        To = To,
        Now = _now,
        KindFound = StandIns.See,
        ShouldStop = () =>
        {
            progress.At(Records);
            return _host.IsStopRequested;
        },
    };

    private IEnumerable<LogRecord> Read(LogReader reader, Stream stream, string name) =>
        _sums is null ? reader.Read(stream, name) : reader.Read(stream, name, _sums);

    /// <summary>Takes the records of a log. One that cannot be read to its end is rejected with the reason, and what was read of it
    /// counts; the only one there is fails the command.</summary>
    /// <param name="log">The log.</param>
    /// <param name="isOnly">Whether there is nothing else to lose.</param>
    /// <param name="progress">Where it is said how far the reading is.</param>
    /// <param name="read">Reads it.</param>
    private void AddAll(LogInput log, bool isOnly, ReadingProgress progress, Func<Stream, IEnumerable<LogRecord>> read)
    {
        using IEnumerator<LogRecord>? records = TryRead(log.Name, () => read(progress.Open(log)).GetEnumerator(), isOnly: false);
        while (records is not null && !_host.IsStopRequested && TryRead(log.Name, records.MoveNext, isOnly))
        {
            Add(records.Current);
            progress.At(Records);
        }
    }

    private T? TryRead<T>(string log, Func<T> read, bool isOnly)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (!isOnly && exception is CliException or LogFormatException or IOException)
        {
            Reject(new LogRecord { Number = 0, Log = log, Fault = ErrorText.Of(exception) });
            return default;
        }
    }

    private void Price(LogRecord record)
    {
        if (record.Call is not { } call)
        {
            Reject(record);
            return;
        }

        if ((From is not null && !(call.Context.At >= From)) || (To is not null && !(call.Context.At < To)))
        {
            _leftOut++;
            return;
        }

        StandIns.See(call);

        // One "now" for the whole run, so that records without an instant are priced alike.
        PricedCall priced = _estimator.Price(call with { Asked = call.Asked with { At = call.Asked.At ?? _now } });
        if (call.Context.At is null && priced.Issues.Any(issue => issue.Kind == CostIssueKind.Retired))
        {
            priced = _estimator.Price(call); // it was made before: at the last prices, and says so
        }

        if (!_each && !TryGroup(record, priced))
        {
            return;
        }

        _calls += call.Reading.Calls ?? 1;
        _hints.UnionWith(record.Hints);
        IsComplete &= priced.Status == CostStatus.Priced;
        bool isFailed = call.Reading.Status == UsageStatus.NotBilled;
        Failed += isFailed ? 1 : 0;
        bool isUndated = !isFailed && priced.Status != CostStatus.Unpriced && (call.At ?? call.Reading.Served.At ?? call.Asked.At) is null;
        _undated += isUndated ? 1 : 0;
        Table?.Add(record, priced);
        if (IsLines)
        {
            WriteLine(writer => PricedLine.Write(writer, record, priced, isUndated));
        }
    }

    public void Finish()
    {
        foreach (LogRecord record in _merger.Finish())
        {
            Price(record);
        }

        IsComplete &= Questions.All(question => question.NotCompared == 0);
        Flush();
        _rejects.Finish();
        TellNotes();
    }

    private void Note(string text)
    {
        Notes.Add(text);
        _host.Tell(text);
    }

    /// <summary>Whether a sum is all that the log cost.</summary>
    public bool IsWhole(SummaryTotal total) => total.IsComplete && Rejected == 0 && !IsStopped;

    public void Dispose() => _rejects.Dispose();

    /// <summary>Adds a call to its group; a call that its sums do not hold is rejected, and they stay.</summary>
    private bool TryGroup(LogRecord record, PricedCall priced)
    {
        try
        {
            Summary.Add(record, priced, Plan?.Draw(priced));
            Focus?.Add(record, priced);
            Report?.Add(record, priced);
            foreach (WhatIf question in Questions)
            {
                question.Add(record, priced);
            }

            _last = priced.Call.Context.At is { } at && !(at < _last) ? at : _last;
            return true;
        }
        catch (OverflowException)
        {
            const string Reason = "The sums of its group do not hold it: they would exceed what can be counted. "
                + "Read it apart, or with --each.";
            Reject(record with { Fault = Reason, Id = priced.Call.Identity.Id });
            return false;
        }
    }

    private void Reject(LogRecord record)
    {
        IsComplete = false;
        Report?.AddRejected(record);
        _rejects.Add(record, isSaid: IsLines);
        if (IsLines)
        {
            WriteLine(writer => PricedLine.WriteRejected(writer, record));
        }
    }

    private void Flush()
    {
        _host.Write(_pending.ToString());
        _pending.Clear();
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        _pending.Append(JsonText.Write(write, indented: false));
        if (_pending.Length > FlushAt)
        {
            Flush();
        }
    }
}
