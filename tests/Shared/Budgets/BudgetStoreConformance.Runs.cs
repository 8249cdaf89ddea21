using CsCheck;
using LlmCostModel.Budgets.Stores;
using LlmCostModel.TestData;

namespace LlmCostModel.Budgets;

/// <content>Runs and what they start, over any store.</content>
public abstract partial class BudgetStoreConformance
{
    /// <summary>Whatever a tree of runs does, it has what the sums in <see cref="RunTree"/> say, and a denial names the first limit that
    /// they find without room.</summary>
    [StoreFact]
    public async Task Runs_InTrees_CountAsTheSumsSay()
    {
        await using BudgetStore store = await CreateAsync();
        BudgetsOptions options = new();
        options.Budgets["world"] = new() { Limit = 1.2m, Currency = "USD", Window = BudgetWindow.Total, Per = { "world" } };
        await using BudgetLedger ledger = new(store, options, Clock);
        int samples = SampleSize.Of(60), denied = 0, stopped = 0, wrapped = 0;
        Gen.Select(RunTree.Plans, RunTree.Steps).Sample(
            (plans, steps) =>
            {
                using RunTree tree = new(ledger, plans);
                tree.DoAsync(steps).GetAwaiter().GetResult();
                Interlocked.Add(ref denied, tree.Denied);
                Interlocked.Add(ref stopped, tree.Stopped);
                Interlocked.Add(ref wrapped, tree.WrappedUp);
            },
            iter: samples);

        Assert.True(denied >= samples / 2 && stopped >= samples / 6 && wrapped >= samples / 6, $"{denied} denied, {stopped} stopped, {wrapped} wrapped up: that says little.");
    }

    /// <summary>What a run counts is forgotten some time after its end, and not before.</summary>
    [StoreFact]
    public async Task Run_ThatHasEnded_IsForgottenByTheStore()
    {
        await using BudgetStore store = await CreateAsync();
        AccountPeriod once = AccountPeriod.Fixed(Start, Start, Start + 3_600_000, Start + 3_600_001).Chosen();
        AccountCharge charge = Charges.Of("/run/1/USD", 5, 100, period: once);
        await store.Settle("a", charge);
        Clock.Advance(TimeSpan.FromMinutes(119)); // known for an hour at least
        Assert.Equal(5, (await store.Read(charge)).Settled);

        Clock.Advance(TimeSpan.FromDays(60));
        await store.Reserve("b", Charges.Of("b", 1));
        await store.Settle("b", Charges.Of("b", 1));
        await store.Reserve("c", charge); // in memory, what is over goes with the next use

        Assert.Equal(0, (await store.Read(charge)).Settled);
    }
}
