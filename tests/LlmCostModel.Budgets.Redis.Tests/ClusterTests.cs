using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>A cluster of three masters and three replicas.</summary>
public sealed class ClusterTests
{
    /// <summary>A replica that was behind becomes the master: what it had not received is gone, and the next answer shows it.</summary>
    [RedisFact]
    public async Task Cluster_WorksAndShowsWhatAFailoverLost()
    {
        using RedisCluster cluster = await RedisCluster.StartAsync();
        await using ConnectionMultiplexer connection = cluster.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(5) });
        for (int i = 0; i < 100; i++)
        {
            AccountCharge[] charges = [Of("a", 7, limit: 10_000), Of($"b{i}", 7), Of("c", 7, limit: 10_000, period: AccountPeriod.Rolling(60_000, 10, 0))];
            Assert.Equal(ReserveOutcome.Granted, (await store.Reserve($"r{i}", charges)).Outcome);
            Assert.Equal(i % 3 == 0 ? HoldState.Held : HoldState.Unknown, await store.Extend(i % 3 == 0 ? $"r{i}" : $"x{i}", 600_000));
            Assert.Equal(SettleRemarks.None, (await store.Settle($"r{i}", charges[0], charges[2])).Remarks);
        }

        await store.Reserve("held", Of("a", 5), Of("d", 5));
        Assert.Equal(HoldState.Held, await store.Release("held"));
        Assert.Equal((700, 0), await store.Read("a"));

        // Nodes of other shards answer for themselves: a store with another partition is elsewhere and counts for itself.
        await using RedisBudgetStore elsewhere = new(connection, new() { Deadline = TimeSpan.FromSeconds(5), Partition = "tenant-2" });
        Assert.Equal((0, 0), await elsewhere.Read("a"));
        await elsewhere.Settle("r", Of("a1", 7));
        Assert.Equal(["a"], await TopAsync(store)); // each is looked for on the node that has it
        Assert.Equal(["a1"], await TopAsync(elsewhere));

        (RedisServer master, RedisServer replica) = cluster.Of(new StoreKeys("lcm1", "all").Head, connection);
        await Task.Delay(1_200); // what was written is at the replica, and in its file
        replica.Kill();
        StoreStamp before = default;
        for (int i = 0; i < 50; i++)
        {
            before = (await store.Settle($"lost{i}", Of("a", 1))).Stamp;
        }

        master.Kill();
        replica.Start();

        StoreStamp after = await FirstAsync(store);
        Assert.Equal((before.Epoch, before.Sequence - 50), (after.Epoch, after.Sequence));
        for (int i = 0; i < 50; i++)
        {
            await store.Settle($"lost{i}", Of("a", 1)); // the same ids again
        }

        Assert.Equal((750, 0), await store.Read("a"));
    }

    private static async Task<string[]> TopAsync(RedisBudgetStore store) =>
        [.. (await store.FindTopAsync(new TopCommand { Prefix = "a", Period = AccountPeriod.Always, Count = 10 })).Accounts];

    private static async Task<StoreStamp> FirstAsync(RedisBudgetStore store)
    {
        while (true)
        {
            try
            {
                AccountState[] states = new AccountState[1];
                return (await store.ReadAsync(new ReadCommand { Accounts = new[] { Of("a", 0) }, States = states })).Stamp;
            }
            catch (BudgetStoreException)
            {
                await Task.Delay(100);
            }
        }
    }
}
