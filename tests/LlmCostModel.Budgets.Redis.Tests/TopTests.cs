using CsCheck;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>The accounts that spent most, beside what any store has to find.</summary>
public sealed class TopTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly TopCommand Three = new() { Prefix = "a", Period = AccountPeriod.Always, Count = 3 };

    [SharedServerFact]
    public async Task FindTop_OfMoreAccountsThanAStepHas_SeesAllOfThisStoreAlone()
    {
        RedisBudgetStoreOptions options = server.Options();
        await using RedisBudgetStore store = new(server.Connection, options);
        await using RedisBudgetStore other = new(server.Connection, new() { Prefix = options.Prefix, Partition = "all2", Deadline = options.Deadline });
        await other.Settle("r", Of("a-other", 1_000_000));
        for (int i = 0; i < 2_500; i += 50)
        {
            await store.Settle($"r{i}", [.. Enumerable.Range(i, 50).Select(account => Of($"a{account}", account + 1))]);
        }

        TopReply top = await store.FindTopAsync(Three);

        Assert.Equal<string>(["a2499", "a2498", "a2497"], top.Accounts);
        Assert.Equal((await store.Settle("s", Of("b", 1))).Stamp.Sequence, top.Stamp.Sequence + 1); // looking changes nothing
    }

    [SharedServerFact]
    public async Task FindTop_WithAForeignValue_IsCorrupt()
    {
        RedisBudgetStoreOptions options = server.Options();
        await using RedisBudgetStore store = new(server.Connection, options);
        IDatabase database = server.Connection.GetDatabase();
        await database.HashSetAsync($"{options.Prefix}:{{all}}:s:a1", "st", "0x10");
        BudgetStoreException garbage = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.FindTopAsync(Three));
        await database.KeyDeleteAsync($"{options.Prefix}:{{all}}:s:a1");
        await database.StringSetAsync($"{options.Prefix}:{{all}}:s:a1", "x");
        BudgetStoreException text = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.FindTopAsync(Three));

        Assert.All([garbage, text], error => Assert.Contains("(Corrupt)", error.Message, StringComparison.Ordinal));
        Assert.All([garbage, text], error => Assert.False(error.IsOutage));
    }

    [RedisFact]
    public async Task FindTop_OfAServerThatDoesNotAnswer_FailsAfterTheDeadline()
    {
        using RedisServer redis = new();
        await using ConnectionMultiplexer connection = redis.Connect();
        await using RedisBudgetStore store = new(connection);
        await store.Settle("r", Of("a", 1));
        redis.Freeze(true);

        BudgetStoreException away = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.FindTopAsync(Three));

        redis.Freeze(false);
        Assert.Contains("within the deadline", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_OfAKey_IsTheOneThatWasEncoded() => Gen.String[Gen.Char["{}:%#a*\0é語-/+ 2A"], 1, 12].Sample(name =>
    {
        StoreKeys keys = new("p", "all");
        string encoded = StoreKeys.Encode(name);
        Assert.Equal(StoreKeys.IsHash(encoded) ? null : name, keys.NameOf(keys.Sums(encoded)));
    });

    [Fact]
    public void Leaders_OfAccountsSeenTwice_HaveEachOnce()
    {
        Leaders top = new(2);
        foreach ((string name, int spent) in new[] { ("c", 5), ("a", 5), ("c", 5), ("b", 5), ("d", 0), ("e", 1), ("e", 9), ("a", 5) })
        {
            top.Add(name, spent);
        }

        Assert.Equal<string>(["e", "a"], top.Names); // 9, and 5 by name; the first 1 of e was not enough
    }
}
