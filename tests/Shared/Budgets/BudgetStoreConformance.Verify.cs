using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets;

/// <content>Whether what is counted is what the single holds and calls say.</content>
public abstract partial class BudgetStoreConformance
{
    [StoreFact]
    public async Task Verify_AfterEveryKindOfEnd_IsRight()
    {
        await using BudgetStore store = await CreateAsync();
        foreach (string id in new[] { "settled", "released", "charged", "abandoned", "late" })
        {
            await store.Reserve(id, Of("a", 10, floor: 3), Of("b", 1));
        }

        await store.Settle("settled", Of("a", 7));
        await store.Release("released");
        await store.Release("charged", floor: true);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await store.Read("a"); // gives back the other two
        await store.Settle("late", Of("a", 4));
        await store.Settle("unreserved", Of("a", 50));
        await store.SettleAsync(new SettleCommand { Id = "refund", Charges = new[] { Of("a", -20) }, IsCorrection = true });
        await store.Reserve("open", Of("a", 6));

        VerifyReply reply = await Verify(store, "a");

        Assert.True(reply.IsRight);
        Assert.Equal((47, 6, 6, 0), (reply.Settled, reply.Held, reply.HeldByHolds, reply.WrongWindows)); // 7 + 3 + 3 + 4 + 50 - 20
        Assert.Equal(KnowsSettled ? 47 : null, reply.SettledByCalls);
        Assert.Equal((47, 6), await store.Read("a"));
    }

