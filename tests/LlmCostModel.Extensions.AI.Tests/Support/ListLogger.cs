using Microsoft.Extensions.Logging;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLogger : ILoggerFactory, ILogger
{
    internal List<string> Messages { get; } = [];

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("LlmCostModel", StringComparison.Ordinal) ? this : new ListLogger();

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Add($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
