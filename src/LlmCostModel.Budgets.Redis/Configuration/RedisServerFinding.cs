namespace LlmCostModel.Budgets;

/// <summary>Something about a server that can cost what it acknowledged.</summary>
/// <param name="Risk">What it is.</param>
/// <param name="Server">The address of the server.</param>
/// <param name="Message">What can be lost, and what to do.</param>
public sealed record RedisServerFinding(RedisServerRisk Risk, string Server, string Message);
