using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Catalog.Tests.Files;

/// <summary>Keeps the errors that are logged.</summary>
internal sealed class ErrorLog : ConcurrentQueue<string>, ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Enqueue(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
