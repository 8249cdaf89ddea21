using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Says what errors of Redis mean for a store, and what to do. Never with a password: only the addresses are shown.</summary>
internal static class ServerFaults
{
    /// <summary>Codes of the server and of the scripts, the most telling first; a script has them somewhere in its text.</summary>
    private static readonly (string Code, string Reason)[] Reasons =
    [
        ("LCM-VERSION", "has keys of a newer version of this library. Update the library, or take another Prefix."),
        ("LCM-CORRUPT", "has a value that this library did not write under one of its keys (Corrupt). Nothing was counted as 0. "
            + "Find out what else writes there, and restore the keys or take another Prefix."),
        ("LCM-RANGE", "has a sum that is too large to be exact (above 4 * 10^18 units of an account). Look for a wrong amount."),
        ("WRONGTYPE", "has a value of another type under one of the store's keys (Corrupt). Nothing was counted as 0. "
            + "Find out what else writes there, and restore the keys or take another Prefix."),
        ("hash value is not an integer", "has a value that this library did not write under one of its keys (Corrupt). Nothing was counted "
            + "as 0. Find out what else writes there, and restore the keys or take another Prefix."),
        ("NOAUTH", "asks for a password, and none was given. Look at the configuration of the connection."),
        ("WRONGPASS", "refuses the password. Look at the configuration of the connection."),
        ("NOPERM", "does not allow what the store does. Allow its user the commands that the README names, on the keys of Prefix."),
        ("OOM", "is full: its memory has reached maxmemory. Give it more, or let the store remember less."),
        ("READONLY", "is a replica that takes no changes. Connect to the master; after a failover, repeat the command."),
        ("cannot be issued to a replica",
            "is a replica that takes no changes. Connect to the master; after a failover, repeat the command."),
        ("LOADING", "is loading its data after a start. Repeat the command."),
        ("BUSY", "is busy with a script of somebody else. Repeat the command."),
        ("CLUSTERDOWN", "is a cluster that is down, or does not have all of its slots. Repeat the command when it is up."),
        ("MASTERDOWN", "has lost its master. Repeat the command when there is one."),
        ("TRYAGAIN", "is moving the keys of the store to another node. Repeat the command."),
        ("MOVED", "has moved the keys of the store to another node. Repeat the command."),
        ("NOREPLICAS", "has too few replicas that follow (min-replicas-to-write). Repeat the command when they are back."),
        ("MISCONF", "cannot write to its disk, and takes no changes. Look at the disk and the log of the server."),
        ("CROSSSLOT", "sees keys of one store on several shards: something rewrites the names of keys between."),
        ("unknown command", "does not know a command that the store needs (it renamed it, or is not Redis 5 or newer)."),
    ];

    /// <summary>What is wrong with what one command touches; others have a better chance.</summary>
    private static readonly string[] OfTheCommand = ["LCM-CORRUPT", "LCM-RANGE", "WRONGTYPE", "hash value is not an integer"];

    internal static BudgetStoreException Explain(Exception failure, IConnectionMultiplexer connection) => failure switch
    {
        TimeoutException => new(
            $"{Where(connection)} did not answer within the deadline of the store. It is not known whether the command took effect: repeat "
            + "it with the same id.",
            failure),
        RedisConnectionException lost => new(
            $"{Where(connection)} is not connected ({lost.FailureType}). It is not known whether the command took effect: repeat it with "
            + "the same id, and look at the server and at the configuration of the connection.",
            failure),
        ObjectDisposedException => new($"{Where(connection)} is not connected: the connection was disposed of.", failure),
        _ => new($"{Where(connection)} {Reason(failure.Message)} (Redis: {Shorten(failure.Message)})", failure)
        {
            IsOutage = !OfTheCommand.Any(code => failure.Message.Contains(code, StringComparison.Ordinal)),
        },
    };

    internal static string Where(IConnectionMultiplexer connection) =>
        $"The Redis server of the budgets '{string.Join(", ", connection.GetEndPoints().Select(EndPointCollection.ToString))}'";

    private static string Reason(string message)
    {
        foreach ((string code, string reason) in Reasons)
        {
            if (message.Contains(code, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return "cannot carry the command out.";
    }

    /// <summary>Without what scripts add: their hash and line.</summary>
    private static string Shorten(string message)
    {
        int end = message.IndexOf(" script: ", StringComparison.Ordinal);
        return (end > 0 ? message[..end] : message).ReplaceLineEndings(" ");
    }
}
