namespace LlmCostModel.Budgets.Redis.Tests.Servers;

/// <summary>A fact about redis-server; skipped, visibly, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    internal const string Reason = "redis-server is not installed. Install the package redis-server.";

    public RedisFactAttribute() => Skip = RedisServer.Program is null ? Reason : null;
}

/// <summary>A theory about redis-server; skipped, visibly, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = RedisServer.Program is null ? RedisFactAttribute.Reason : null;
}
