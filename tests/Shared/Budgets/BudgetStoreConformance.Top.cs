using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets;

/// <content>Which accounts spent most, of stores that say.</content>
public abstract partial class BudgetStoreConformance
{
    [StoreFact]
    public async Task FindTop_OfAPrefix_IsInOrderOfWhatWasSpent()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r1", Of("u/1:a", 5), Of("u/1:b", 7), Of("u/1:c", 7), Of("u/1:d", 0), Of("v/1:a", 99), Of("u", 99));
        await store.Settle("r2", Of("u/1:a", 1));
        await store.Reserve("r3", Of("u/1:e", 50)); // holds, and spent nothing
        if (!store.Traits.ListsAccounts)
        {
            await Assert.ThrowsAsync<NotSupportedException>(async () => await Top(store, "u/", 3));
            return;
        }

        Assert.Equal(["u/1:b", "u/1:c", "u/1:a"], await Top(store, "u/", 10)); // 7, 7 and 5 + 1
        Assert.Equal(["u/1:b", "u/1:c"], await Top(store, "u/", 2));
        Assert.Empty(await Top(store, "w/", 2));
        Assert.Equal(["u", "u/1:b", "u/1:c", "u/1:a"], await Top(store, "u", 9));
    }

    [StoreFact]
    public async Task FindTop_OfAWindow_CountsThatWindowAlone()
    {
        await using BudgetStore store = await CreateAsync();
        if (!store.Traits.ListsAccounts)
        {
            await Assert.ThrowsAsync<NotSupportedException>(async () => await Top(store, "u/", 1, HourOf(Start)));
            return;
        }

        await store.Settle("r1", Of("u/1:a", 5, period: HourOf(Start)));
        Clock.Advance(TimeSpan.FromHours(1));
        await store.Settle("r2", Of("u/1:b", 3, period: HourOf(Start + Hour)));

        Assert.Equal(["u/1:b"], await Top(store, "u/", 10, HourOf(Start + Hour)));
        Assert.Equal(["u/1:b"], await Top(store, "u/", 10, HourOf(Start))); // the store is in the second of its two windows
        Clock.Advance(TimeSpan.FromHours(2));
        TopReply stale = await store.FindTopAsync(new TopCommand { Prefix = "u/", Period = HourOf(Start), Count = 10 });
        Assert.True(stale.IsStale);
        Assert.Empty(stale.Accounts);
    }

    [StoreFact]
    public async Task FindTop_OfARollingWindow_AddsItsBuckets()
    {
        await using BudgetStore store = await CreateAsync();
        if (!store.Traits.ListsAccounts)
        {
            await Assert.ThrowsAsync<NotSupportedException>(async () => await Top(store, "u/", 1, HourOf(Start)));
            return;
        }

        AccountPeriod rolling = AccountPeriod.Rolling(Hour, 3, Start);
        await store.Settle("r1", Of("u/1:a", 5, period: rolling));
        await store.Settle("r2", Of("u/1:b", 6, period: rolling));
        Clock.Advance(TimeSpan.FromHours(1));
        await store.Settle("r3", Of("u/1:a", 2, period: rolling)); // 5 + 2 = 7

        Assert.Equal(["u/1:a", "u/1:b"], await Top(store, "u/", 10, rolling));
        Clock.Advance(TimeSpan.FromHours(3)); // the first bucket is older than the window
        Assert.Equal(["u/1:a"], await Top(store, "u/", 10, rolling));
    }

    /// <summary>Signs that mean something in patterns and keys, and names that are longer than keys.</summary>
    [StoreFact]
    public async Task FindTop_OfOddAndLongNames_FindsThemAsTheyAre()
    {
        await using BudgetStore store = await CreateAsync();
        if (!store.Traits.ListsAccounts)
        {
            await Assert.ThrowsAsync<NotSupportedException>(async () => await Top(store, "u/", 1));
            return;
        }

        string[] names = ["u/*", "u/%2A", "u/[a-z]?", "u/{x}:\\ \0", "u/ü\U0001F600", $"u/{new string('n', 300)}", $"u/{new string('語', 90)}"];
        for (int i = 0; i < names.Length; i++)
        {
            AccountCharge rolling = Of(names[i], 1, period: AccountPeriod.Rolling(Hour, 3, Start));
            await store.Reserve($"r{i}", Of(names[i], 10 - i), rolling with { Account = $"v{names[i]}", Limit = 100 });
            await store.Settle($"r{i}", Of(names[i], 10 - i), rolling with { Account = $"v{names[i]}", Amount = i + 1 });
        }

        AccountPeriod window = AccountPeriod.Rolling(Hour, 3, Start);
        Assert.Equal(names, await Top(store, "u/", 10)); // 10, 9, ...
        Assert.Equal(names.Reverse().Select(name => $"v{name}"), await Top(store, "vu/", 10, window)); // 7, 6, ...
        Assert.Equal(["u/*"], await Top(store, "u/*", 10));
        Assert.Equal([names[5]], await Top(store, $"u/{new string('n', 200)}", 10));
        Assert.Equal(7, (await store.Read(Of($"v{names[6]}", 0, period: window))).Settled);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Of($"v{names[6]}", 5, limit: 11, period: window))).Outcome); // 7 + 5
    }

    [StoreTheory]
    [InlineData("", 1)]
    [InlineData("u", 0)]
    [InlineData("u", 10_001)]
    public async Task FindTop_OfWhatNoStoreCanFind_IsRefused(string prefix, int count)
    {
        await using BudgetStore store = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await Top(store, prefix, count));
    }

    private static async Task<string[]> Top(BudgetStore store, string prefix, int count, AccountPeriod? period = null)
    {
        TopCommand command = new() { Prefix = prefix, Period = period ?? AccountPeriod.Always, Count = count };
        TopReply reply = await store.FindTopAsync(command);
        Assert.False(reply.IsStale);
        return [.. reply.Accounts];
    }
}
