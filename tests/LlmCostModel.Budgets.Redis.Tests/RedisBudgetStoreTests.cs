using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Tests;

public sealed class RedisBudgetStoreTests(SharedServer server) : BudgetStoreConformance, IClassFixture<SharedServer>
{
    /// <summary>Of a settled call the server keeps that it was, and not what it spent.</summary>
    protected override bool KnowsSettled => false;

    protected override ValueTask<BudgetStore> CreateAsync() => new(server.Store(Clock));

    protected override async Task DamageAsync(BudgetStore store, string account, long start, long settled, long held)
    {
        string window = start == long.MinValue ? "t" : $"{start}";
        RedisKey sums = ((RedisBudgetStore)store).SumsKey(account);
        await server.Connection.GetDatabase().HashIncrementAsync(sums, $"s{window}", settled);
        await server.Connection.GetDatabase().HashIncrementAsync(sums, $"h{window}", held);
    }
}
