using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Alerts;

/// <summary>Alerts come when they should, once each, whoever spends.</summary>
public sealed class AlertTests : IDisposable
{
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
    private readonly InMemoryBudgetStore _store;
    private readonly List<BudgetAlert> _alerts = [];

    public AlertTests() => _store = new(clock: _clock);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Thresholds_AlertOnceEach_InWhicheverProcess()
    {
        BudgetLedger one = Ledger(NoPace), other = Ledger(NoPace);

        await SpendAsync(one, 4.99m);
        Assert.Empty(_alerts);
        await SpendAsync(other, 0.01m); // 5 of 10
        await SpendAsync(one, 0.5m);
        await SpendAsync(other, 2.5m); // 8 of 10
        await SpendAsync(one, 3m); // 11 of 10
        await SpendAsync(other, 1m);

        Assert.Equal([(0.5m, 5m), (0.8m, 8m), (1m, 11m)], _alerts.Select(alert => (alert.Share, alert.Spent)));
        BudgetAlert first = _alerts[0];
        Assert.Equal(
            ("user-day", BudgetAlertKind.Threshold, "ann", 10m, "USD", new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero)),
            (first.Budget, first.Kind, first.Tags["user"], first.Limit, first.Currency, first.ResetsAt!.Value));
    }

    [Fact]
    public async Task Thresholds_PassedAtOnce_AlertInTheirOrder()
    {
        await SpendAsync(Ledger(NoPace), 10m);

        Assert.Equal([0.5m, 0.8m, 1m], _alerts.Select(alert => alert.Share));
    }

    [Fact]
    public async Task Thresholds_OfANewWindow_AlertAgain()
    {
        BudgetLedger ledger = Ledger(NoPace);
        await SpendAsync(ledger, 6m);
        _clock.Advance(TimeSpan.FromDays(1));
        await SpendAsync(ledger, 6m);

        Assert.Equal([0.5m, 0.5m], _alerts.Select(alert => alert.Share));
    }

    [Fact]
    public async Task Threshold_PassedByAnAbandonedCall_AlertsWithTheNextOne()
    {
        BudgetLedger ledger = Ledger(NoPace);
        await SpendAsync(ledger, 4m);
        await ledger.ReserveAsync(new() { Tags = Ann, Ceiling = new Money(2m, "USD"), Floor = new Money(2m, "USD") }); // and nobody ends it
        _clock.Advance(TimeSpan.FromMinutes(11));

        await SpendAsync(ledger, 0.1m); // 4 + 2 + 0.1

        Assert.Equal([(0.5m, 6.1m)], _alerts.Select(alert => (alert.Share, alert.Spent)));
    }

    [Fact]
    public async Task Pace_ThatWillPassTheLimit_IsSaidOnce()
    {
        BudgetLedger ledger = Ledger(budget => budget.AlertAt = []);
        _clock.Advance(TimeSpan.FromHours(2));
        await SpendAsync(ledger, 2m); // 24 a day, but a tenth of the day is not over
        _clock.Advance(TimeSpan.FromHours(1));
        await SpendAsync(ledger, 1m); // 3 in 3 hours: 24 a day
        await SpendAsync(ledger, 1m);

        BudgetAlert alert = Assert.Single(_alerts);
        Assert.Equal((BudgetAlertKind.ProjectedOverrun, 24m, 2.4m, 3m), (alert.Kind, alert.Projected, alert.Share, alert.Spent));
    }

    [Fact]
    public async Task Pace_WithinTheLimit_SaysNothing()
    {
        BudgetLedger ledger = Ledger(budget => budget.AlertAt = []);
        _clock.Advance(TimeSpan.FromHours(12));
        await SpendAsync(ledger, 5m); // 10 a day

        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task Spike_IsSaidOnce()
    {
        BudgetLedger ledger = Ledger(budget => (budget.AlertAt, budget.AlertOnProjectedOverrun, budget.SpikeFactor) = ([], false, 3m));
        for (int minute = 0; minute < 60; minute++) // 0.01 a minute
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await SpendAsync(ledger, 0.01m);
        }

        Assert.Empty(_alerts);
        for (int minute = 0; minute < 12; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await SpendAsync(ledger, 0.1m);
        }

        // After n minutes at 0.1, of the last ten: (0.1 n + 0.01 (10 - n)) / 0.1 >= 3 from n = 3 on (1 + 0.9 n >= 3).
        BudgetAlert alert = Assert.Single(_alerts);
        Assert.Equal((BudgetAlertKind.Spike, 0.9m), (alert.Kind, alert.Spent)); // 60 x 0.01 + 3 x 0.1
    }

    [Fact]
    public async Task Alerts_ThatNobodyWants_DoNotCome()
    {
        await SpendAsync(Ledger(budget => (budget.AlertAt, budget.AlertOnProjectedOverrun) = ([], false)), 10m);
        await SpendAsync(Ledger(budget => budget.Limit = null), 10m);

        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task Receiver_ThatThrows_DoesNotBreakTheCall()
    {
        BudgetsOptions options = Options(NoPace);
        options.OnAlert = _ => throw new InvalidOperationException("no");

        await SpendAsync(new BudgetLedger(_store, options, _clock), 10m);

        Assert.Equal(10m, (await Ledger(NoPace).GetStatusAsync(Ann))[0].Spent);
    }

    [Theory]
    [InlineData(0.0, null, "AlertAt")]
    [InlineData(11.0, null, "AlertAt")]
    [InlineData(0.5, 1.0, "SpikeFactor")]
    public void Options_OfAlerts_ThatAreWrong_AreFaults(double share, double? factor, string name)
    {
        OptionsValidationException failure = Assert.Throws<OptionsValidationException>(() => Ledger(budget =>
            (budget.AlertAt, budget.SpikeFactor) = ([(decimal)share], (decimal?)factor)));

        Assert.Contains($"LlmBudgets:Budgets:user-day:{name}", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private static void NoPace(BudgetOptions budget) => budget.AlertOnProjectedOverrun = false;

    private BudgetLedger Ledger(Action<BudgetOptions> change) => new(_store, Options(change), _clock);

    private BudgetsOptions Options(Action<BudgetOptions> change)
    {
        BudgetsOptions options = new() { OnAlert = _alerts.Add };
        options.Budgets["user-day"] = new() { Limit = 10m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        change(options.Budgets["user-day"]);
        return options;
    }

    private static async Task SpendAsync(BudgetLedger ledger, decimal amount)
    {
        await using BudgetLease lease = await ledger.ReserveAsync(new() { Tags = Ann, Ceiling = new Money(0m, "USD") });
        await lease.SettleAsync(new Money(amount, "USD"));
    }
}
