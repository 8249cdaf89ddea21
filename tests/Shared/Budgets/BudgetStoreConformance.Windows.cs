using LlmCostModel.Budgets.Stores;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets;

/// <summary>What every store of budgets does as time passes.</summary>
public abstract partial class BudgetStoreConformance
{
    private const long Minute = 60_000;

    [StoreFact]
    public async Task Window_ThatEnds_LeavesTheNextOneAlone()
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod hours = HourOf(Start);
        await store.Reserve("r", Of("a", 60, limit: 100, period: hours));
        await store.Settle("r", Of("a", 50, limit: 100, period: hours));

        Advance(Hour); // the caller still believes that it is the first hour

        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("s", Of("a", 100, limit: 100, period: hours))).Outcome);
        Assert.Equal((0, 100, Start + (2 * Hour)), await Window(store, hours));
    }

    [StoreFact]
    public async Task Window_Stale_IsRefusedWithTheStoresTime()
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod hours = HourOf(Start);

        Advance(2 * Hour);
        ReserveReply reply = await store.Reserve("r", Of("b", 1), Of("a", 60, limit: 100, period: hours));

        Assert.Equal((ReserveOutcome.StaleWindow, 1, Start + (2 * Hour)), (reply.Outcome, reply.Account, reply.Stamp.Now));
        Assert.Equal((0, 0), await store.Read("b"));
        Assert.Equal(SettleOutcome.StaleWindow, (await store.Settle("r", Of("a", 60, period: hours))).Outcome);
        Assert.True((await store.ReadAsync(new ReadCommand { Accounts = new[] { Of("a", 0, period: hours) }, States = new AccountState[1] })).IsStale);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", 60, limit: 100, period: HourOf(reply.Stamp.Now)))).Outcome);
    }

    [StoreFact]
    public async Task Settle_AfterTheWindowEnded_ChargesTheWindowThatAdmitted()
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod first = HourOf(Start);
        await store.ReserveAsync(new ReserveCommand { Id = "r", Charges = new[] { Of("a", 60, limit: 100, period: first) }, TimeToLive = 3 * Hour });

        Advance(2 * Hour);
        Assert.Equal(SettleRemarks.None, (await store.Settle("r", Of("a", 55, limit: 100, period: HourOf(Start + (2 * Hour))))).Remarks);

        Assert.Equal((0, 0, Start + (3 * Hour)), await Window(store, HourOf(Start + (2 * Hour))));
        Assert.Equal((55, 0, Start + Hour), await Window(store, first.Chosen()));
    }

    [StoreFact]
    public async Task Settle_OfAChosenWindow_ChargesIt()
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod yesterday = HourOf(Start - (24 * Hour));

        await store.Settle("r", Of("a", 7, period: yesterday.Chosen()));

        Assert.Equal((7, 0, Start - (23 * Hour)), await Window(store, yesterday.Chosen()));
        Assert.Equal((0, 0, Start + Hour), await Window(store, HourOf(Start)));
    }

    [StoreFact]
    public async Task Clock_SteppedBack_CountsInTheWindowThatItIsIn()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r", Of("a", 90, limit: 100, period: HourOf(Start)));
        Advance(Hour);
        await store.Settle("s", Of("a", 80, limit: 100, period: HourOf(Start + Hour)));
        Clock.AdjustTime(DateTimeOffset.FromUnixTimeMilliseconds(Start + Minute));

        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("t", Of("a", 11, limit: 100, period: HourOf(Start)))).Outcome); // 90 + 11 = 101
        Clock.AdjustTime(DateTimeOffset.FromUnixTimeMilliseconds(Start + Hour));
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("u", Of("a", 21, limit: 100, period: HourOf(Start + Hour)))).Outcome); // 80 + 21
    }

    [StoreFact]
    public async Task Rollover_AddsWhatTheWindowBeforeLeft_AndNoMoreThanAllowed()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r", Of("a", 70, limit: 100, period: HourOf(Start)));
        await store.ReserveAsync(new ReserveCommand { Id = "h", Charges = new[] { Of("a", 5, limit: 100, period: HourOf(Start)) }, TimeToLive = 5 * Hour });
        Advance(Hour);
        AccountCharge Next(long amount, long rollover) => Of("a", amount, limit: 100, period: HourOf(Start + Hour)) with { MaxRollover = rollover };

        Assert.Equal(125, (await store.Read(Next(0, 100))).Limit); // 100 + (100 - 70 - 5)
        Assert.Equal(110, (await store.Read(Next(0, 10))).Limit);
        Assert.Equal(100, (await store.Read(Next(0, 0))).Limit);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Next(126, 100))).Outcome);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("t", Next(125, 100))).Outcome);
    }

    [StoreFact]
    public async Task Rolling_OldestBucket_CountsUntilAllOfItIsTooOld()
    {
        await using BudgetStore store = await CreateAsync();
        AccountCharge Of60(long amount) => Of("a", amount, limit: 100, period: AccountPeriod.Rolling(Minute, 60, Start));
        await store.Settle("r", Of60(80)); // at 10:00:00, in the bucket of 10:00

        Advance(Hour); // the bucket of 10:00 is partly within the last hour until 11:01
        ReserveReply reply = await store.Reserve("s", Of60(21));
        Assert.Equal((ReserveOutcome.Denied, 20, Start + (61 * Minute)), (reply.Outcome, reply.State.Remaining, reply.State.End));

        Advance(Minute - 1);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Of60(21))).Outcome);
        Advance(1);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("s", Of60(100))).Outcome);
    }

    [StoreFact]
    public async Task Rolling_HoldOlderThanTheWindow_StillHolds()
    {
        await using BudgetStore store = await CreateAsync();
        AccountCharge Of2(long amount) => Of("a", amount, limit: 100, period: AccountPeriod.Rolling(Minute, 2, Start));
        await store.ReserveAsync(new ReserveCommand { Id = "r", Charges = new[] { Of2(60) }, TimeToLive = Hour });

        Advance(10 * Minute);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Of2(41))).Outcome);
        Assert.Equal(60, (await store.Read(Of2(0))).Held);
    }

    [StoreFact]
    public async Task Deadline_Over_ChargesTheFloorAndGivesTheRestBack()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 100, floor: 7), Of("b", 1));

        Advance(Minute - 1);
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Of("a", 41, limit: 100))).Outcome);
        Advance(1);
        Assert.Equal((7, 0), await store.Read("a"));

        SettleReply late = await store.Settle("r", Of("a", 30, limit: 100), Of("b", 1));
        Assert.Equal((SettleOutcome.Settled, SettleRemarks.Late), (late.Outcome, late.Remarks));
        Assert.Equal((30, 0), await store.Read("a")); // the floor is inside
        Assert.Equal((1, 0), await store.Read("b"));
    }

    [StoreFact]
    public async Task Deadline_OverButNotGivenBack_SettlesAsUsual()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 100));

        Advance(5 * Minute);

        Assert.Equal(SettleRemarks.None, (await store.Settle("r", Of("a", 30, limit: 100))).Remarks);
        Assert.Equal((30, 0), await store.Read("a"));
    }

    /// <summary>Which accounts somebody used since the deadline must not show: a budget and a run of the same calls would differ.</summary>
    [StoreTheory]
    [InlineData(false, 0)]
    [InlineData(true, 7)]
    public async Task Deadline_OverInOneAccount_ReleaseEndsAlikeInAll(bool floor, long spent)
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod hour = HourOf(Start);
        await store.Reserve("r", Of("a", 60, floor: 7), Of("b", 60, floor: 7), Of("c", 60, floor: 7, period: hour));
        Advance(Minute);
        Assert.Equal((7, 0), await store.Read("a"));
        Assert.Equal((7, 0, Start + Hour), await Window(store, hour, "c"));

        Assert.Equal(HoldState.Abandoned, await store.Release("r", floor));

        Assert.Equal((spent, 0), await store.Read("a"));
        Assert.Equal((spent, 0), await store.Read("b"));
        Assert.Equal((spent, 0, Start + Hour), await Window(store, hour, "c"));
        Assert.Equal(SettleRemarks.Late, (await store.Settle("r", Of("a", 9), Of("b", 9), Of("c", 9, period: hour))).Remarks);
        Assert.Equal((9, 0), await store.Read("a"));
        Assert.Equal((9, 0), await store.Read("b"));
        Assert.Equal((9, 0, Start + Hour), await Window(store, hour, "c"));
    }

    [StoreFact]
    public async Task Deadline_OfMany_EveryCommandGivesEightBack()
    {
        await using BudgetStore store = await CreateAsync();
        for (int i = 0; i < 20; i++)
        {
            await store.Reserve($"r{i:00}", Of("a", 5, limit: 100, floor: 1));
        }

        Advance(Minute);

        Assert.Equal((8, 60), await store.Read("a"));
        Assert.Equal((16, 20), await store.Read("a"));
        Assert.Equal(SettleRemarks.Late, (await store.Settle("r15", Of("a", 1))).Remarks); // the sixteenth in order
        Assert.Equal(SettleRemarks.None, (await store.Settle("r16", Of("a", 1))).Remarks);
        Assert.Equal((20, 0), await store.Read("a"));
    }

    [StoreFact]
    public async Task Extend_Held_MovesTheDeadlineBackOnly()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60));
        Advance(Minute / 2);

        Assert.Equal(HoldState.Held, await store.Extend("r", Minute)); // until 1.5 minutes after the start
        Assert.Equal(HoldState.Held, await store.Extend("r", 1));
        Advance(Minute - 1);
        Assert.Equal((0, 60), await store.Read("a"));
        Advance(1);
        Assert.Equal((0, 0), await store.Read("a"));
        Assert.Equal(HoldState.Abandoned, await store.Extend("r", Minute));
        Assert.Equal(HoldState.Unknown, await store.Extend("unknown", Minute));
    }

    [StoreFact]
    public async Task Ids_AreKnownForTheRetention_AndForgottenSomeTimeAfterIt()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r", Of("a", 7));

        Advance(Hour - 1);
        Assert.Equal(SettleOutcome.Replayed, (await store.Settle("r", Of("a", 7))).Outcome);
        Advance(2 * Hour);
        await store.Settle("s", Of("a", 1));
        Assert.Equal(SettleOutcome.Settled, (await store.Settle("r", Of("a", 7))).Outcome);
    }

    protected void Advance(long milliseconds) => Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static async Task<(long Settled, long Held, long End)> Window(BudgetStore store, AccountPeriod period, string account = "a")
    {
        AccountState state = await store.Read(Of(account, 0, period: period));
        return (state.Settled, state.Held, state.End);
    }
}
