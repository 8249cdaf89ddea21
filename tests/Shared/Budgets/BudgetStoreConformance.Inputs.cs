using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets;

/// <summary>What every store of budgets refuses, and what it takes though it looks odd.</summary>
public abstract partial class BudgetStoreConformance
{
    [StoreFact]
    public async Task Commands_ThatAreNone_AreRefusedAndChangeNothing()
    {
        await using BudgetStore store = await CreateAsync();
        long most = store.Traits.MaxAmount;
        AccountCharge[][] charges =
        [
            [Of("a", -1)],
            [Of("a", most + 1)],
            [Of("a", 1, floor: 2)],
            [Of("a", 1, floor: -1)],
            [Of("a", 1, limit: -1)],
            [Of("a", 1, limit: most + 1)],
            [Of("a", 1, limit: 1) with { MaxRollover = most }],
            [Of("a", 1) with { MaxRollover = -1 }],
            [Of("a", 1), Of("a", 2)],
            [Of("", 1)],
            [Of("a", 1) with { Period = default }],
        ];

        foreach (AccountCharge[] one in charges)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.Reserve("r", one));
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Settle("r", Of("a", -1)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Reserve("", Of("a", 1)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Reserve(new string('r', 129), Of("a", 1)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Extend("r", 0));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ReserveAsync(new ReserveCommand { Id = "r", Charges = new[] { Of("a", 1) }, TimeToLive = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ReadAsync(new ReadCommand { Accounts = new[] { Of("a", 1) }, States = default }));
        Assert.Equal((0, 0), await store.Read("a"));
        Assert.Equal(HoldState.Unknown, await store.Release("r"));
    }

    [StoreTheory]
    [InlineData("a b")]
    [InlineData("}{:*\\")]
    [InlineData("'; DROP TABLE accounts; --")]
    [InlineData("naïve-ключ-鍵-😀")]
    [InlineData("line\nbreak\0null")]
    public async Task Names_OfAnyText_AreTakenLiterally(string name)
    {
        await using BudgetStore store = await CreateAsync();

        await store.Reserve(name, Of(name, 5, limit: 5));
        await store.Reserve(name + "2", Of(name + "2", 6, limit: 6));

        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("r", Of(name, 1, limit: 5))).Outcome);
        Assert.Equal(SettleOutcome.Settled, (await store.Settle(name, Of(name, 4, limit: 5))).Outcome);
        Assert.Equal((4, 0), await store.Read(name));
        Assert.Equal((0, 6), await store.Read(name + "2"));
    }

    /// <summary>Half of a character has no bytes of its own: two such names would become one, and two users share a budget.</summary>
    [StoreFact]
    public async Task Names_ThatAreNotText_AreRefused()
    {
        await using BudgetStore store = await CreateAsync();
        const string Message = "An id or the name of an account has half of a character (a lone surrogate). It has to be text.";

        foreach (string name in (string[])["half\ud800", "\udc00half", "\ud83d\ude00\ud83d", "\ude00\ud83d"])
        {
            ArgumentException account = await Assert.ThrowsAsync<ArgumentException>(async () => await store.Reserve("r", Of(name, 1)));
            ArgumentException id = await Assert.ThrowsAsync<ArgumentException>(async () => await store.Settle(name, Of("a", 1)));
            Assert.Equal((Message, Message), (account.Message, id.Message));
        }
    }

    [StoreFact]
    public async Task Names_ThatDifferInCase_AreTwoAccounts()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r", Of("User", 5));

        Assert.Equal((0, 0), await store.Read("user"));
    }

    [StoreFact]
    public async Task Amounts_AtTheBound_AreExact()
    {
        await using BudgetStore store = await CreateAsync();
        long most = store.Traits.MaxAmount;

        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", most - 1, limit: most))).Outcome);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Of("a", 2, limit: most))).Outcome);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("s", Of("a", 1, limit: most))).Outcome);
        await store.Settle("r", Of("a", most - 2, limit: most));
        Assert.Equal((most - 2, 1), await store.Read("a"));
    }

    [StoreFact]
    public async Task Token_Cancelled_ChangesNothing()
    {
        await using BudgetStore store = await CreateAsync();
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await store.ReserveAsync(new ReserveCommand { Id = "r", Charges = new[] { Of("a", 1) }, TimeToLive = 1 }, source.Token));
        Assert.Equal((0, 0), await store.Read("a"));
    }

    [StoreFact]
    public async Task Store_Disposed_SaysSo()
    {
        BudgetStore store = await CreateAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.Reserve("r", Of("a", 1)));
        await store.DisposeAsync(); // twice is once
    }

    [StoreFact]
    public async Task Callers_AtOnce_NeverPassTheLimit()
    {
        await using BudgetStore store = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 50; i++)
            {
                string id = $"{caller}-{i}";
                if ((await store.Reserve(id, Of("a", 10, limit: 1_000), Of("b", 7))).Outcome == ReserveOutcome.Granted)
                {
                    await store.Settle(id, Of("a", 10, limit: 1_000), Of("b", 7));
                }
            }
        })));

        Assert.Equal((1_000, 0), await store.Read("a"));
        Assert.Equal((700, 0), await store.Read("b")); // 1,000 / 10 = 100 calls of the 800 that were tried, 7 each
    }

    [StoreFact]
    public async Task Callers_OfOneId_HoldOnce()
    {
        await using BudgetStore store = await CreateAsync();

        ReserveReply[] replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await store.Reserve("r", Of("a", 10, limit: 1_000)))));

        Assert.Single(replies, reply => reply.Outcome == ReserveOutcome.Granted);
        Assert.Equal(99, replies.Count(reply => reply.Outcome == ReserveOutcome.Replayed));
        Assert.Equal((0, 10), await store.Read("a"));
    }
}
