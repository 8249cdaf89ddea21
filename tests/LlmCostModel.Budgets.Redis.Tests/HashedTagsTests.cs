using LlmCostModel.Budgets.Redis.Tests.Servers;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Tests;

/// <summary>Whether a value of a tag is on the server.</summary>
public sealed class HashedTagsTests(SharedServer server) : IClassFixture<SharedServer>
{
    [SharedServerFact(garnetLacks: "streams")]
    public async Task Server_WithHashedTags_HasNoValueOfOne() => Assert.DoesNotContain(await WalkAsync(hashes: true), IsTheCanary);

    [SharedServerFact(garnetLacks: "streams")]
    public async Task Server_WithoutHashedTags_HasThem() => Assert.Contains(await WalkAsync(hashes: false), IsTheCanary);

    private static bool IsTheCanary((string Canary, string Text) found) =>
        found.Text.Contains(found.Canary, StringComparison.Ordinal) || Uri.UnescapeDataString(found.Text).Contains(found.Canary, StringComparison.Ordinal);

    /// <summary>All that the server has, keys and values, and what was said meanwhile, each beside the name that is looked for.</summary>
    private async Task<List<(string Canary, string Text)>> WalkAsync(bool hashes)
    {
        RedisBudgetStoreOptions options = server.Options();
        options.MaxEntries = 100;
        await using RedisBudgetStore store = new(server.Connection, options);
        using CanaryTrail trail = new();
        await trail.WalkAsync(store, hashes);
        List<string> texts = [.. hashes ? trail.Said : []];
        Assert.Equal(hashes, texts.Count > 0);
        int keys = 0;
        IServer only = server.Connection.GetServers()[0];
        IDatabase database = server.Connection.GetDatabase();
        await foreach (RedisKey key in only.KeysAsync(pattern: $"{options.Prefix}:*"))
        {
            keys++;
            texts.Add($"{key}");
            texts.AddRange(await ValuesAsync(database, key));
        }

        Assert.True(keys >= 8, $"There are {keys} keys."); // the head, the log, calls, and two of each account
        Assert.DoesNotContain(texts, text => text.Contains(CanaryTrail.Secret, StringComparison.Ordinal));
        return [.. texts.Select(text => (trail.Canary, text))];
    }

    private static async Task<IEnumerable<string>> ValuesAsync(IDatabase database, RedisKey key) => await database.KeyTypeAsync(key) switch
    {
        RedisType.String => [$"{await database.StringGetAsync(key)}"],
        RedisType.Hash => (await database.HashGetAllAsync(key)).Select(field => $"{field.Name} {field.Value}"),
        RedisType.SortedSet => (await database.SortedSetRangeByRankAsync(key)).Select(member => $"{member}"),
        RedisType.Stream => (await database.StreamRangeAsync(key)).SelectMany(entry => entry.Values).Select(value => $"{value.Name} {value.Value}"),
        var other => throw new InvalidOperationException($"The store has a key of the type {other}."),
    };
}
