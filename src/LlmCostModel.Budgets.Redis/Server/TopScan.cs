using System.Collections.Immutable;
using LlmCostModel.Budgets.Redis.Commands;
using LlmCostModel.Budgets.Stores;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Server;

/// <summary>Finds the accounts that spent most, without anything that reserving or settling would have to keep for it: it goes over all
/// keys of the server, in steps between which the server does what others want.</summary>
internal sealed class TopScan(IConnectionMultiplexer connection, StoreKeys keys, TimeSpan deadline)
{
    /// <summary>About how many keys the server looks at in a step: few enough that nobody has to wait long.</summary>
    private const int KeysAtOnce = 1_000;

    private const string Begin = "0";
    private readonly IDatabase _database = connection.GetDatabase();

    /// <param name="command">Which accounts, and how many.</param>
    /// <param name="window">The window that is running.</param>
    /// <param name="cancellationToken">Stops between two steps, and waiting for one.</param>
    /// <exception cref="BudgetStoreException">The server cannot answer, or a step not in time.</exception>
    internal async Task<ImmutableArray<string>> FindAsync(TopCommand command, AccountPeriod window, CancellationToken cancellationToken)
    {
        WindowSums sums = new(command.Period, window);
        Leaders top = new(command.Count);
        string cursor = Begin;
        do
        {
            cursor = await ServerWait.ForAsync(
                () => StepAsync(cursor, command.Prefix, sums, top), connection, deadline, cancellationToken).ConfigureAwait(false);
        }
        while (cursor != Begin);

        return top.Names;
    }

    /// <returns>Where the next step begins.</returns>
    private async Task<string> StepAsync(string cursor, string prefix, WindowSums sums, Leaders top)
    {
        // The pattern is given as a key: its hash tag leads to the node that has the store.
        RedisResult[] page = (RedisResult[])(await _database.ExecuteAsync(
            "SCAN", [cursor, "MATCH", (RedisKey)keys.AnySums, "COUNT", KeysAtOnce], CommandFlags.DemandMaster).ConfigureAwait(false))!;
        List<Task<(string? Name, Int128 Spent)>> reads = [];
        foreach (string key in (string[])page[1]!)
        {
            string? name = keys.NameOf(key);
            if (name is null || name.StartsWith(prefix, StringComparison.Ordinal))
            {
                reads.Add(ReadAsync(key, name, sums));
            }
        }

        foreach ((string? name, Int128 spent) in await Task.WhenAll(reads).ConfigureAwait(false))
        {
            if (name?.StartsWith(prefix, StringComparison.Ordinal) == true)
            {
                top.Add(name, spent);
            }
        }

        return (string)page[0]!;
    }

    private async Task<(string? Name, Int128 Spent)> ReadAsync(string key, string? name, WindowSums sums)
    {
        HashEntry[] fields;
        if (sums.Fields is { } wanted)
        {
            RedisValue[] values = await _database.HashGetAsync(key, wanted, CommandFlags.DemandMaster).ConfigureAwait(false);
            fields = [.. wanted.Zip(values, (field, value) => new HashEntry(field, value))];
        }
        else
        {
            fields = await _database.HashGetAllAsync(key, CommandFlags.DemandMaster).ConfigureAwait(false);
        }

        return (name ?? WindowSums.NameIn(fields), sums.Spent(fields));
    }
}
