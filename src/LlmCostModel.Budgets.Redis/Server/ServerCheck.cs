using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Asks servers whether they may lose what they acknowledge.</summary>
internal static class ServerCheck
{
    /// <summary>Looks at the masters; at replicas only where there is no master.</summary>
    /// <exception cref="RedisException">No server can be asked.</exception>
    internal static async Task<IReadOnlyList<RedisServerFinding>> FindAsync(IConnectionMultiplexer connection)
    {
        IServer[] servers = [.. connection.GetEndPoints().Select(place => connection.GetServer(place)).Where(server => server.IsConnected)];
        if (servers.Length == 0)
        {
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "No server is connected.");
        }

        IServer[] masters = [.. servers.Where(server => !server.IsReplica)];
        List<RedisServerFinding> findings = [];
        foreach (IServer server in masters.Length > 0 ? masters : servers)
        {
            findings.AddRange(await FindAsync(server).ConfigureAwait(false));
        }

        return findings;
    }

    private static async Task<List<RedisServerFinding>> FindAsync(IServer server)
    {
        string place = EndPointCollection.ToString(server.EndPoint);
        Dictionary<string, string> says;
        try
        {
            says = Parse((string?)await server.ExecuteAsync("INFO").ConfigureAwait(false) ?? "");
        }
        catch (Exception refused) when (refused is RedisServerException or RedisCommandException)
        {
            return [new(RedisServerRisk.Unknown, place, $"It does not answer INFO ({refused.Message}), so nobody knows what it can lose.")];
        }

        List<RedisServerFinding> findings = [];
        if (says.GetValueOrDefault("role") is { } role && role != "master")
        {
            findings.Add(new(
                RedisServerRisk.Replica, place, "It is a replica: it takes no changes, and lags behind. Connect to the master."));
        }

        if (!says.TryGetValue("maxmemory_policy", out string? policy))
        {
            findings.Add(new(RedisServerRisk.Unknown, place, "It does not say maxmemory_policy, so it may drop counts when it is full."));
        }
        else if (policy != "noeviction")
        {
            findings.Add(new(
                RedisServerRisk.Eviction, place,
                $"Its maxmemory-policy is {policy}: when it is full, it drops the counts of budgets that are quiet, and they start again "
                + "at 0. Set noeviction; then calls are refused instead."));
        }

        if (says.GetValueOrDefault("aof_enabled") != "1")
        {
            findings.Add(new(
                RedisServerRisk.NoAppendOnlyFile, place,
                "It has no append-only file: a restart takes budgets back to its last snapshot, or to 0. Set appendonly yes; with "
                + "appendfsync everysec a loss of power costs about the last second, with always nothing."));
        }

        return findings;
    }

    private static Dictionary<string, string> Parse(string info)
    {
        Dictionary<string, string> says = [];
        foreach (string line in info.Split('\n', StringSplitOptions.TrimEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                says[line[..colon]] = line[(colon + 1)..];
            }
        }

        return says;
    }
}
