using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Compares what calls cost by a log with what a bill charges, by day and model, and says why they differ.</summary>
/// <remarks>
/// Add the bills first: the days of the log are those of the bill of its provider. Calls are kept as sums by day, model, context, time of
/// equal prices and size, with up to 1,000 amounts of single calls for each day and model; records whose call another may tell of are kept
/// until the end, as <see cref="CallMerger"/> does. Not thread-safe.
/// </remarks>
public sealed class Reconciliation
{
    private readonly ICostEstimator _estimator;
    private readonly SumPricer _pricer;
    private readonly BillSide _bills;
    private readonly LogSide _logs;
    private readonly CallMerger _merger = new();
    private long _records;
    private long _rejected;
    private bool _isFinished;

    /// <summary>Makes a comparison.</summary>
    /// <param name="estimator">Prices the calls.</param>
    /// <param name="options">How to compare; <see langword="null"/> for the defaults.</param>
    public Reconciliation(ICostEstimator estimator, ReconciliationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        options ??= new();
        _estimator = estimator;
        _pricer = new(estimator);
        _bills = new(_pricer, options);
        _logs = new(_pricer, options, _bills);
    }

    /// <summary>Adds a line of a bill.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="InvalidOperationException">Records of a log were added before, or the comparison is finished.</exception>
    public void Add(BillLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (_records > 0 || _isFinished)
        {
            throw new InvalidOperationException("Add all bills before the first record of a log: its days are those of the bill.");
        }

        _bills.Add(line);
    }

    /// <summary>Adds a record of a log.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="InvalidOperationException">The comparison is finished.</exception>
    public void Add(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_isFinished)
        {
            throw new InvalidOperationException("The comparison is finished.");
        }

        _records++;
        if (record.Call is not { } call)
        {
            _rejected++;
        }
        else if (_merger.Add(record with { Text = "" }))
        {
            _logs.Add(record.Number, _estimator.Price(call));
        }
        else
        {
            _logs.AddRepeated(_estimator.Price(call), 1);
        }
    }

    /// <summary>Compares.</summary>
    /// <returns>What came out.</returns>
    /// <exception cref="InvalidOperationException">The comparison is finished already.</exception>
    public ReconciliationResult Finish()
    {
        if (_isFinished)
        {
            throw new InvalidOperationException("The comparison is finished.");
        }

        _isFinished = true;
        foreach (LogRecord record in _merger.Finish())
        {
            PricedCall call = _estimator.Price(record.Call!);
            _logs.AddRepeated(call, -1);
            _logs.Add(record.Number, call);
        }

        List<DayRow> rows = DayRows.Join(_logs, _bills);
        CauseFinder finder = new(_pricer);
        foreach (DayRow row in rows.Where(row => row.Differs))
        {
            finder.Find(row);
        }

        PeriodCauses.Find(rows, _logs.Hours);
        foreach (DayRow row in rows)
        {
            row.Result.Causes = [.. row.Causes.DistinctBy(cause => (cause.Kind, cause.Text))];
        }

        return new()
        {
            Days = [.. rows.Select(row => row.Result)],
            Totals = DayRows.Totals(rows),
            Apart = _bills.Apart,
            Notes = [.. Notes(rows)],
            Records = _records,
            Rejected = _rejected,
            Merged = _merger.Merged,
            Undated = _logs.Undated,
        };
    }

    private IEnumerable<string> Notes(List<DayRow> rows)
    {
        IEnumerable<string> named = rows.Where(row => row.Result.Status == ReconciliationStatus.MissingInLog)
            .Where(row => rows.Exists(other => other.Result.Status == ReconciliationStatus.MissingInBill
                && (other.Key.Day, other.Currency) == (row.Key.Day, row.Currency)))
            .Select(row => row.Key.Model).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        string names = string.Join(", ", named);
        if (names.Length > 0)
        {
            yield return $"The bill has models on days on which the log has others: {names}. If the log calls one of them otherwise, such "
                + "as without its date, they are compared as one when that is said. Say in ReconciliationOptions.Names which it is.";
        }

        if (_merger.Merged > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Records that tell of a call that another one tells of as well, by its id: {_merger.Merged}.");
        }

        if (_logs.Undated > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Calls that state no time and are of no day, so that they are not compared: {_logs.Undated}.");
        }

        if (_rejected > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Records that cannot be read, which the log lacks: {_rejected}.");
        }
    }
}
