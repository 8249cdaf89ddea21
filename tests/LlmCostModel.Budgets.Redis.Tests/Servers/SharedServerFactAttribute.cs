namespace LlmCostModel.Budgets.Redis.Tests.Servers;

/// <summary>A fact about the server that many tests share; skipped, visibly, where it is Garnet and lacks what the test
/// needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedServerFactAttribute : FactAttribute
{
    public SharedServerFactAttribute(string? garnetLacks = null) =>
        Skip = garnetLacks is null || RedisServer.Program is not null ? null : $"Garnet lacks {garnetLacks}, and {RedisFactAttribute.Reason}";
}
