using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;
using static LlmCostModel.Budgets.Charges;

namespace LlmCostModel.Budgets;

/// <summary>What every store of budgets does: one reservation and its ends.</summary>
public abstract partial class BudgetStoreConformance
{
    /// <summary>2026-11-27, 10:00 UTC.</summary>
    protected const long Start = 1_795_773_600_000;

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));

    protected abstract ValueTask<BudgetStore> CreateAsync();

    /// <summary>Gets whether calls say what they spent, until they are forgotten.</summary>
    protected virtual bool KnowsSettled => true;

    /// <summary>Adds to the sums of a window behind the back of the store.</summary>
    protected abstract Task DamageAsync(BudgetStore store, string account, long start, long settled, long held);

    [StoreFact]
    public async Task Reserve_WithinTheLimit_Holds()
    {
        await using BudgetStore store = await CreateAsync();

        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r1", Of("a", 60, limit: 100))).Outcome);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r2", Of("a", 40, limit: 100))).Outcome); // 60 + 40 = 100
        Assert.Equal((0, 100), await store.Read("a"));
    }

    [StoreFact]
    public async Task Reserve_BeyondTheLimit_IsDeniedWithTheState()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r1", Of("a", 60, limit: 100));
        await store.Settle("r1", Of("a", 50));
        await store.Reserve("r2", Of("a", 20, limit: 100));

        ReserveReply reply = await store.Reserve("r3", Of("a", 31, limit: 100)); // 50 + 20 + 31 = 101

        Assert.Equal((ReserveOutcome.Denied, 0), (reply.Outcome, reply.Account));
        Assert.Equal((50, 20, 100, 30), (reply.State.Settled, reply.State.Held, reply.State.Limit, reply.State.Remaining));
        Assert.Equal((50, 20), await store.Read("a"));
    }

    [StoreFact]
    public async Task Reserve_OneOfSeveralHasNoRoom_HoldsNothing()
    {
        await using BudgetStore store = await CreateAsync();

        ReserveReply reply = await store.Reserve("r", Of("a", 5, limit: 10), Of("b", 5, limit: 4), Of("c", 5, limit: 3));

        Assert.Equal((ReserveOutcome.Denied, 1), (reply.Outcome, reply.Account));
        Assert.Equal((0, 0), await store.Read("a"));
        Assert.Equal((0, 0), await store.Read("c"));
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", 5, limit: 10))).Outcome); // a denial is not remembered
    }

    [StoreFact]
    public async Task Reserve_LimitOfZero_DeniesWhatCostsAndAdmitsWhatIsFree()
    {
        await using BudgetStore store = await CreateAsync();

        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("r1", Of("a", 1, limit: 0))).Outcome);
        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r2", Of("a", 0, limit: 0))).Outcome);
    }

    [StoreFact]
    public async Task Reserve_WithoutALimit_OnlyCounts()
    {
        await using BudgetStore store = await CreateAsync();

        Assert.Equal(ReserveOutcome.Granted, (await store.Reserve("r", Of("a", store.Traits.MaxAmount))).Outcome);
        Assert.Null((await store.Read(Of("a", 0))).Remaining);
    }

    [StoreFact]
    public async Task Reserve_ObservedAccountWithoutRoom_IsGrantedAndNamed()
    {
        await using BudgetStore store = await CreateAsync();

        ReserveReply reply = await store.Reserve("r", Of("a", 5, limit: 10), Of("b", 5, limit: 4, observed: true));

        Assert.Equal((ReserveOutcome.Granted, 2UL), (reply.Outcome, reply.Observed)); // the second bit
        Assert.Equal((0, 5), await store.Read("b"));
        Assert.Equal(-1, (await store.Read(Of("b", 0, limit: 4))).Remaining);
    }

    [StoreFact]
    public async Task Reserve_SameIdAndAmounts_IsHeldOnce()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 5, limit: 10), Of("b", 1));

        Assert.Equal(ReserveOutcome.Replayed, (await store.Reserve("r", Of("b", 1), Of("a", 5, limit: 10))).Outcome);
        Assert.Equal((0, 5), await store.Read("a"));
    }

    [StoreTheory]
    [InlineData("a", 6)]
    [InlineData("b", 5)]
    public async Task Reserve_SameIdOtherCharge_IsAConflict(string account, long amount)
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 5));

        Assert.Equal(ReserveOutcome.Conflict, (await store.Reserve("r", Of(account, amount))).Outcome);
        Assert.Equal(ReserveOutcome.Conflict, (await store.Reserve("r", Of("a", 5), Of("c", 1))).Outcome);
        Assert.Equal((0, 5), await store.Read("a"));
        Assert.Equal((0, 0), await store.Read("c"));
    }

    [StoreFact]
    public async Task Settle_LessThanHeld_GivesTheRestBack()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 100), Of("b", 3));

        SettleReply reply = await store.Settle("r", Of("a", 45, limit: 100), Of("b", 3));

        Assert.Equal((SettleOutcome.Settled, SettleRemarks.None), (reply.Outcome, reply.Remarks));
        Assert.Equal((45, 0), await store.Read("a"));
        Assert.Equal((3, 0), await store.Read("b"));
    }

    [StoreFact]
    public async Task Settle_MoreThanHeldAndThanTheLimit_IsRecordedInFull()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 100));

        SettleReply reply = await store.Settle("r", Of("a", 60_000_000, limit: 100));

        Assert.Equal((SettleOutcome.Settled, SettleRemarks.AboveHold | SettleRemarks.AboveLimit), (reply.Outcome, reply.Remarks));
        Assert.Equal((60_000_000, 0), await store.Read("a"));
        Assert.Equal(ReserveOutcome.Denied, (await store.Reserve("s", Of("a", 1, limit: 100))).Outcome);
    }

    [StoreFact]
    public async Task Settle_Twice_CountsOnce()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 50, observed: true), Of("b", 2));
        SettleReply first = await store.Settle("r", Of("a", 61, limit: 50), Of("b", 2));

        SettleReply again = await store.Settle("r", Of("b", 2), Of("a", 61, limit: 50));
        SettleReply other = await store.Settle("r", Of("a", 62, limit: 50), Of("b", 2));
        SettleReply fewer = await store.Settle("r", Of("a", 61, limit: 50));
        SettleReply more = await store.Settle("r", Of("a", 61, limit: 50), Of("b", 2), Of("c", 1));

        Assert.Equal((SettleOutcome.Replayed, first.Remarks), (again.Outcome, again.Remarks));
        Assert.Equal(SettleOutcome.Conflict, other.Outcome);
        Assert.Equal(SettleOutcome.Conflict, fewer.Outcome);
        Assert.Equal(SettleOutcome.Conflict, more.Outcome);
        Assert.Equal((61, 0), await store.Read("a"));
        Assert.Equal((0, 0), await store.Read("c"));
    }

    /// <summary>The call under this id was made: another one under it would cost again, and count nothing.</summary>
    [StoreFact]
    public async Task Reserve_IdThatWasSettled_IsEnded()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 5, limit: 10));
        await store.Settle("r", Of("a", 3, limit: 10));

        Assert.Equal(ReserveOutcome.Ended, (await store.Reserve("r", Of("a", 5, limit: 10))).Outcome);
        Assert.Equal(ReserveOutcome.Ended, (await store.Reserve("r", Of("b", 1))).Outcome);
        Assert.Equal((3, 0), await store.Read("a"));
    }

    [StoreFact]
    public async Task Settle_IdThatNobodyReserved_IsRecordedOnce()
    {
        await using BudgetStore store = await CreateAsync();

        Assert.Equal(SettleRemarks.Unreserved, (await store.Settle("r", Of("a", 7))).Remarks);
        Assert.Equal(SettleOutcome.Replayed, (await store.Settle("r", Of("a", 7))).Outcome);
        Assert.Equal((7, 0), await store.Read("a"));
        Assert.Equal(ReserveOutcome.Ended, (await store.Reserve("r", Of("a", 7))).Outcome);
        Assert.Equal((7, 0), await store.Read("a"));
    }

    [StoreFact]
    public async Task Settle_OtherAccountsThanReserved_ChargesThoseThatSpent()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("user", 10, limit: 100), Of("model-asked", 10, limit: 100));

        SettleReply reply = await store.Settle("r", Of("user", 4), Of("model-served", 4));

        Assert.Equal(SettleRemarks.AboveHold, reply.Remarks); // nothing was held of the model that answered
        Assert.Equal((4, 0), await store.Read("user"));
        Assert.Equal((0, 0), await store.Read("model-asked"));
        Assert.Equal((4, 0), await store.Read("model-served"));
    }

    [StoreFact]
    public async Task Settle_Correction_TakesBack()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Settle("r", Of("a", 7));

        await store.SettleAsync(new SettleCommand { Id = "c", Charges = new[] { Of("a", -3) }, IsCorrection = true });

        Assert.Equal((4, 0), await store.Read("a"));
    }

    [StoreFact]
    public async Task Release_Held_GivesAllBack()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 100, floor: 9));

        Assert.Equal(HoldState.Held, await store.Release("r"));
        Assert.Equal((0, 0), await store.Read("a"));
        Assert.Equal(HoldState.Released, await store.Release("r"));
        Assert.Equal(ReserveOutcome.Ended, (await store.Reserve("r", Of("a", 60, limit: 100, floor: 9))).Outcome);
    }

    [StoreFact]
    public async Task Release_WithTheFloor_ChargesIt()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60, limit: 100, floor: 9));

        Assert.Equal(HoldState.Held, await store.Release("r", floor: true));
        Assert.Equal((9, 0), await store.Read("a"));

        SettleReply late = await store.Settle("r", Of("a", 30, limit: 100));
        Assert.Equal(SettleRemarks.Late, late.Remarks);
        Assert.Equal((30, 0), await store.Read("a")); // the floor is inside
    }

    [StoreFact]
    public async Task Release_Settled_ChangesNothing()
    {
        await using BudgetStore store = await CreateAsync();
        await store.Reserve("r", Of("a", 60));
        await store.Settle("r", Of("a", 45));

        Assert.Equal(HoldState.Settled, await store.Release("r", floor: true));
        Assert.Equal((45, 0), await store.Read("a"));
    }

    [StoreFact]
    public async Task Release_UnknownId_RefusesTheReservationThatArrivesLater()
    {
        await using BudgetStore store = await CreateAsync();

        Assert.Equal(HoldState.Unknown, await store.Release("r"));
        Assert.Equal(ReserveOutcome.Ended, (await store.Reserve("r", Of("a", 60))).Outcome);
        Assert.Equal((0, 0), await store.Read("a"));
        Assert.Equal(SettleRemarks.Unreserved | SettleRemarks.Late, (await store.Settle("r", Of("a", 5))).Remarks);
        Assert.Equal((5, 0), await store.Read("a"));
    }

    /// <summary>Only who asked can say what its floor was, and would take it for counted if the answer were "released" the second time.</summary>
    [StoreFact]
    public async Task Release_UnknownIdWithTheFloor_IsNotRemembered()
    {
        await using BudgetStore store = await CreateAsync();

        Assert.Equal(HoldState.Unknown, await store.Release("r", floor: true));
        Assert.Equal(HoldState.Unknown, await store.Release("r", floor: true));
        Assert.Equal(SettleRemarks.Unreserved, (await store.Settle("r", Of("a", 5))).Remarks);
        Assert.Equal((5, 0), await store.Read("a"));
        Assert.Equal(HoldState.Settled, await store.Release("r", floor: true));
    }

    [StoreFact]
    public async Task Reply_EveryChange_RaisesTheSequenceOfOneEpoch()
    {
        await using BudgetStore store = await CreateAsync();
        StoreStamp[] stamps =
        [
            (await store.Reserve("r", Of("a", 6, limit: 10))).Stamp,
            (await store.Reserve("s", Of("a", 6, limit: 10))).Stamp, // denied: no change
            (await store.Settle("r", Of("a", 5))).Stamp,
            (await store.Settle("r", Of("a", 5))).Stamp, // a replay: no change
        ];

        Assert.All(stamps, stamp => Assert.Equal((stamps[0].Epoch, Start), (stamp.Epoch, stamp.Now)));
        Assert.Equal([0, 0, 1, 1], stamps.Select(stamp => stamp.Sequence - stamps[0].Sequence));
    }

    [StoreFact]
    public async Task States_AreThoseAfterwards()
    {
        await using BudgetStore store = await CreateAsync();
        AccountState[] states = new AccountState[2];

        await store.ReserveAsync(new ReserveCommand { Id = "r", Charges = new[] { Of("a", 6, limit: 10), Of("b", 1) }, TimeToLive = 1, States = states });
        Assert.Equal([(0, 6, 4), (0, 1, null)], states.Select(state => (state.Settled, state.Held, state.Remaining)));

        await store.SettleAsync(new SettleCommand { Id = "r", Charges = new[] { Of("b", 2), Of("a", 3, limit: 10) }, States = states });
        Assert.Equal([(2, 0, null), (3, 0, 7L)], states.Select(state => (state.Settled, state.Held, state.Remaining)));
    }
}
