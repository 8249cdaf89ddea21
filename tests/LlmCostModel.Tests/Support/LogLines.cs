using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Tests.Support;

/// <summary>Keeps what is logged: each message behind its level.</summary>
internal class LogLines : ConcurrentQueue<string>, ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public virtual void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