    [StoreFact]
    public async Task Verify_AHoldPastItsDeadline_IsHeldUntilItIsGivenBack()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 10, floor: 3));
        Clock.Advance(TimeSpan.FromMinutes(2));

        VerifyReply before = await Verify(store, "a", repairs: true);
        Assert.Equal((3, 0), await store.Read("a"));
        VerifyReply after = await Verify(store, "a");

        Assert.Equal((0, 10, 10, true), (before.Settled, before.Held, before.HeldByHolds, before.IsRight));
        Assert.Equal((3, 0, 0, true), (after.Settled, after.Held, after.HeldByHolds, after.IsRight));
        Assert.Equal(before.Stamp.Sequence + 1, after.Stamp.Sequence); // that of the hold which was given back
    }

    [StoreTheory]
    [InlineData(25)]
    [InlineData(-30)]
    public async Task Verify_HeldWrong_IsSaidAndMendedOnRequest(long by)
    {
        await using BudgetStore store = await CreateAsync();
        AccountCharge hour = Of("a", 30, limit: 100, period: HourOf(Start));
        await store.Reserve("r1", hour);
        await store.Reserve("r2", hour with { Amount = 12 });
        await DamageAsync(store, "a", Start, 0, by);

        VerifyReply said = await Verify(store, "a", HourOf(Start));
        AccountState left = await store.Read(hour);
        VerifyReply mended = await Verify(store, "a", HourOf(Start), repairs: true);
        AccountState state = await store.Read(hour);
        VerifyReply again = await Verify(store, "a", HourOf(Start), repairs: true);

        Assert.Equal((42 + by, 42, 1, false, false), (said.Held, said.HeldByHolds, said.WrongWindows, said.IsRight, said.IsRepaired));
        Assert.Equal(42 + by, left.Held);
        Assert.Equal((42 + by, 42, 1, false, true), (mended.Held, mended.HeldByHolds, mended.WrongWindows, mended.IsRight, mended.IsRepaired));
        Assert.Equal((0, 42), (state.Settled, state.Held)); // 30 + 12
        Assert.Equal((42, 0, true, false), (again.Held, again.WrongWindows, again.IsRight, again.IsRepaired));
        Assert.Equal(said.Stamp.Sequence + 1, mended.Stamp.Sequence); // a repair is a change
        Assert.Equal(mended.Stamp.Sequence, again.Stamp.Sequence);
        await store.Settle("r1", hour);
        await store.Release("r2");
        Assert.Equal((30, 0), ((await store.Read(hour)).Settled, (await store.Read(hour)).Held));
    }

    /// <summary>A rolling window can be right in its sum and wrong in its buckets.</summary>
    [StoreFact]
    public async Task Verify_BucketsThatMakeUpForOneAnother_AreFoundAndMended()
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod rolling = AccountPeriod.Rolling(60_000, 10, Start);
        await store.ReserveAsync(new ReserveCommand { Id = "r1", Charges = new[] { Of("a", 8, period: rolling) }, TimeToLive = 10 * Hour });
        Clock.Advance(TimeSpan.FromMinutes(1));
        await store.ReserveAsync(new ReserveCommand { Id = "r2", Charges = new[] { Of("a", 5, period: rolling) }, TimeToLive = 10 * Hour });
        await store.Settle("r3", Of("a", 4, period: rolling));
        await DamageAsync(store, "a", Start, 0, -6);
        await DamageAsync(store, "a", Start + 60_000, 0, 6);

        VerifyReply said = await Verify(store, "a", rolling, repairs: true);
        VerifyReply mended = await Verify(store, "a", rolling);

        Assert.Equal((4, 13, 13, 2, true), (said.Settled, said.Held, said.HeldByHolds, said.WrongWindows, said.IsRepaired)); // 8 + 5
        Assert.False(said.IsRight);
        Assert.Equal((4, 13, 13, 0, true), (mended.Settled, mended.Held, mended.HeldByHolds, mended.WrongWindows, mended.IsRight));
        Assert.Equal(KnowsSettled ? 4 : null, mended.SettledByCalls);
        Clock.Advance(TimeSpan.FromMinutes(20)); // holds that are older than the window hold
        await DamageAsync(store, "a", Start, 0, 9);
        Assert.Equal((22, 13, 1), (await Verify(store, "a", rolling)) is var old ? (old.Held, old.HeldByHolds, old.WrongWindows) : default);
        Assert.True((await Verify(store, "a", rolling, repairs: true)).IsRepaired);
        await store.Release("r1");
        await store.Release("r2");
        Assert.Equal(0, (await store.Read(Of("a", 0, period: rolling))).Held);
    }

    [StoreFact]
    public async Task Verify_SpentWrong_IsSaidWhereItIsKnownAndLeft()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r1", Of("a", 30));
        await store.Settle("r1", Of("a", 20));
        await DamageAsync(store, "a", long.MinValue, -5, 0);

        VerifyReply said = await Verify(store, "a", repairs: true);

        Assert.Equal((15, KnowsSettled ? 20 : null), (said.Settled, said.SettledByCalls));
        Assert.Equal((!KnowsSettled, false), (said.IsRight, said.IsRepaired));
        Assert.Equal((15, 0), await store.Read("a"));
    }

    /// <summary>Ids are known for an hour here. What spent nothing need not be known.</summary>
    [StoreFact]
    public async Task Verify_OnceACallIsForgotten_SpentIsNotKnown()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r1", Of("a", 20));
        await store.Settle("r2", Of("b", 0));
        Clock.Advance(TimeSpan.FromHours(2));
        AccountCharge later = Of("c", 7, period: HourOf(Start + (2 * Hour)));
        await store.Settle("r3", Of("b", 1), later);
        await store.Settle("r4", Of("b", 1));

        VerifyReply forgotten = await Verify(store, "a"), known = await Verify(store, "c", later.Period);

        Assert.Equal((20, null, true), (forgotten.Settled, forgotten.SettledByCalls, forgotten.IsRight));
        Assert.Equal((7, KnowsSettled ? 7 : null, true), (known.Settled, known.SettledByCalls, known.IsRight));
    }

    [StoreFact]
    public async Task Verify_OfNothing_IsNothing()
    {
        await using BudgetStore store = await CreateAsync();

        VerifyReply reply = await Verify(store, "nobody", repairs: true);
        VerifyReply stale = await store.VerifyAsync(new VerifyCommand { Account = "a", Period = HourOf(Start - (5 * Hour)), RepairsHeld = true });

        Assert.Equal((0, 0, 0, true), (reply.Settled, reply.Held, reply.HeldByHolds, reply.IsRight));
        Assert.True(stale.IsStale);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Verify(store, ""));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Verify(store, "\ud800"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Verify(store, "a", default(AccountPeriod)));
    }

    [StoreFact]
    public async Task Verify_OfBudgets_CountsAsTheyDo()
    {
        await using BudgetStore store = await CreateAsync();
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        options.Budgets["team"] = new() { Unit = BudgetUnit.Calls, Window = BudgetWindow.Total, Per = { "team" } };
        await using BudgetLedger ledger = new(store, options, Clock);
        Dictionary<string, string> tags = new() { ["user"] = "ann", ["team"] = "a/b:\u00e9" };
        await using BudgetLease open = await ledger.ReserveAsync(new() { Tags = tags, Ceiling = new Money(0.5m, "USD") });
        await using BudgetLease settled = await ledger.ReserveAsync(new() { Tags = tags, Ceiling = new Money(1m, "USD") });
        await settled.SettleAsync(new Money(0.25m, "USD"));

        BudgetRecount[] recounts = [.. await ledger.VerifyAsync(tags)];

        Assert.Equal(["user-day", "team"], recounts.Select(recount => recount.Budget));
        Assert.Equal((0.25m, 0.5m, 0.5m), (recounts[0].Spent, recounts[0].Held, recounts[0].HeldByLeases));
        Assert.Equal((1m, 1m, 1m), (recounts[1].Spent, recounts[1].Held, recounts[1].HeldByLeases));
        Assert.All(recounts, recount => Assert.True(recount.IsRight));
        Assert.Equal(KnowsSettled ? [0.25m, 1m] : [null, null], recounts.Select(recount => recount.SpentByCalls));
        Assert.Equal("team", Assert.Single(await ledger.VerifyAsync(new Dictionary<string, string> { ["team"] = "x" })).Budget);
    }

    private static async Task<VerifyReply> Verify(BudgetStore store, string account, AccountPeriod? period = null, bool repairs = false)
    {
        VerifyReply reply = await store.VerifyAsync(
            new VerifyCommand { Account = account, Period = period ?? AccountPeriod.Always, RepairsHeld = repairs });
        Assert.False(reply.IsStale);
        return reply;
    }
}
