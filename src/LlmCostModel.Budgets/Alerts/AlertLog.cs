using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Alerts;

/// <summary>What is said of alerts. Whose budget it is, only the receiver of alerts learns.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The budget '{Budget}' alerts: {Kind}, {Share} of {Limit} {Currency}.")]
    internal static partial void Alerted(
        ILogger logger, string budget, BudgetAlertKind kind, decimal share, decimal limit, string currency);

    [LoggerMessage(Level = LogLevel.Error, Message = "OnAlert failed. The call was counted.")]
    internal static partial void ReceiverFailed(ILogger logger, Exception failure);
}
