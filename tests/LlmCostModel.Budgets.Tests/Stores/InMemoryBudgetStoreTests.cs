using LlmCostModel.Budgets.InMemory;
using LlmCostModel.Budgets.Stores;
namespace LlmCostModel.Budgets.Tests.Stores;

public sealed class InMemoryBudgetStoreTests : BudgetStoreConformance
{
    protected override ValueTask<BudgetStore> CreateAsync() => new(new InMemoryBudgetStore(clock: Clock));

    protected override Task DamageAsync(BudgetStore store, string account, long start, long settled, long held)
    {
        Account damaged = ((InMemoryBudgetStore)store).Find(account)!;
        damaged.Find(start)!.Settled += settled;
        damaged.Correct(damaged.Find(start)!, held);
        return Task.CompletedTask;
    }
}
