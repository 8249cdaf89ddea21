using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>What is held, counted anew: sums that no number of a script has exactly, keys that are gone, and values of others.</summary>
public sealed class VerifyTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly VerifyCommand Repair = new() { Account = "a", Period = AccountPeriod.Always, RepairsHeld = true };

    [SharedServerFact]
    public async Task Verify_OfLargeSums_IsExact()
    {
        await using RedisBudgetStore store = server.Store();
        long most = store.Traits.MaxAmount;
        for (int i = 0; i < 3; i++)
        {
            await store.Reserve($"r{i}", Of("a", most - i));
        }

        VerifyReply right = await store.VerifyAsync(Repair);
        await server.Connection.GetDatabase().HashIncrementAsync(store.SumsKey("a"), "ht", -1);
        VerifyReply wrong = await store.VerifyAsync(Repair);

        Assert.Equal(((3 * most) - 3, (3 * most) - 3, true), (right.Held, right.HeldByHolds, right.IsRight)); // most + (most - 1) + (most - 2)
        Assert.Equal(((3 * most) - 4, (3 * most) - 3, true), (wrong.Held, wrong.HeldByHolds, wrong.IsRepaired));
        Assert.Equal((0, (3 * most) - 3), await store.Read("a"));
    }

    [SharedServerFact]
    public async Task Verify_OfAnAccountWhoseSumsAreGone_HoldsAgainAndEndsByItself()
    {
        await using RedisBudgetStore store = server.Store();
        AccountCharge hour = Of("a", 5, limit: 9, period: HourOf(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        await store.Reserve("r", hour);
        IDatabase database = server.Connection.GetDatabase();
        await database.KeyDeleteAsync(store.SumsKey("a"));

        VerifyReply mended = await store.VerifyAsync(Repair with { Period = hour.Period });

        Assert.Equal((0, 5, true), (mended.Held, mended.HeldByHolds, mended.IsRepaired));
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", hour)).Outcome); // 5 + 5
        Assert.NotNull(await database.KeyTimeToLiveAsync(store.SumsKey("a")));
    }

    [RedisTheory]
    [InlineData("sum")]
    [InlineData("hold")]
    [InlineData("text")]
    public async Task Verify_WithAForeignValue_IsCorruptAndChangesNothing(string where)
    {
        await using RedisBudgetStore store = server.Store();
        await store.Reserve("r", Of("a", 5));
        IDatabase database = server.Connection.GetDatabase();
        RedisKey sums = store.SumsKey("a");
        await (where switch
        {
            "sum" => database.HashSetAsync(sums, "ht", "007"),
            "hold" => database.SortedSetAddAsync(store.HoldsKey("a"), "what is this", 1),
            _ => database.StringSetAsync(sums, "x"),
        });

        BudgetStoreException corrupt = await Assert.ThrowsAsync<BudgetStoreException>(async () => await store.VerifyAsync(Repair));

        Assert.Contains("(Corrupt)", corrupt.Message, StringComparison.Ordinal);
        Assert.False(corrupt.IsOutage);
        Assert.Equal(where == "hold" ? "5" : where == "sum" ? "007" : null, where == "text" ? null : (string?)await database.HashGetAsync(sums, "ht"));
    }
}
