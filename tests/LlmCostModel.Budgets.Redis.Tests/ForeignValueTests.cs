using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;
using static LlmCostModel.Budgets.Redis.Tests.FaultTests;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>Values under the store's keys that it did not write, and sums that it cannot have.</summary>
public sealed class ForeignValueTests
{
    private static readonly RedisBudgetStoreOptions Short = new() { Deadline = TimeSpan.FromSeconds(2) };

    /// <summary>A value of somebody else is never taken for 0, and nothing is changed beside it.</summary>
    [RedisTheory]
    [InlineData("head", "string")]
    [InlineData("head", "garbage")]
    [InlineData("c:r", "garbage")]
    [InlineData("c:r", "list")]
    [InlineData("s:b", "string")]
    [InlineData("s:b", "garbage")]
    [InlineData("s:b", "zeros")]
    [InlineData("s:b", "held zeros")]
    [InlineData("h:b", "string")]
    public async Task Key_WithAForeignValue_IsCorrupt(string key, string kind)
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        IDatabase database = connection.GetDatabase();
        RedisKey name = $"lcm1:{{all}}:{key}";
        await ((key, kind) switch
        {
            (_, "string") => database.StringSetAsync(name, "x"),
            ("c:r", "garbage") => database.StringSetAsync(name, "Q 1 2"),
            (_, "list") => database.ListRightPushAsync(name, "x"),
            (_, "zeros") => database.HashSetAsync(name, "st", "-0012"), // not a number for HINCRBY
            (_, "held zeros") => database.HashSetAsync(name, [new("st", "1"), new("ht", "00")]),
            _ => (Task)database.HashSetAsync(name, "st", "0x10"),
        });

        BudgetStoreException reserved = await FailsAsync(() => store.Reserve("r", Of("a", 1, limit: 9), Of("b", 1, limit: 9)));
        BudgetStoreException settled = await FailsAsync(() => store.Settle("r", Of("a", 1, limit: 9), Of("b", 1, limit: 9)));

        Assert.Contains("Corrupt", reserved.Message, StringComparison.Ordinal);
        Assert.Contains("Corrupt", settled.Message, StringComparison.Ordinal);
        Assert.False(await database.KeyExistsAsync("lcm1:{all}:s:a"));
    }

    [RedisFact]
    public async Task Version_OfANewerLibrary_IsRefusedAndLeftAlone()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        StoreStamp stamp = (await store.Settle("r", Of("a", 7))).Stamp;
        await connection.GetDatabase().HashSetAsync("lcm1:{all}:head", "v", "2");
        await connection.GetDatabase().HashDeleteAsync("lcm1:{all}:head", $"q{stamp.Epoch}"); // which it has to call otherwise
        RedisResult before = await connection.GetDatabase().ExecuteAsync("DEBUG", "DIGEST");

        Assert.Contains("newer version", (await FailsAsync(() => store.Reserve("s", Of("a", 1)))).Message, StringComparison.Ordinal);
        Assert.Contains("newer version", (await FailsAsync(() => store.Settle("s", Of("a", 1)))).Message, StringComparison.Ordinal);
        Assert.Equal((string?)before, (string?)await connection.GetDatabase().ExecuteAsync("DEBUG", "DIGEST"));
    }

    [RedisFact]
    public async Task Sums_ThatWouldNotFit_AreRefusedAndLargeOnesAreExact()
    {
        using RedisServer server = new();
        await using ConnectionMultiplexer connection = server.Connect();
        await using RedisBudgetStore store = new(connection, Short);
        long most = store.Traits.MaxAmount;
        AccountCharge rolling = Of("b", most, period: AccountPeriod.Rolling(86_400_000, 7, 0));
        for (int i = 0; i < 3; i++)
        {
            await store.Settle($"r{i}", Of("a", most - i, limit: most), rolling with { Amount = most - i });
        }

        await store.Settle("one", Of("a", 1), rolling with { Amount = 1 });
        Assert.Equal(((3 * most) - 2, 0), await store.Read("a")); // most + (most - 1) + (most - 2) + 1
        Assert.Equal((3 * most) - 2, (await store.Read(rolling)).Settled);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("r", Of("a", 1, limit: most))).Outcome);

        await connection.GetDatabase().HashSetAsync("lcm1:{all}:s:a", "st", "3999999999999999999");
        Assert.Contains("too large", (await FailsAsync(() => store.Settle("s", Of("a", most), Of("c", 1)))).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), await store.Read("c"));
    }
}
