using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmCostModel;

/// <summary>Says what is wrong, each thing once: a missing price would otherwise be said with every call.</summary>
/// <remarks>What was said is remembered up to a bound; beyond it, new things are said one a minute, and from the next hour on all
/// again.</remarks>
internal sealed partial class TrackingLog(ILogger logger, TimeProvider? time = null)
{
    private const int MaxRemembered = 1000;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);
    private readonly Lock _rationing = new();
    private DateTimeOffset _begun = (time ?? TimeProvider.System).GetUtcNow();
    private DateTimeOffset _lastBeyond;

    /// <summary>Once per model and kind: a message may hold an instant, which is another with every call.</summary>
    internal void Unpriced(CallCost cost)
    {
        string? model = cost.ResponseModel ?? cost.RequestedModel;
        CostIssueKind kind = cost.Issues.Length > 0 ? cost.Issues[0].Kind : CostIssueKind.UnknownUsage;
        if (IsNew($"{model}\n{kind}"))
        {
            LogUnpriced(logger, model, cost.Status, string.Join(" ", cost.Issues));
        }
    }

    internal void ObserverFailed(string observer, Exception exception) => LogObserverFailed(logger, observer, exception);

    internal void Dropped(string observer, long calls) => LogDropped(logger, observer, calls);

    internal void HandlerFailed(Exception exception) => LogHandlerFailed(logger, exception);

    internal void WrongPlace(string inner, string consequence) => LogWrongPlace(logger, inner, consequence);

    internal void Twice() => LogTwice(logger);

    private bool IsNew(string what)
    {
        if (_said.ContainsKey(what))
        {
            return false;
        }

        return _said.Count < MaxRemembered ? _said.TryAdd(what, true) : MaySayMore(what);
    }

    private bool MaySayMore(string what)
    {
        lock (_rationing)
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (now - _begun >= TimeSpan.FromHours(1))
            {
                _begun = now;
                _said.Clear();
                return _said.TryAdd(what, true);
            }

            if (now - _lastBeyond < TimeSpan.FromMinutes(1))
            {
                return false;
            }

            _lastBeyond = now;
            return true;
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "A call of model '{Model}' is {Status}; later ones of this kind are not logged: {Reasons}")]
    private static partial void LogUnpriced(ILogger logger, string? model, CostStatus status, string reasons);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The cost observer {Observer} failed; the call is not affected.")]
    private static partial void LogObserverFailed(ILogger logger, string observer, Exception exception);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "UseCostTracking is outside of {Inner}: {Consequence} Call UseCostTracking last, so that it is innermost.")]
    private static partial void LogWrongPlace(ILogger logger, string inner, string consequence);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "The cost of an HTTP call was not recorded; the call is not affected.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 5,
        Level = LogLevel.Warning,
        Message = "UseCostTracking was called twice for one client. The inner one counts the calls; the outer one only tells its own "
            + "observers. Remove one of them.")]
    private static partial void LogTwice(ILogger logger);

    [LoggerMessage(
        EventId = 6,
        Level = LogLevel.Error,
        Message = "The cost observer {Observer} is too slow: {Calls} calls were not told to it so far. Give it a larger capacity.")]
    private static partial void LogDropped(ILogger logger, string observer, long calls);
}
