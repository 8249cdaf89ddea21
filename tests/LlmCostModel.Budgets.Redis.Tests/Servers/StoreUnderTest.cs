using LlmCostModel.Budgets.Redis.Tests.Servers;

namespace LlmCostModel.Budgets;

/// <content>The store of this project needs a redis-server.</content>
internal static partial class StoreUnderTest
{
    static partial void FindMissing(ref string? missing) => missing = RedisServer.Program is null ? RedisFactAttribute.Reason : null;
}
