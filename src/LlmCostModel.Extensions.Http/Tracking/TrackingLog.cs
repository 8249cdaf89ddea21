using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmCostModel;

/// <summary>Says what is wrong, each thing once: a missing price would otherwise be said with every call.</summary>
internal sealed partial class TrackingLog(ILogger logger)
{
    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    internal void Unpriced(CallCost cost)
    {
        string? model = cost.ResponseModel ?? cost.RequestedModel;
        string reason = cost.Issues.Length > 0 ? cost.Issues[0].Message : "";
        if (IsNew($"{model}\n{reason}"))
        {
            LogUnpriced(logger, model, cost.Status, string.Join(" ", cost.Issues));
        }
    }

    internal void ObserverFailed(ICostObserver observer, Exception exception) =>
        LogObserverFailed(logger, observer.GetType().Name, exception);

    internal void HandlerFailed(Exception exception) => LogHandlerFailed(logger, exception);

    internal void WrongPlace(string inner, string consequence) => LogWrongPlace(logger, inner, consequence);

    private bool IsNew(string what) => _said.Count < MaxRemembered && _said.TryAdd(what, true);

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "A call of model '{Model}' is {Status}; later ones for this reason are not logged: {Reasons}")]
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
}
