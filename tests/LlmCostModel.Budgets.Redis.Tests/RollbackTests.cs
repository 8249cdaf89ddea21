using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>A server that lost what it had acknowledged shows it in its next answer.</summary>
public sealed class RollbackTests
{
    [RedisFact]
    public async Task Server_Emptied_HasAnotherEpoch()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(5) });
        StoreStamp before = (await store.Settle("r", Of("a", 7))).Stamp;

        await connection.GetServer(server.Address).FlushAllDatabasesAsync();

        StoreStamp after = (await store.Settle("s", Of("a", 7))).Stamp;
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Equal(1, after.Sequence);
    }

    /// <summary>A process says the epoch that it knows with every command: an old one leaves no trace, whatever the command is.</summary>
    [RedisFact]
    public async Task Server_EmptiedAndUsedByOthers_TellsEveryCommandItsEpoch()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        RedisBudgetStoreOptions options = new() { Deadline = TimeSpan.FromSeconds(5) };
        await using RedisBudgetStore reader = new(connection, options), writer = new(connection, options), other = new(connection, options);
        await reader.Settle("r", Of("a", 7));
        await writer.Settle("r", Of("a", 7));
        await connection.GetServer(server.Address).FlushAllDatabasesAsync();
        StoreStamp made = (await other.Settle("s", Of("a", 7))).Stamp;

        ReadReply read = await reader.ReadAsync(new ReadCommand { Accounts = Array.Empty<AccountCharge>(), States = default });
        ReserveReply reserved = await writer.Reserve("t", Of("a", 1));
        ReserveReply repeated = await writer.Reserve("t", Of("a", 1));

        Assert.Equal((made.Epoch, 1), (read.Stamp.Epoch, read.Stamp.Sequence));
        Assert.Equal((made.Epoch, 2), (reserved.Stamp.Epoch, reserved.Stamp.Sequence));
        Assert.Equal((ReserveOutcome.Replayed, 2), (repeated.Outcome, repeated.Stamp.Sequence));
        RedisValue[] fields = await connection.GetDatabase().HashKeysAsync("lcm1:{all}:head");
        Assert.Equal<string>(["e", $"q{made.Epoch}", "v"], fields.Select(field => field.ToString()).Order(StringComparer.Ordinal));
    }

    [RedisFact]
    public async Task Server_KilledWithoutPersistence_HasAnotherEpoch()
    {
        using RedisServer server = new();
        StoreStamp before = await SettleAsync(server, "r");
        server.Kill();
        server.Start();

        Assert.NotEqual(before.Epoch, (await SettleAsync(server, "s")).Epoch);
    }

    /// <summary>A snapshot that is older than what was acknowledged: the same epoch, and a lower sequence.</summary>
    [RedisFact]
    public async Task Server_BackAtItsSnapshot_HasALowerSequence()
    {
        using RedisServer server = new();
        await SettleAsync(server, "r");
        await using (ConnectionMultiplexer admin = server.Connect())
        {
            await admin.GetServer(server.Address).ExecuteAsync("SAVE");
        }

        await SettleAsync(server, "s");
        StoreStamp before = await SettleAsync(server, "t");
        server.Kill();
        server.Start();

        StoreStamp after = await SettleAsync(server, "u");
        Assert.Equal((before.Epoch, before.Sequence - 1), (after.Epoch, after.Sequence)); // r, u instead of r, s, t
        StoreStamp repeated = await SettleAsync(server, "s"); // the same id again is how it is healed
        Assert.Equal(before.Sequence, repeated.Sequence);
    }

    private static async Task<StoreStamp> SettleAsync(RedisServer server, string id)
    {
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, new() { Deadline = TimeSpan.FromSeconds(5) });
        return (await store.Settle(id, Of("a", 7))).Stamp;
    }
}
