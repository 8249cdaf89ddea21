using System.Diagnostics;
using CsCheck;
using LlmCostModel.Budgets.Tests.Outages;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>A run never passes its limit by what one process admits of it, with the store or without.</summary>
public sealed class RunLimitTests
{
    private const int Limit = 10;

    private static readonly Gen<Plan> Plans = Gen.Select(
        Gen.Int[0, 5], Gen.Int[1, 4].List[0, 3], Gen.Int[1, 4].List[1, 12], Gen.Bool, Gen.Int[1, 10], Gen.Bool, Gen.Bool,
        (spent, held, away, isOpen, share, ofChild, staysOpen) => new Plan(spent, held, away, isOpen, share, ofChild, staysOpen));

    /// <summary>What happens: money is spent and held, the store goes away, calls are made, the store comes back, calls are made.</summary>
    private sealed record Plan(
        int Spent, List<int> Held, List<int> Away, bool IsOpen, int TenthsOfShare, bool OfChild, bool StaysOpen);

    [Theory]
    [InlineData(0, 6, null, 4)] // 10 - 0 - 6
    [InlineData(3, 2, null, 5)] // 10 - 3 - 2
    [InlineData(0, 6, 0.9, 4)] // less than 9
    [InlineData(0, 2, 0.5, 5)] // less than 10 - 2
    public async Task Away_ARunWithAnOpenLease_IsAdmittedWhatItHasLeft(int spent, int held, double? share, int admitted)
    {
        await using RunWorld world = new((decimal?)share);
        Assert.True(spent == 0 || await RunWorld.SpendAsync(world.Run, spent));
        BudgetLease open = await world.Run.ReserveAsync(Call(held));
        world.Store.IsAway = true;

        int count = 0;
        while (count < 20 && await RunWorld.SpendAsync(world.Run, 1))
        {
            count++;
        }

        await open.SettleAsync(Usd(held));
        await world.ComeBackAsync();
        Assert.Equal(admitted, count);
        Assert.Equal(spent + held + admitted, (await world.Run.GetStatusAsync())[0].Spent);
    }

    /// <summary>The answer to a call that is under way may be that it is held.</summary>
    [Fact]
    public async Task Away_WhatTheStoreWasAskedFor_IsNotLentAgain()
    {
        await using RunWorld world = new(null);
        TaskCompletionSource answers = new();
        world.Store.Answers = answers.Task;
        Task<BudgetLease> asked = world.Run.ReserveAsync(Call(6)).AsTask();
        (world.Store.Answers, world.Store.IsAway) = (Task.CompletedTask, true);

        bool isTooMuch = await RunWorld.SpendAsync(world.Run, 5), isLeft = await RunWorld.SpendAsync(world.Run, 4);
        answers.SetResult();

        Assert.Equal((false, true), (isTooMuch, isLeft));
        Assert.False((await asked).IsLocal);
    }

    [Fact]
    public void Run_WhateverWasSpentAndHeldBefore_NeverPassesItsLimit() => Plans.Sample(
        plan => PassAsync(plan).GetAwaiter().GetResult(), iter: LlmCostModel.TestData.SampleSize.OrGiven(100));

    private static async Task<bool> PassAsync(Plan plan)
    {
        await using RunWorld world = new(plan.IsOpen ? null : plan.TenthsOfShare / 10m);
        using BudgetRun child = world.Run.StartChild();
        BudgetRun made = plan.OfChild ? child : world.Run;
        await RunWorld.SpendAsync(made, plan.Spent);
        List<(BudgetLease Lease, int Usd)> open = [];
        await HoldAsync(plan.Held);
        world.Store.IsAway = true;
        foreach (int usd in plan.Away.Take(plan.StaysOpen ? 0 : 6))
        {
            await RunWorld.SpendAsync(made, usd);
        }

        await HoldAsync(plan.Away);
        if (!plan.StaysOpen)
        {
            await EndAsync();
        }

        await world.ComeBackAsync();
        await HoldAsync(plan.Away);
        await EndAsync();
        return (await world.Run.GetStatusAsync())[0].Spent <= Limit;

        async Task HoldAsync(List<int> amounts)
        {
            foreach (int usd in amounts)
            {
                BudgetLease lease = await made.ReserveAsync(Call(usd));
                if (lease.IsAcquired)
                {
                    open.Add((lease, usd));
                }
            }
        }

        async Task EndAsync()
        {
            foreach ((BudgetLease lease, int usd) in open)
            {
                await lease.SettleAsync(Usd(usd));
            }

            open.Clear();
        }
    }

    private static BudgetRequest Call(decimal ceiling) => new() { Ceiling = Usd(ceiling) };

    private static Money Usd(decimal amount) => new(amount, "USD");

    private sealed class RunWorld : IAsyncDisposable
    {
        private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));
        private readonly BudgetLedger _ledger;

        internal RunWorld(decimal? share)
        {
            Store = new(_clock);
            BudgetsOptions options = new()
            {
                FlushTime = TimeSpan.Zero,
                WhenStoreIsAway = share is null ? StoreOutage.Open : StoreOutage.LocalShare,
                MaxOpenTime = share is null ? TimeSpan.FromHours(1) : null,
                LocalShare = share,
            };
            _ledger = new(Store, options, _clock);
            Run = _ledger.StartRun(new() { Id = "job", Money = Usd(Limit) });
        }

        internal FailingStore Store { get; }

        internal BudgetRun Run { get; }

        internal static async Task<bool> SpendAsync(BudgetRun run, decimal usd)
        {
            BudgetLease lease = await run.ReserveAsync(Call(usd));
            if (lease.IsAcquired)
            {
                await lease.SettleAsync(Usd(usd));
            }

            return lease.IsAcquired;
        }

        internal async Task ComeBackAsync()
        {
            Store.IsAway = false;
            Stopwatch waited = Stopwatch.StartNew();
            while (_ledger.Health is not { IsAvailable: true, Pending: 0 } && waited.Elapsed < TimeSpan.FromMinutes(1))
            {
                _clock.Advance(TimeSpan.FromMilliseconds(5));
                await Task.Delay(1); // another thread has to come to it
            }

            Assert.True(_ledger.Health is { IsAvailable: true, Pending: 0 }, "The store does not come back.");
        }

        public async ValueTask DisposeAsync()
        {
            Run.Dispose();
            await _ledger.DisposeAsync();
            Store.Dispose();
        }
    }
}
