using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Redis.Tests;

public sealed class RedisBudgetStoreTests(SharedServer server) : BudgetStoreConformance, IClassFixture<SharedServer>
{
    protected override ValueTask<BudgetStore> CreateAsync() => new(server.Store(Clock));
}
