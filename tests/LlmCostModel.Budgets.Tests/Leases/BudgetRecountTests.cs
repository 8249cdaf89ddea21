using LlmCostModel.Budgets.InMemory;
using LlmCostModel.Budgets.Tests.BadInputs;
using LlmCostModel.Budgets.Tests.Outages;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Leases;

public sealed class BudgetRecountTests : IDisposable
{
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));
    private readonly List<string> _log = [];
    private readonly InMemoryBudgetStore _store;
    private readonly BudgetLedger _ledger;

    public BudgetRecountTests()
    {
        _store = new(clock: _clock);
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" }, AlertAt = [] };
        _ledger = new(_store, options, _clock, new LogLines(_log));
        _log.Clear();
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Verify_WhatIsRight_SaysSoAndLogsNothing()
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(new() { Tags = Ann, Ceiling = new Money(0.3m, "USD") });

        BudgetRecount recount = Assert.Single(await _ledger.VerifyAsync(Ann, repair: true));

        Assert.Equal("""{"budget":"user-day","unit":"money","currency":"USD","spent":0,"spentByCalls":0,"held":0.3,"heldByLeases":0.3}""", recount.ToString());
        Assert.True(recount.IsRight);
        Assert.Empty(_log);
    }

    [Fact]
    public async Task Verify_WhatIsWrong_IsLoggedWithoutSayingWhose()
    {
        await using BudgetLease lease = await _ledger.ReserveAsync(new() { Tags = Ann, Ceiling = new Money(0.3m, "USD") });
        Damage(settled: 2_000_000_000, held: 500_000_000);

        BudgetRecount said = Assert.Single(await _ledger.VerifyAsync(Ann));
        BudgetRecount mended = Assert.Single(await _ledger.VerifyAsync(Ann, repair: true));

        Assert.Equal((2m, 0m, 0.8m, 0.3m, 1), (said.Spent, said.SpentByCalls, said.Held, said.HeldByLeases, said.WrongWindows));
        Assert.Equal((false, false, true), (said.IsRight, said.IsRepaired, mended.IsRepaired));
        string spent = "Warning An account of the budget 'user-day' has spent 2, and its calls add up to 0. It was left as it is: CorrectAsync changes it.";
        Assert.Equal<string>(
            [
                "Warning An account of the budget 'user-day' holds 0.8, and its leases hold 0.3. It was left as it is.", spent,
                "Warning An account of the budget 'user-day' holds 0.8, and its leases hold 0.3. It was corrected by the difference.", spent,
            ],
            _log);
        Assert.Equal((2m, 0.3m), (await _ledger.GetStatusAsync(Ann))[0] is var left ? (left.Spent, left.Held) : default);
    }

    [Fact]
    public async Task Verify_WithoutTheTag_LeavesTheBudgetOut() => Assert.Empty(await _ledger.VerifyAsync(new Dictionary<string, string>()));

    [Fact]
    public async Task Verify_WhileTheStoreIsAway_Fails()
    {
        FailingStore store = new(_clock) { IsAway = true };
        await using BudgetLedger ledger = new(store, Counting(), _clock);

        await Assert.ThrowsAsync<BudgetStoreException>(async () => await ledger.VerifyAsync(Ann));

        Assert.False(ledger.Health.IsAvailable);
    }

    [Fact]
    public async Task Verify_OfAStoreThatKeepsNothingButSums_SaysThatItCannot()
    {
        await using BudgetLedger ledger = new(new GatedStore(), Counting());

        NotSupportedException cannot = await Assert.ThrowsAsync<NotSupportedException>(async () => await ledger.VerifyAsync(Ann));

        Assert.Equal("GatedStore does not count anew what its accounts hold.", cannot.Message);
    }

    private static BudgetsOptions Counting()
    {
        BudgetsOptions options = new() { FlushTime = TimeSpan.Zero };
        options.Budgets["calls"] = new() { Unit = BudgetUnit.Calls, Window = BudgetWindow.Total };
        return options;
    }

    private void Damage(long settled, long held)
    {
        Account account = _store.Find("USER-DAY/3:ann")!;
        WindowCounter day = account.Find(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds())!;
        day.Settled += settled;
        account.Correct(day, held);
    }
}
