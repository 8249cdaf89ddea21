using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Counts how often another server may answer than before: a connection was lost or is there again, or another server took
/// over.</summary>
internal sealed class ConnectionCount : IDisposable
{
    private readonly IConnectionMultiplexer _connection;
    private long _count;

    internal ConnectionCount(IConnectionMultiplexer connection)
    {
        _connection = connection;
        connection.ConnectionFailed += Changed;
        connection.ConnectionRestored += Changed;
        connection.ConfigurationChanged += Changed;
        connection.HashSlotMoved += Changed;
    }

    internal long Now => Volatile.Read(ref _count);

    public void Dispose()
    {
        _connection.ConnectionFailed -= Changed;
        _connection.ConnectionRestored -= Changed;
        _connection.ConfigurationChanged -= Changed;
        _connection.HashSlotMoved -= Changed;
    }

    private void Changed(object? sender, EventArgs change) => Interlocked.Increment(ref _count);
}
