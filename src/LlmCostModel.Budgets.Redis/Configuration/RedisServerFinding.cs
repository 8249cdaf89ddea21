namespace LlmCostModel.Budgets;

/// <summary>Something about a server that can cost what it acknowledged.</summary>
public sealed class RedisServerFinding
{
    internal RedisServerFinding(RedisServerRisk risk, string server, string message) => (Risk, Server, Message) = (risk, server, message);

    /// <summary>Gets what it is.</summary>
    public RedisServerRisk Risk { get; }

    /// <summary>Gets the address of the server.</summary>
    public string Server { get; }

    /// <summary>Gets what can be lost, and what to do.</summary>
    public string Message { get; }

    /// <summary>Shows the server and what can be lost.</summary>
    /// <returns>A sentence or more.</returns>
    public override string ToString() => $"{Server}: {Message}";
}
