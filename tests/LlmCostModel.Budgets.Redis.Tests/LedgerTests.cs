using System.Diagnostics;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>What a server loses, the ledgers that told it tell it again: afterwards it has what was acknowledged, to the last unit.</summary>
public sealed class LedgerTests(ITestOutputHelper output)
{
    private const int Calls = 200;

    private static readonly Dictionary<string, string> Nobody = [];

    [RedisTheory]
    [InlineData("emptied")]
    [InlineData("killed without its data")]
    [InlineData("killed, and back at its snapshot")]
    public async Task Server_ThatLostCalls_HasThemAgain(string how)
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = Store(connection);
        await using BudgetLedger one = Ledger(store), other = Ledger(Store(connection));
        await SpendAsync(one, Calls);
        await connection.GetServer(server.Address).ExecuteAsync("SAVE");
        BudgetLease open = await one.ReserveAsync(new() { Ceiling = new Money(0.5m, "USD") });
        await SpendAsync(one, Calls);
        await SpendAsync(other, Calls);
        if (how == "emptied")
        {
            await connection.GetServer(server.Address).FlushAllDatabasesAsync();
        }
        else
        {
            server.Kill();
            if (how == "killed without its data")
            {
                File.Delete(Path.Combine(server.Folder, "dump.rdb"));
            }

            server.Start();
        }

        TimeSpan took = await UntilAsync(3 * Calls * 0.01m, one, other);

        output.WriteLine($"{how}: healed in {took.TotalSeconds:0.0} s");
        Assert.Equal(0.5m, (await one.GetStatusAsync(Nobody))[0].Held);
        await open.SettleAsync(new Money(0.25m, "USD"));
        Assert.Equal((6.25m, 0m), await StateAsync(other)); // 600 x 0.01 + 0.25
    }

    /// <summary>The replica that takes over had not heard of the last calls, and has heard of as many others before one of the ledgers asks
    /// again: its sequence says nothing, the lost connection does.</summary>
    [RedisFact]
    public async Task Failover_WithAReplicaThatLags_LosesNothing()
    {
        using RedisCluster cluster = await RedisCluster.StartAsync();
        await using ConnectionMultiplexer connection = cluster.Connect(), elsewhere = cluster.Connect();
        await using BudgetLedger busy = Ledger(Store(connection)), quiet = Ledger(Store(elsewhere));
        await SpendAsync(busy, 20);
        (RedisServer master, RedisServer replica) = cluster.Of(new StoreKeys("lcm1", "all").Head, connection);
        await Task.Delay(1_200); // what was written is at the replica, and in its file
        replica.Kill();
        await SpendAsync(quiet, 50);
        master.Kill();
        replica.Start();
        await SpendAsync(busy, 100); // some of it waits until there is a master again

        TimeSpan took = await UntilAsync(1.7m, busy, quiet);

        output.WriteLine($"failover: healed in {took.TotalSeconds:0.0} s");
        Assert.Equal((1.7m, 0m), await StateAsync(quiet)); // 170 x 0.01
    }

    private static RedisBudgetStore Store(ConnectionMultiplexer connection) => new(connection, new() { Deadline = TimeSpan.FromSeconds(1) });

    private static BudgetLedger Ledger(RedisBudgetStore store)
    {
        BudgetsOptions options = new()
        {
            WhenStoreIsAway = StoreOutage.Open,
            MaxOpenTime = TimeSpan.FromMinutes(2),
            FlushTime = TimeSpan.FromSeconds(20),
        };
        options.Budgets["all"] = new() { Limit = 1_000m, Currency = "USD", Window = BudgetWindow.Total, MaxWhileOpen = 100m };
        return new BudgetLedger(store, options);
    }

    private static async Task SpendAsync(BudgetLedger ledger, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            await using BudgetLease lease = await ledger.ReserveAsync(new() { Ceiling = new Money(0.02m, "USD") });
            await lease.ThrowIfNotAcquired().SettleAsync(new Money(0.01m, "USD"));
        }
    }

    /// <summary>Waits until the store has what is wanted, and every ledger has noticed what there was to notice.</summary>
    private static async Task<TimeSpan> UntilAsync(decimal wanted, params BudgetLedger[] ledgers)
    {
        Stopwatch since = Stopwatch.StartNew();
        for (int i = 0; i < 600; i++)
        {
            try
            {
                (decimal Spent, decimal)[] seen = [await StateAsync(ledgers[0]), await StateAsync(ledgers[1])];
                if (ledgers.All(ledger => ledger.Health is { IsAvailable: true, Pending: 0 }) && seen.All(state => state.Spent == wanted))
                {
                    return since.Elapsed;
                }
            }
            catch (BudgetStoreException)
            {
                // It is away.
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The store has {(await StateAsync(ledgers[0])).Spent} and not {wanted}.");
        return default;
    }

    private static async Task<(decimal Spent, decimal Held)> StateAsync(BudgetLedger ledger)
    {
        BudgetStatus status = (await ledger.GetStatusAsync(Nobody))[0];
        return (status.Spent, status.Held);
    }
}
