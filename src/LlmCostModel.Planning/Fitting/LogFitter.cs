using System.Globalization;
using LlmCostModel.Logs;

namespace LlmCostModel.Planning;

/// <summary>Fits a plan to the calls of a log: one pass, in memory that grows with models and days and not with calls.</summary>
/// <remarks>Calls are priced as they come, each at its own time. Give every call once, such as <see cref="CallMerger"/> does. Not
/// thread-safe.</remarks>
public sealed class LogFitter
{
    /// <summary>More lines than anybody reads; calls of further ones are counted, and named as left out.</summary>
    private const int MostLines = 500;
    private const string DayPrefix = "day ";

    private readonly ICostEstimator _estimator;
    private readonly LogFitOptions _options;
    private readonly Dictionary<LineKey, LineSums> _lines = [];
    private readonly SortedDictionary<(string Model, CostIssueKind? Kind), (long Calls, string Reason)> _unpriced = [];
    private readonly LogSpan _span = new();

    /// <summary>Makes a fitter.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="options">How it fits; <see langword="null"/> for the defaults.</param>
    public LogFitter(ICostEstimator estimator, LogFitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        _estimator = estimator;
        _options = options ?? new();
    }

    /// <summary>Adds the call of a record.</summary>
    /// <param name="record">The record; one that cannot be read is counted.</param>
    public void Add(LogRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Call is not { } call)
        {
            _span.Unreadable++;
            return;
        }

        string? session = null;
        foreach (string tag in _options.SessionTags)
        {
            if (record.Tags.TryGetValue(tag, out string? value))
            {
                session = $"{tag} {value}";
                break;
            }
        }

        Add(call, session);
    }

    /// <summary>Adds a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="session">What it belongs to with others, so that they are not independent; <see langword="null"/> for
    /// nothing.</param>
    public void Add(ModelCall call, string? session = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        long calls = Math.Max(1, call.Reading.Calls ?? 1);
        if (call.Reading.Status == UsageStatus.NotBilled)
        {
            _span.Failed += calls;
            return;
        }

        if (call.Context.At is not { } at)
        {
            _span.Undated += calls;
            return;
        }

        DateTime local = TimeZoneInfo.ConvertTime(at, _options.TimeZone).DateTime;
        int day = DateOnly.FromDateTime(local).DayNumber;
        _span.Add(at, local, calls);
        PricedCall priced = _estimator.Price(call);
        foreach (PricedPart part in priced.Parts)
        {
            Add(priced, part, at, day, local.Hour, ReferenceEquals(part, priced.Main) ? calls : 1, session);
        }
    }

    /// <summary>Fits what was added.</summary>
    /// <returns>The fit.</returns>
    /// <exception cref="InvalidOperationException">No call has both an instant and a price, so there is nothing to fit.</exception>
    public LogFit Finish()
    {
        if (_lines.Count == 0)
        {
            string reasons = string.Concat(LogNotes.OfLeftOut(_span, _unpriced).Select(note => $" {note}"));
            throw new InvalidOperationException(
                $"No call of the log has both an instant and a price, so there is nothing to fit.{reasons}");
        }

        return LogFit.Of(_estimator, _options, _span, _lines, _unpriced);
    }

    private void Add(PricedCall priced, PricedPart part, DateTimeOffset at, int day, int hour, long calls, string? session)
    {
        if (part.Usage is not { } usage || part.Estimate.Total is not { } total)
        {
            // By kind: messages name the instant of their call, of which a log has as many as calls.
            CostIssue? issue = priced.Issues.FirstOrDefault();
            (string, CostIssueKind?) key = (part.Model ?? "unknown model", issue?.Kind);
            (long known, string reason) = _unpriced.GetValueOrDefault(key, (0, issue?.Message ?? "Its usage is not known."));
            _unpriced[key] = (checked(known + calls), reason);
            return;
        }

        CallContext context = priced.Context with { At = null, ConsumedBefore = null };
        LineKey line = new(part.Model ?? part.Estimate.Model!, part.Role, context, total.Currency);
        if (!_lines.TryGetValue(line, out LineSums? sums))
        {
            if (_lines.Count == MostLines)
            {
                _span.BeyondLines += calls;
                return;
            }

            _lines[line] = sums = new();
        }

        sums.Add(new(in usage)
        {
            At = at,
            Day = day,
            Hour = hour,
            Calls = calls,
            Meters = part.Meters,
            Amount = total.Amount,
            IsPartial = part.Estimate.Status == CostStatus.Partial,
            Cluster = Hash(session ?? DayPrefix + day.ToString(CultureInfo.InvariantCulture)),
            HasSession = session is not null,
        });
    }

    /// <summary>FNV-1a, mixed so that its lowest bits are as good as its highest.</summary>
    private static ulong Hash(string text)
    {
        unchecked
        {
            ulong hash = 14695981039346656037UL;
            foreach (char character in text)
            {
                hash = (hash ^ character) * 1099511628211UL;
            }

            hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
            return hash ^ (hash >> 32);
        }
    }
}
