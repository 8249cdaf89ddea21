using System.Text;
using LlmCostModel.Budgets.Redis.Tests.Servers;
using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets.Redis.Tests;

public sealed class EntryTests(SharedServer server) : IClassFixture<SharedServer>
{
    [SharedServerFact(garnetLacks: "streams")]
    public async Task Settle_WithAnEntry_KeepsTheFirstOneOfAnId()
    {
        await using RedisBudgetStore store = server.Store(change: options => options.MaxEntries = 100);
        await Settle(store, "r", 7, """{"id":"r"}""");
        await Settle(store, "r", 7, """{"id":"r","again":true}""");
        await Settle(store, "r", 8, """{"id":"r","other":true}""");
        await Settle(store, "s", 8, "");

        Assert.True(store.Traits.KeepsEntries);
        Assert.Equal(["""{"id":"r"}"""], await Read(store));
        Assert.Empty(await Read(store, before: TimeSpan.FromMinutes(1)));
    }

    [SharedServerFact(garnetLacks: "streams")]
    public async Task Settle_OfAHoldWithFurtherAccounts_KeepsItsEntry()
    {
        await using RedisBudgetStore store = server.Store(change: options => options.MaxEntries = 100);
        await store.Reserve("r", Of("a", 10), Of("b", 10));
        await Settle(store, "r", 7, "{}"); // names 'a' alone

        Assert.Equal(["{}"], await Read(store));
        Assert.Equal((7, 0), await store.Read("a"));
        Assert.Equal((0, 0), await store.Read("b"));
    }

    [SharedServerFact(garnetLacks: "streams")]
    public async Task ReadEntries_Many_AreInTheirOrderAndBounded()
    {
        await using RedisBudgetStore store = server.Store(change: options => options.MaxEntries = 600);
        for (int i = 0; i < 2_000; i++)
        {
            await Settle(store, $"r{i}", 1, $"{i}");
        }

        List<string> kept = await Read(store);
        Assert.InRange(kept.Count, 600, 800); // Redis drops whole nodes of about 100
        Assert.Equal(Enumerable.Range(2_000 - kept.Count, kept.Count).Select(i => $"{i}"), kept);
    }

    [SharedServerFact(garnetLacks: "streams")]
    public async Task Settle_WithoutEntriesWanted_KeepsNone()
    {
        await using RedisBudgetStore store = server.Store();
        await Settle(store, "r", 7, "{}");

        Assert.False(store.Traits.KeepsEntries);
        Assert.Empty(await Read(store));
    }

    private static async Task Settle(RedisBudgetStore store, string id, long amount, string entry) =>
        await store.SettleAsync(new SettleCommand { Id = id, Charges = new[] { Of("a", amount) }, Entry = Encoding.UTF8.GetBytes(entry) });

    private static async Task<List<string>> Read(RedisBudgetStore store, TimeSpan before = default)
    {
        List<string> lines = [];
        DateTimeOffset to = TimeProvider.System.GetUtcNow().AddSeconds(5) - before;
        await foreach (ReadOnlyMemory<byte> line in store.ReadEntriesAsync(to.AddMinutes(-before.TotalMinutes - 5), to))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
