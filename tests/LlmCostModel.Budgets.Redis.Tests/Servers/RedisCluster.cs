using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Tests.Servers;

/// <summary>Three masters with a replica each, on this machine.</summary>
internal sealed class RedisCluster : IDisposable
{
    private const int Masters = 3;
    private const int Slots = 16_384;

    private readonly RedisServer[] _servers =
        [.. Enumerable.Range(0, 2 * Masters).Select(_ => new RedisServer(
            "--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--cluster-replica-validity-factor", "0", "--appendonly", "yes",
            "--cluster-port", RedisServer.FreePort().ToString(CultureInfo.InvariantCulture), "--repl-diskless-sync-delay", "0"))];

    internal static async Task<RedisCluster> StartAsync()
    {
        RedisCluster cluster = new();
        await cluster.FormAsync();
        return cluster;
    }

    /// <summary>The master of a key, and its replica.</summary>
    internal (RedisServer Master, RedisServer Replica) Of(RedisKey key, ConnectionMultiplexer connection)
    {
        int place = connection.GetHashSlot(key) * Masters / Slots;
        return (_servers[place], _servers[Masters + place]);
    }

    internal ConnectionMultiplexer Connect()
    {
        ConfigurationOptions options = new() { AbortOnConnectFail = false, BacklogPolicy = BacklogPolicy.FailFast, AllowAdmin = true };
        foreach (RedisServer server in _servers)
        {
            options.EndPoints.Add(IPAddress.Loopback, server.Port);
        }

        return ConnectionMultiplexer.Connect(options);
    }

    public void Dispose()
    {
        foreach (RedisServer server in _servers)
        {
            server.Dispose();
        }
    }

    private async Task FormAsync()
    {
        ConnectionMultiplexer[] single = [.. _servers.Select(server => server.Connect())];
        try
        {
            IServer[] servers = [.. single.Select((connection, i) => connection.GetServer(_servers[i].Address))];
            for (int i = 0; i < Masters; i++)
            {
                // The first slot whose place is i, and the last one: see Of.
                int first = ((i * Slots) + Masters - 1) / Masters, last = ((((i + 1) * Slots) + Masters - 1) / Masters) - 1;
                await AskAsync(i, "ADDSLOTSRANGE", first, last);
                await AskAsync(i, "SET-CONFIG-EPOCH", i + 1);
            }

            for (int i = 1; i < _servers.Length; i++)
            {
                await AskAsync(0, "MEET", "127.0.0.1", _servers[i].Port, Port(i));
            }

            for (int i = 0; i < Masters; i++)
            {
                string master = (string)(await AskAsync(i, "MYID"))!;
                await UntilAsync(async () => ((string)(await AskAsync(Masters + i, "NODES"))!).Contains(master, StringComparison.Ordinal));
                await AskAsync(Masters + i, "REPLICATE", master);
            }

            for (int i = 0; i < _servers.Length; i++)
            {
                await UntilAsync(async () =>
                    ((string)(await AskAsync(i, "INFO"))!).Contains("cluster_state:ok", StringComparison.Ordinal)
                    && (i < Masters || (await servers[i].InfoRawAsync("replication"))!.Contains("master_link_status:up", StringComparison.Ordinal)));
            }

            async Task<RedisResult> AskAsync(int server, string command, params object[] arguments) =>
                await servers[server].ExecuteAsync("CLUSTER", [command, .. arguments]);
        }
        finally
        {
            foreach (ConnectionMultiplexer connection in single)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private int Port(int server) => _servers[server].ClusterPort;

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(50);
        }
    }
}
