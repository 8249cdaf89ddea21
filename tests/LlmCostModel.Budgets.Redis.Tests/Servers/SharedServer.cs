using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Tests.Servers;

/// <summary>A server for many tests, each with keys of its own: redis-server, or Garnet where that is not installed.</summary>
public sealed class SharedServer : IDisposable
{
    private readonly IDisposable _server;
    private int _number;

    public SharedServer()
    {
        if (RedisServer.Program is not null)
        {
            RedisServer redis = new();
            (_server, Connection) = (redis, redis.Connect());
        }
        else
        {
            GarnetInProcess garnet = new();
            (_server, Connection) = (garnet, RedisServer.Connect(garnet.Port));
        }
    }

    internal ConnectionMultiplexer Connection { get; }

    /// <summary>Options with keys that no other test has, and a deadline for a machine that is busy.</summary>
    internal RedisBudgetStoreOptions Options() =>
        new() { Prefix = $"t{Interlocked.Increment(ref _number)}", Deadline = TimeSpan.FromSeconds(30) };

    internal RedisBudgetStore Store(TimeProvider? clock = null, Action<RedisBudgetStoreOptions>? change = null)
    {
        RedisBudgetStoreOptions options = Options();
        change?.Invoke(options);
        return new RedisBudgetStore(Connection, options, null, ownsConnection: false, clock);
    }

    public void Dispose()
    {
        Connection.Dispose();
        _server.Dispose();
    }
}
