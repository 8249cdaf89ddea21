using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>Keeps what is logged: the level and the message.</summary>
internal sealed class LogLines(List<string> lines) : ILogger<BudgetLedger>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Add($"{logLevel} {formatter(state, exception)}");
}
