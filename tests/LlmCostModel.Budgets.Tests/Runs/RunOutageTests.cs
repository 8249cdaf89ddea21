using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LlmCostModel.Budgets.Tests.Outages;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>What runs meet while the store is away or has lost them, and what is told of them.</summary>
public sealed class RunOutageTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));
    private readonly FailingStore _store;
    private readonly List<BudgetLedger> _ledgers = [];

    public RunOutageTests() => _store = new(_clock);

    public void Dispose()
    {
        _ledgers.ForEach(ledger => ledger.Dispose());
        _store.Dispose();
    }

    [Fact]
    public async Task Closed_AdmitsNothing_AndDoesNotStopTheRun()
    {
        using BudgetRun run = Ledger().StartRun(new() { Money = Usd(1m) });
        await SpendAsync(run, 1m);
        _store.IsAway = true;

        BudgetLease lease = await run.ReserveAsync(Call(0.5m));

        Assert.Equal((LeaseStatus.Unavailable, null), (lease.Status, run.Stop));
    }

    /// <summary>What a process admits by itself is at most what the run had left when the store last spoke of it.</summary>
    [Fact]
    public async Task Open_AdmitsWhatWasLeft_AndCountsItLater()
    {
        BudgetLedger ledger = Ledger(options => (options.WhenStoreIsAway, options.MaxOpenTime) = (StoreOutage.Open, TimeSpan.FromMinutes(1)));
        using BudgetRun run = ledger.StartRun(new() { Id = "job", Money = Usd(1m) }), child = run.StartChild();
        await SpendAsync(run, 0.75m);
        _store.IsAway = true;

        BudgetLease first = await child.ReserveAsync(Call(0.25m));
        BudgetLease second = await child.ReserveAsync(Call(0.25m));
        BudgetSettlement settled = await first.SettleAsync(Usd(0.125m));

        Assert.True(first.IsLocal && settled.Remarks.HasFlag(SettlementRemarks.Pending));
        Assert.Equal(
            "The store of budgets does not answer. Until it does, this process has 0 USD of 0.25 USD of the run 'job' left, and the call needs up to 0.25 USD.",
            Assert.Throws<BudgetStoreException>(() => second.ThrowIfNotAcquired()).Message);
        Assert.Null(run.Stop);
        _store.IsAway = false;
        await UntilAsync(() => ledger.Health is { IsAvailable: true, Pending: 0 });
        Assert.Equal([(0.875m, 0.125m)], (await run.GetStatusAsync()).Select(one => (one.Spent, one.Remaining!.Value)));
        Assert.Equal(0.125m, (await child.GetStatusAsync())[0].Spent);
    }

    [Fact]
    public async Task LocalShare_IsAShareOfTheLimit()
    {
        BudgetLedger ledger = Ledger(options => (options.WhenStoreIsAway, options.LocalShare) = (StoreOutage.LocalShare, 0.1m));
        using BudgetRun run = ledger.StartRun(new() { Money = Usd(1m) });
        _store.IsAway = true;

        BudgetLease within = await run.ReserveAsync(Call(0.1m)), beyond = await run.ReserveAsync(Call(0.01m));

        Assert.Equal((LeaseStatus.Granted, LeaseStatus.Unavailable), (within.Status, beyond.Status));
    }

    [Fact]
    public async Task Store_ThatLostARun_HasItAgain()
    {
        BudgetLedger ledger = Ledger();
        using BudgetRun job = ledger.StartRun(new() { Money = Usd(1m) }), agent = job.StartChild();
        await SpendAsync(agent, 0.25m);
        BudgetLease open = await agent.ReserveAsync(Call(0.5m));
        _store.Forget();

        await job.GetStatusAsync(); // shows that it was lost
        await UntilAsync(() => ledger.Health.IsAvailable);

        BudgetStatus status = (await job.GetStatusAsync())[0];
        Assert.Equal((0.25m, 0.5m), (status.Spent, status.Held));
        await open.SettleAsync(Usd(0.375m));
        Assert.Equal((0.625m, 0m), ((await agent.GetStatusAsync())[0].Spent, (await job.GetStatusAsync())[0].Held));
    }

    [Fact]
    public async Task Metrics_OfADenial_HaveNoIdOfARun()
    {
        ConcurrentBag<string> tags = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "llmcost.budget.decisions")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, measured, _) => tags.Add(string.Join(' ', measured.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        listener.Start();
        using BudgetRun run = Ledger().StartRun(new() { Id = "ann.canary", Money = Usd(1m) });

        Assert.False((await run.ReserveAsync(Call(2m))).IsAcquired);

        Assert.Contains("llmcost.budget.outcome=Denied llmcost.budget.local=False llmcost.budget.name=run", tags);
        Assert.DoesNotContain(tags, one => one.Contains("canary", StringComparison.Ordinal));
    }

    private BudgetLedger Ledger(Action<BudgetsOptions>? change = null)
    {
        BudgetsOptions options = new() { FlushTime = TimeSpan.Zero };
        change?.Invoke(options);
        BudgetLedger ledger = new(_store, options, _clock);
        _ledgers.Add(ledger);
        return ledger;
    }

    private static BudgetRequest Call(decimal ceiling) => new() { Ceiling = Usd(ceiling) };

    private static Money Usd(decimal amount) => new(amount, "USD");

    private static async Task SpendAsync(BudgetRun run, decimal usd)
    {
        BudgetLease lease = await run.ReserveAsync(Call(usd));
        await lease.ThrowIfNotAcquired().SettleAsync(Usd(usd));
    }

    private async Task UntilAsync(Func<bool> isTrue)
    {
        for (int i = 0; i < 2_000 && !isTrue(); i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(1);
        }

        Assert.True(isTrue(), "It did not come about.");
    }
}
