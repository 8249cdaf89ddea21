using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Outages;

/// <summary>What calls meet while the store of budgets is away, and what the store knows when it is back.</summary>
public sealed class OutageTests : IDisposable
{
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 23, 59, 50, TimeSpan.Zero));
    private readonly FailingStore _store;
    private readonly List<string> _log = [];

    public OutageTests() => _store = new(_clock);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Closed_AdmitsNothing_UntilTheStoreAnswers()
    {
        BudgetLedger ledger = Ledger();
        _store.IsAway = true;

        BudgetLease refused = await ledger.ReserveAsync(Request(1m));

        Assert.Equal((LeaseStatus.Unavailable, false), (refused.Status, refused.IsLocal));
        Assert.Equal(
            "The store of budgets does not answer: The server at 127.0.0.1 does not answer.",
            Assert.Throws<BudgetStoreException>(() => refused.ThrowIfNotAcquired()).Message);
        Assert.Equal((false, _clock.GetUtcNow(), "The server at 127.0.0.1 does not answer."),
            (ledger.Health.IsAvailable, ledger.Health.UnavailableSince, ledger.Health.Failure));

        _store.IsAway = false;
        await UntilAsync(() => ledger.Health.IsAvailable);

        Assert.True((await ledger.ReserveAsync(Request(1m))).IsAcquired);
        Assert.Equal(["Error", "Warning"], _log.Select(line => line.Split(' ')[0])); // once each
    }

    [Fact]
    public async Task Open_AdmitsUpToTheCap_AndCountsItLater()
    {
        BudgetLedger ledger = Ledger(options =>
        {
            (options.WhenStoreIsAway, options.MaxOpenTime) = (StoreOutage.Open, TimeSpan.FromMinutes(1));
            options.Budgets["user-day"].MaxWhileOpen = 1m;
        });
        _store.IsAway = true;

        BudgetLease first = await ledger.ReserveAsync(Request(0.75m));
        BudgetLease second = await ledger.ReserveAsync(Request(0.5m));
        BudgetSettlement settled = await first.SettleAsync(Usd(0.25m));
        BudgetLease third = await ledger.ReserveAsync(Request(0.75m)); // 0.25 + 0.75 <= 1

        Assert.Equal((true, true), (first.IsAcquired, first.IsLocal));
        Assert.Equal(
            "The store of budgets does not answer. Until it does, this process has 0.25 USD of 1 USD of the budget 'user-day' left, and the call needs up to 0.5 USD.",
            Assert.Throws<BudgetStoreException>(() => second.ThrowIfNotAcquired()).Message);
        Assert.Equal((SettlementRemarks.Pending, 1, true), (settled.Remarks, ledger.Health.Pending, third.IsLocal));
        await third.ReleaseAsync();

        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(LeaseStatus.Unavailable, (await ledger.ReserveAsync(Request(0.1m))).Status); // open for a minute

        _store.IsAway = false;
        await UntilAsync(() => ledger.Health is { IsAvailable: true, Pending: 0 });
        Assert.Equal(0m, (await ledger.GetStatusAsync(Ann))[0].Spent); // the day of the call is over
        Assert.Equal(0.25m, (await ledger.GetStatusAsync(Ann))[1].Spent); // of all days
    }

    [Fact]
    public async Task LocalShare_AdmitsAPartOfEachLimit()
    {
        BudgetLedger ledger = Ledger(options => (options.WhenStoreIsAway, options.LocalShare) = (StoreOutage.LocalShare, 0.1m));
        _store.IsAway = true;

        BudgetLease first = await ledger.ReserveAsync(Request(0.5m)); // a tenth of 5
        BudgetLease second = await ledger.ReserveAsync(Request(0.01m));

        Assert.Equal((true, LeaseStatus.Unavailable), (first.IsLocal, second.Status));
        Assert.True(await first.ExtendAsync(TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public async Task LocalLease_DisposedOf_CountsItsFloorInTheStore()
    {
        BudgetLedger ledger = Ledger(options => (options.WhenStoreIsAway, options.LocalShare) = (StoreOutage.LocalShare, 0.1m));
        _store.IsAway = true;
        await using (await ledger.ReserveAsync(Request(0.5m) with { Floor = Usd(0.125m) }))
        {
            _store.IsAway = false;
        }

        await UntilAsync(() => ledger.Health is { IsAvailable: true, Pending: 0 });
        Assert.Equal((0.125m, 0m), ((await ledger.GetStatusAsync(Ann))[1].Spent, (await ledger.GetStatusAsync(Ann))[1].Held));
    }

    [Fact]
    public async Task Settlement_WhileTheStoreIsAway_CountsInTheWindowOfItsAdmission()
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(1m));
        _store.Forget(); // so that the store has no hold whose window would count
        _store.IsAway = true;
        _clock.Advance(TimeSpan.FromMinutes(1)); // over midnight

        Assert.Equal(SettlementRemarks.Pending, (await lease.SettleAsync(Usd(0.5m))).Remarks);
        _store.IsAway = false;
        await UntilAsync(() => ledger.Health is { IsAvailable: true, Pending: 0 });

        Assert.Equal((0m, 0.5m), ((await ledger.GetStatusAsync(Ann))[0].Spent, (await ledger.GetStatusAsync(Ann))[1].Spent));
    }

    [Fact]
    public async Task Settlements_BeyondTheBound_AreErrors()
    {
        BudgetLedger ledger = Ledger(options => options.MaxPending = 1);
        BudgetLease first = await ledger.ReserveAsync(Request(1m)), second = await ledger.ReserveAsync(Request(1m));
        _store.IsAway = true;
        await first.SettleAsync(Usd(0.5m));

        BudgetStoreException failure = await Assert.ThrowsAsync<BudgetStoreException>(async () => await second.SettleAsync(Usd(0.5m)));

        Assert.Equal("The store of budgets does not answer, and 1 call waits for it already. The call is not counted.", failure.Message);
        _store.IsAway = false;
        await UntilAsync(() => ledger.Health is { IsAvailable: true, Pending: 0 });
        await second.SettleAsync(Usd(0.5m)); // tried again
        Assert.Equal(1m, (await ledger.GetStatusAsync(Ann))[0].Spent);
    }

    [Fact]
    public async Task End_OfTheLedger_SaysWhatIsLost()
    {
        BudgetLedger ledger = Ledger(options => options.FlushTime = TimeSpan.Zero);
        BudgetLease lease = await ledger.ReserveAsync(Request(1m));
        _store.IsAway = true;
        await lease.SettleAsync(Usd(0.5m));

        await ledger.DisposeAsync();
        await ledger.DisposeAsync(); // a second time does nothing

        Assert.Equal(
            "Error 1 calls were made and are not counted in their budgets: the store did not answer before the ledger ended.", _log[^1]);
    }

    [Fact]
    public async Task Flush_WaitsUntilTheStoreHasEverything()
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(1m));
        _store.IsAway = true;
        await lease.SettleAsync(Usd(0.5m));
        _store.IsAway = false;

        Task flushed = ledger.FlushAsync();
        await UntilAsync(() => flushed.IsCompleted);

        Assert.Equal((0, 0.5m), (ledger.Health.Pending, (await ledger.GetStatusAsync(Ann))[0].Spent));
    }

    [Fact]
    public async Task Request_ThatGotNoAnswer_IsGivenBackUnlessItIsMadeAgain()
    {
        BudgetLedger ledger = Ledger();
        BudgetRequest forgotten = Request(1m), repeated = Request(2m);
        _store.IsSilent = true;
        Assert.Equal(LeaseStatus.Unavailable, (await ledger.ReserveAsync(forgotten)).Status);
        _store.IsSilent = false;
        await UntilAsync(() => ledger.Health.IsAvailable);
        _store.IsSilent = true;
        Assert.Equal(LeaseStatus.Unavailable, (await ledger.ReserveAsync(repeated)).Status);
        _store.IsSilent = false;
        await UntilAsync(() => ledger.Health.IsAvailable);
        Assert.Equal(3m, (await ledger.GetStatusAsync(Ann))[1].Held);

        BudgetLease lease = await ledger.ReserveAsync(repeated);
        for (int i = 0; i < 200 && (await ledger.GetStatusAsync(Ann))[1].Held > 2m; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal((true, true), (lease.IsAcquired, lease.IsReplay));
        Assert.Equal(2m, (await ledger.GetStatusAsync(Ann))[1].Held);
    }

    [Fact]
    public async Task Store_ThatRefusesACommand_IsNotAway()
    {
        BudgetLedger ledger = Ledger();
        _store.Refuses = true;

        BudgetLease lease = await ledger.ReserveAsync(Request(1m));

        Assert.Equal((LeaseStatus.Unavailable, true), (lease.Status, ledger.Health.IsAvailable));
        Assert.Empty(_log);
    }

    [Fact]
    public async Task Store_ThatLostEverything_IsToldAgain()
    {
        BudgetLedger ledger = Ledger();
        BudgetLease settled = await ledger.ReserveAsync(Request(1m)), open = await ledger.ReserveAsync(Request(0.25m));
        await settled.SettleAsync(Usd(0.5m));
        _store.Forget();

        await ledger.GetStatusAsync(Ann); // the first answer of the new store
        await UntilAsync(() => ledger.Health is { IsAvailable: true, Rollbacks: 1 });

        BudgetStatus status = (await ledger.GetStatusAsync(Ann))[1];
        Assert.Equal((0.5m, 0.25m), (status.Spent, status.Held));
        Assert.Equal(SettlementRemarks.None, (await open.SettleAsync(Usd(0.25m))).Remarks);
    }

    /// <summary>The store that lost the hold cannot know the floor, however often it is asked.</summary>
    [Fact]
    public async Task Lease_DisposedOfWhenTheStoreLostItAndDidNotAnswer_CountsItsFloor()
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(1m) with { Floor = Usd(0.125m) });
        _store.Forget();
        _store.IsSilent = true;
        await lease.DisposeAsync();
        _store.IsSilent = false;

        await UntilAsync(() => ledger.Health is { IsAvailable: true, Rollbacks: 1, Pending: 0 });

        BudgetStatus status = (await ledger.GetStatusAsync(Ann))[1];
        Assert.Equal((0.125m, 0m), (status.Spent, status.Held));
    }

    [Theory]
    [InlineData(true)] // a settlement
    [InlineData(false)] // the floor
    public async Task End_AcknowledgedByTheLostStoreAfterTheNewOneWasTold_IsToldAgain(bool settles)
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(1m) with { Floor = Usd(0.5m) });
        TaskCompletionSource answers = new();
        _store.Answers = answers.Task;
        Task ended = settles ? lease.SettleAsync(Usd(0.5m)).AsTask() : lease.DisposeAsync().AsTask();
        _store.Answers = Task.CompletedTask;
        _store.Forget();
        await ledger.GetStatusAsync(Ann); // the first answer of the new store
        await UntilAsync(() => ledger.Health is { IsAvailable: true, Rollbacks: 1 });
        Assert.Equal(1m, (await ledger.GetStatusAsync(Ann))[1].Held);

        answers.SetResult();
        await ended;
        for (int i = 0; i < 500 && (await ledger.GetStatusAsync(Ann))[1].Held > 0; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1);
        }

        BudgetStatus status = (await ledger.GetStatusAsync(Ann))[1];
        Assert.Equal((0.5m, 0m), (status.Spent, status.Held));
        Assert.Equal(1, ledger.Health.Rollbacks);
    }

    [Theory]
    [InlineData("Open without a time", "LlmBudgets:MaxOpenTime")]
    [InlineData("Open without a cap", "LlmBudgets:Budgets:user-day:MaxWhileOpen")]
    [InlineData("share without Open", "LlmBudgets:LocalShare")]
    [InlineData("LocalShare without a share", "LlmBudgets:LocalShare")]
    [InlineData("a share of 2", "LlmBudgets:LocalShare")]
    [InlineData("a cap while Closed", "LlmBudgets:Budgets:user-day:MaxWhileOpen")]
    [InlineData("a time while Closed", "LlmBudgets:MaxOpenTime")]
    [InlineData("a horizon of a day", "LlmBudgets:ReplayHorizon")]
    [InlineData("nothing may wait", "LlmBudgets:MaxPending")]
    [InlineData("a flush of an hour", "LlmBudgets:FlushTime")]
    public void Options_OfOutages_ThatAreWrong_AreFaults(string what, string path)
    {
        OptionsValidationException failure = Assert.Throws<OptionsValidationException>(() => Ledger(options =>
        {
            switch (what)
            {
                case "Open without a time":
                    options.WhenStoreIsAway = StoreOutage.Open;
                    options.Budgets["user-day"].MaxWhileOpen = 1m;
                    break;
                case "Open without a cap":
                    (options.WhenStoreIsAway, options.MaxOpenTime) = (StoreOutage.Open, TimeSpan.FromMinutes(1));
                    break;
                case "share without Open":
                    options.LocalShare = 0.1m;
                    break;
                case "LocalShare without a share":
                    options.WhenStoreIsAway = StoreOutage.LocalShare;
                    break;
                case "a share of 2":
                    (options.WhenStoreIsAway, options.LocalShare) = (StoreOutage.LocalShare, 2m);
                    break;
                case "a cap while Closed":
                    options.Budgets["user-day"].MaxWhileOpen = 1m;
                    break;
                case "a time while Closed":
                    options.MaxOpenTime = TimeSpan.FromMinutes(1);
                    break;
                case "a horizon of a day":
                    options.ReplayHorizon = TimeSpan.FromDays(1);
                    break;
                case "nothing may wait":
                    options.MaxPending = 0;
                    break;
                default:
                    options.FlushTime = TimeSpan.FromHours(1);
                    break;
            }
        }));

        Assert.Contains(path, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private BudgetLedger Ledger(Action<BudgetsOptions>? change = null)
    {
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        options.Budgets["all"] = new() { Currency = "USD", Window = BudgetWindow.Total };
        change?.Invoke(options);
        return new BudgetLedger(_store, options, _clock, new Lines(_log));
    }

    /// <summary>Lets time pass until something is true.</summary>
    private async Task UntilAsync(Func<bool> isTrue)
    {
        for (int i = 0; i < 500 && !isTrue(); i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1); // what time set off goes on in other threads
        }

        Assert.True(isTrue());
    }

    private static BudgetRequest Request(decimal ceiling) => new() { Tags = Ann, Ceiling = Usd(ceiling) };

    private static Money Usd(decimal amount) => new(amount, "USD");

    private sealed class Lines(List<string> lines) : ILogger<BudgetLedger>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel > LogLevel.Information) // what a ledger says when it begins is no news here
            {
                lines.Add($"{logLevel} {formatter(state, exception)}");
            }
        }
    }
}
