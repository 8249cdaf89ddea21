using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Outages;

/// <summary>What is said of outages: once when one begins, and once when it ends. Nothing has a tag's value or an account in it.</summary>
internal static partial class OutageLog
{
    [LoggerMessage(
        Level = LogLevel.Error, Message = "The store of budgets does not answer. Until it does, calls are decided as {Policy} says.")]
    internal static partial void Away(ILogger logger, Exception failure, StoreOutage policy);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The store of budgets answers again, after {Time}. Everything that waited is delivered.")]
    internal static partial void Back(ILogger logger, TimeSpan time);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The store of budgets has lost what it had acknowledged: it was restarted without its data, or a replica took over that "
            + "lagged behind. It hears again what this process knows.")]
    internal static partial void RolledBack(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store of budgets hears of {Ended} calls and {Open} leases again.")]
    internal static partial void Healing(ILogger logger, int ended, int open);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Count} calls were made and are not counted in their budgets: the store did not answer before the ledger ended.")]
    internal static partial void Lost(ILogger logger, int count, Exception? failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store of budgets refuses the call {Id}, which is not counted.")]
    internal static partial void Refused(ILogger logger, Exception failure, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {Id} had been counted with other amounts, which stay.")]
    internal static partial void Conflict(ILogger logger, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store of budgets failed in a way that it may not. It is asked again.")]
    internal static partial void Broken(ILogger logger, Exception failure);
}
