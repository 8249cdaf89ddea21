using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Leases;

public class BudgetLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };
    private static readonly Dictionary<string, string> Bob = new() { ["user"] = "bob" };

    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task Lease_SettledForLess_LeavesTheRest()
    {
        BudgetLedger ledger = Ledger();

        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));
        Assert.True(lease.IsAcquired);
        Assert.Equal((0m, 2m, 3m), (lease.Budgets[0].Spent, lease.Budgets[0].Held, lease.Budgets[0].Remaining));

        BudgetSettlement settled = await lease.SettleAsync(Usd(0.25m));

        Assert.Equal(SettlementRemarks.None, settled.Remarks);
        Assert.Equal((0.25m, 0m, 4.75m), (settled.Budgets[0].Spent, settled.Budgets[0].Held, settled.Budgets[0].Remaining));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero), settled.Budgets[0].ResetsAt);
    }

    [Fact]
    public async Task Budgets_PerUser_AreKeptApart()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease ann = await ledger.ReserveAsync(Request(Ann, 5m));

        await using BudgetLease bob = await ledger.ReserveAsync(Request(Bob, 5m));

        Assert.True(ann.IsAcquired && bob.IsAcquired);
    }

    [Fact]
    public async Task Budgets_PerTwoTags_CannotBeMixedUp()
    {
        BudgetLedger ledger = Ledger(options =>
        {
            options.Budgets.Clear();
            options.Budgets["pair"] = Money(1m, "total", "a", "b");
        });
        await using BudgetLease one = await ledger.ReserveAsync(Request(new() { ["a"] = "x/1:y", ["b"] = "z" }, 1m));

        await using BudgetLease other = await ledger.ReserveAsync(Request(new() { ["a"] = "x", ["b"] = "y/1:z" }, 1m));

        Assert.True(one.IsAcquired && other.IsAcquired);
    }

    [Fact]
    public async Task Denial_HeldByOthers_SaysToTryAgainSoon()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease first = await ledger.ReserveAsync(Request(Ann, 4m));

        await using BudgetLease second = await ledger.ReserveAsync(Request(Ann, 1.5m));

        BudgetDenial denial = Assert.IsType<BudgetDenial>(second.Denial);
        Assert.Equal(DenialReason.HeldByOthers, denial.Reason);
        Assert.Equal((5m, 1m, 1.5m, TimeSpan.FromSeconds(1)), (denial.Limit, denial.Remaining!.Value, denial.Requested!.Value, denial.RetryAfter!.Value));
        Assert.Equal(
            "The budget 'user-day' has 1 USD of 5 USD left, and the call needs up to 1.5 USD. Calls that have not ended hold the rest: try again soon.",
            denial.Message);
        Assert.Equal(denial, Assert.Throws<BudgetExceededException>(() => second.ThrowIfNotAcquired()).Denial);
    }

    [Fact]
    public async Task Denial_LimitReached_SaysWhenItHasRoomAgain()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease first = await ledger.ReserveAsync(Request(Ann, 4m));
        await first.SettleAsync(Usd(4.5m));

        await using BudgetLease second = await ledger.ReserveAsync(Request(Ann, 1m));

        Assert.Equal(
            (DenialReason.LimitReached, new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(14)),
            (second.Denial!.Reason, second.Denial.ResetsAt!.Value, second.Denial.RetryAfter!.Value));
        Assert.Equal(
            "The budget 'user-day' has 0.5 USD of 5 USD left, and the call needs up to 1 USD. It has room again at 2026-11-28 00:00:00 UTC.",
            second.Denial.Message);
        _clock.Advance(TimeSpan.FromHours(14));
        await using BudgetLease third = await ledger.ReserveAsync(Request(Ann, 5m));
        Assert.True(third.IsAcquired);
    }

    [Fact]
    public async Task Denial_LargerThanTheLimit_SaysThatWaitingDoesNotHelp()
    {
        await using BudgetLease lease = await Ledger().ReserveAsync(Request(Ann, 5.000000001m));

        Assert.Equal((DenialReason.LargerThanLimit, null, null), (lease.Denial!.Reason, lease.Denial.ResetsAt, lease.Denial.RetryAfter));
    }

    [Fact]
    public async Task Denial_OfAnUnknownPrice_IsNotAdmittedAsFree()
    {
        await using BudgetLease lease = await Ledger().ReserveAsync(new BudgetRequest { Tags = Ann });

        Assert.Equal((LeaseStatus.Denied, DenialReason.UnknownPrice), (lease.Status, lease.Denial!.Reason));
        Assert.Null(lease.Denial.Remaining);
    }

    [Fact]
    public async Task Denial_OfAnotherCurrency_SaysSo()
    {
        await using BudgetLease lease = await Ledger().ReserveAsync(new BudgetRequest { Tags = Ann, Ceiling = new Money(1, "EUR") });

        Assert.Equal(DenialReason.OtherCurrency, lease.Denial!.Reason);
    }

    [Fact]
    public async Task FreeCall_UnderAnExhaustedBudget_IsAdmitted()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease first = await ledger.ReserveAsync(Request(Ann, 5m));
        await first.SettleAsync(Usd(6m));

        await using BudgetLease free = await ledger.ReserveAsync(Request(Ann, 0m));

        Assert.True(free.IsAcquired);
    }

    [Fact]
    public async Task Settle_WithoutAKnownCost_CountsWhatWasHeld()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));

        BudgetSettlement settled = await lease.SettleAsync();

        Assert.Equal((SettlementRemarks.Estimated, 2m), (settled.Remarks, settled.Budgets[0].Spent));
    }

    [Fact]
    public async Task Settle_InAnotherCurrency_CountsWhatWasHeld()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));

        BudgetSettlement settled = await lease.SettleAsync(new Money(1, "EUR"));

        Assert.Equal((SettlementRemarks.Estimated | SettlementRemarks.OtherCurrency, 2m), (settled.Remarks, settled.Budgets[0].Spent));
    }

    [Fact]
    public async Task Settle_FinerThanABillionth_IsRoundedUpOnce()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));

        Assert.Equal(0.000000002m, (await lease.SettleAsync(Usd(0.0000000011m))).Budgets[0].Spent);
    }

    [Fact]
    public async Task Settle_Twice_CountsOnce()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));
        await lease.SettleAsync(Usd(1m));

        Assert.Equal(SettlementRemarks.Repeated, (await lease.SettleAsync(Usd(1m))).Remarks);
        BudgetSettlement other = await lease.SettleAsync(Usd(1.5m));
        Assert.Equal((SettlementRemarks.Conflict, 1m), (other.Remarks, other.Budgets[0].Spent));
    }

    [Fact]
    public async Task Settle_WithACancelledToken_IsRecorded()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));

        await lease.SettleAsync(Usd(1m), cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal(1m, (await ledger.GetStatusAsync(Ann))[0].Spent);
    }

    [Fact]
    public async Task Dispose_WithoutSettling_CountsTheFloor()
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m) with { Floor = Usd(0.1m) });

        await lease.DisposeAsync();
        await lease.DisposeAsync();

        Assert.Equal((0.1m, 0m), Spent(await ledger.GetStatusAsync(Ann)));
    }

    [Fact]
    public async Task Release_CallThatWasNotMade_CountsNothing()
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m) with { Floor = Usd(0.1m) });

        await lease.ReleaseAsync();
        await lease.DisposeAsync();

        Assert.Equal((0m, 0m), Spent(await ledger.GetStatusAsync(Ann)));
    }

    [Fact]
    public async Task Lease_WhoseTimeIsOver_CountsTheFloorAndSettlesLate()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m) with { Floor = Usd(0.1m) });
        _clock.Advance(TimeSpan.FromMinutes(8));
        Assert.True(await lease.ExtendAsync(TimeSpan.FromMinutes(5)));
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((0.1m, 0m), Spent(await ledger.GetStatusAsync(Ann)));
        Assert.False(await lease.ExtendAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(SettlementRemarks.Late, (await lease.SettleAsync(Usd(1m))).Remarks);
        Assert.Equal((1m, 0m), Spent(await ledger.GetStatusAsync(Ann)));
    }

    [Fact]
    public async Task Observe_WithoutRoom_AdmitsAndSaysSo()
    {
        BudgetLedger ledger = Ledger(options => options.Budgets["seen"] = Money(1m, "day", BudgetMode.Observe));

        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 3m));

        Assert.True(lease.IsAcquired);
        Assert.Equal("seen", Assert.Single(lease.WouldDeny));
        await using BudgetLease unknown = await ledger.ReserveAsync(new BudgetRequest { Tags = Ann });
        Assert.Equal(LeaseStatus.Denied, unknown.Status); // by the other budget, which is enforced
    }

    [Fact]
    public async Task Observe_UnknownPrice_AdmitsAndSaysSo()
    {
        BudgetLedger ledger = Ledger(options => options.Budgets["user-day"].Mode = BudgetMode.Observe);

        await using BudgetLease lease = await ledger.ReserveAsync(new BudgetRequest { Tags = Ann });

        Assert.True(lease.IsAcquired);
        Assert.Equal("user-day", Assert.Single(lease.WouldDeny));
    }

    [Fact]
    public async Task Expected_IsHeld_AndTheCeilingWhereItIsNotKnown()
    {
        BudgetLedger ledger = Ledger();

        await using BudgetLease known = await ledger.ReserveAsync(Request(Ann, 4m) with { Expected = Usd(1m), Hold = BudgetHold.Expected });
        await using BudgetLease unknown = await ledger.ReserveAsync(Request(Bob, 4m) with { Hold = BudgetHold.Expected });

        Assert.Equal((1m, 4m), (known.Budgets[0].Held, unknown.Budgets[0].Held));
    }

    [Fact]
    public async Task Dispose_AfterItsStore_DoesNotThrow()
    {
        InMemoryBudgetStore store = new(clock: _clock);
        BudgetLease lease = await new BudgetLedger(store, Options(), _clock).ReserveAsync(Request(Ann, 1m));
        await store.DisposeAsync();

        Assert.Null(await Record.ExceptionAsync(async () => await lease.DisposeAsync()));
    }

    [Fact]
    public async Task Record_CallOfALongResponseId_CountsOnceInTheWindowOfItsInstant()
    {
        BudgetLedger ledger = Ledger();
        CostEstimator estimator = new(RateCardJson.Parse(
            """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 2 } } } }"""u8.ToArray(), "card"));
        ModelCall call = ModelCall.FromUsage("m", new TokenUsage { Input = 500_000 }) with
        {
            Asked = new CallContext { At = Start.AddDays(-1) },
            Identity = new CallIdentity { ResponseId = new string('r', 300) },
        };

        BudgetSettlement first = await ledger.RecordAsync(estimator.Price(call), Ann);
        BudgetSettlement again = await ledger.RecordAsync(estimator.Price(call), Ann);

        Assert.Equal((SettlementRemarks.Unreserved, 1m), (first.Remarks, first.Budgets[0].Spent)); // 0.5 million x 2
        Assert.Equal(SettlementRemarks.Unreserved | SettlementRemarks.Repeated, again.Remarks);
        Assert.Equal((0m, 0m), Spent(await ledger.GetStatusAsync(Ann))); // it was yesterday's
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await ledger.RecordAsync(estimator.Price(call with { Asked = new CallContext { At = Start.AddDays(-36) } }), Ann));
    }

    [Fact]
    public async Task Units_TokensCallsAndSeconds_AreCountedBesideMoney()
    {
        BudgetLedger ledger = Ledger(options =>
        {
            options.Budgets.Clear();
            options.Budgets["tokens"] = new() { Unit = BudgetUnit.Tokens, Limit = 1_000, Window = BudgetWindow.Day() };
            options.Budgets["calls"] = new() { Unit = BudgetUnit.Calls, Limit = 2, Window = BudgetWindow.Day() };
            options.Budgets["seconds"] = new() { Unit = BudgetUnit.Seconds, Limit = 60, Window = BudgetWindow.Day() };
        });

        await using BudgetLease lease = await ledger.ReserveAsync(new BudgetRequest { Tokens = 600, Duration = TimeSpan.FromSeconds(30) });
        await lease.SettleAsync(tokens: 500, duration: TimeSpan.FromSeconds(1.5));
        await using BudgetLease second = await ledger.ReserveAsync(new BudgetRequest { Tokens = 501, Duration = TimeSpan.FromSeconds(30) });
        await using BudgetLease unknown = await ledger.ReserveAsync(new BudgetRequest { Tokens = 1 });

        Assert.Equal([500m, 1m, 1.5m], (await ledger.GetStatusAsync(new Dictionary<string, string>())).Select(status => status.Spent));
        Assert.Equal(("tokens", DenialReason.LimitReached), (second.Denial!.Budget, second.Denial.Reason)); // 500 + 501 > 1,000
        Assert.Equal(("seconds", DenialReason.UnknownAmount), (unknown.Denial!.Budget, unknown.Denial.Reason));
    }

    [Fact]
    public async Task Request_WithoutATag_IsAMistake_UnlessTheBudgetIsOptional()
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await Ledger().ReserveAsync(new BudgetRequest { Ceiling = Usd(1) }));

        Assert.StartsWith("The budget 'user-day' is kept per 'user', and the request has no such tag.", error.Message, StringComparison.Ordinal);
        BudgetLedger optional = Ledger(options => options.Budgets["user-day"].Optional = true);
        await using BudgetLease lease = await optional.ReserveAsync(Request([], 100m));
        Assert.True(lease.IsAcquired);
    }

    [Fact]
    public async Task Request_Repeated_IsHeldOnce()
    {
        BudgetLedger ledger = Ledger();
        BudgetRequest request = Request(Ann, 2m);
        await using BudgetLease lease = await ledger.ReserveAsync(request);

        await using BudgetLease again = await ledger.ReserveAsync(request);
        await using BudgetLease other = await ledger.ReserveAsync(request with { Ceiling = Usd(3m) });

        Assert.True(again.IsAcquired && again.IsReplay);
        Assert.Equal(LeaseStatus.Conflict, other.Status);
        Assert.Throws<InvalidOperationException>(() => other.ThrowIfNotAcquired());
        Assert.Equal((0m, 2m), Spent(await ledger.GetStatusAsync(Ann)));
        await lease.SettleAsync(Usd(0.9m)); // the id is used up: whoever names all calls alike would call without a limit
        Assert.Equal(LeaseStatus.Conflict, (await ledger.ReserveAsync(request)).Status);
    }

    [Fact]
    public async Task Correct_TakesBack_Once()
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(Ann, 2m));
        await lease.SettleAsync(Usd(2m));

        await ledger.CorrectAsync("refund-1", Ann, Usd(-0.5m));
        await ledger.CorrectAsync("refund-1", Ann, Usd(-0.5m));

        Assert.Equal((1.5m, 0m), Spent(await ledger.GetStatusAsync(Ann)));
    }

    [Fact]
    public async Task Store_ThatDoesNotAnswer_IsUnavailableAndNotOverTheLimit()
    {
        BudgetLedger ledger = new(new InMemoryBudgetStore(new() { MaxAccounts = 1 }, _clock), Options(), _clock);
        await using BudgetLease first = await ledger.ReserveAsync(Request(Ann, 1m));

        await using BudgetLease second = await ledger.ReserveAsync(Request(Bob, 1m));

        Assert.Equal((LeaseStatus.Unavailable, null), (second.Status, second.Denial));
        Assert.Throws<BudgetStoreException>(() => second.ThrowIfNotAcquired());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await second.SettleAsync(Usd(1m)));
    }

    private BudgetLedger Ledger(Action<BudgetsOptions>? change = null)
    {
        BudgetsOptions options = Options();
        change?.Invoke(options);
        return new BudgetLedger(new InMemoryBudgetStore(clock: _clock), options, _clock);
    }

    private static BudgetsOptions Options()
    {
        BudgetsOptions options = new();
        options.Budgets["user-day"] = Money(5m, "day", "user");
        return options;
    }

    private static BudgetOptions Money(decimal limit, string window, params string[] per) => Money(limit, window, BudgetMode.Enforce, per);

    private static BudgetOptions Money(decimal limit, string window, BudgetMode mode, params string[] per)
    {
        BudgetOptions made = new() { Limit = limit, Currency = "USD", Window = BudgetWindow.Parse(window), Mode = mode };
        Array.ForEach(per, made.Per.Add);
        return made;
    }

    private static BudgetRequest Request(Dictionary<string, string> tags, decimal ceiling) => new() { Tags = tags, Ceiling = Usd(ceiling) };

    private static Money Usd(decimal amount) => new(amount, "USD");

    private static (decimal Spent, decimal Held) Spent(IReadOnlyList<BudgetStatus> budgets) => (budgets[0].Spent, budgets[0].Held);
}
