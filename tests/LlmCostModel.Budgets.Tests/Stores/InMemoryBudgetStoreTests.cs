using LlmCostModel.Budgets.Stores;
namespace LlmCostModel.Budgets.Tests.Stores;

public sealed class InMemoryBudgetStoreTests : BudgetStoreConformance
{
    protected override ValueTask<BudgetStore> CreateAsync() => new(new InMemoryBudgetStore(clock: Clock));
}
