using LlmCostModel.Budgets.Tests.Outages;
using LlmCostModel.TestData;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>Bad calls of the API, by the numbers of <see cref="BadInputTable"/>.</summary>
public sealed class CallInputTests : IDisposable
{
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));
    private readonly InMemoryBudgetStore _store;
    private readonly GatedStore _gated = new();
    private readonly FailingStore _failing;

    public CallInputTests() => (_store, _failing) = (new(clock: _clock), new(_clock));

    public void Dispose()
    {
        _store.Dispose();
        _gated.Dispose();
        _failing.Dispose();
    }

    [Fact]
    public async Task Reserve_Nothing_IsGrantedWithoutAHold() // 59
    {
        await using BudgetLease lease = await Ledger().ReserveAsync(Request(0m));

        Assert.Equal((LeaseStatus.Granted, 0m, 5m), (lease.Status, lease.Budgets[0].Held, lease.Budgets[0].Remaining));
    }

    [Fact]
    public async Task Reserve_Amounts_OutOfRange() // 60
    {
        BudgetLedger ledger = Ledger();
        ArgumentOutOfRangeException negative = Assert.Throws<ArgumentOutOfRangeException>(() => Request(-0.000000001m));
        await using BudgetLease larger = await ledger.ReserveAsync(Request(5.000000001m));

        Assert.StartsWith("An amount to hold is 0 or more. (Parameter 'Ceiling')", negative.Message, StringComparison.Ordinal);
        Assert.Equal(
            "The budget 'user-day' has 5 USD of 5 USD left, and the call needs up to 5.000000001 USD. Waiting does not help: make the call smaller, or raise the limit.",
            larger.Denial!.Message);
    }

    [Theory]
    [InlineData("79228162514264337593543950335")] // decimal.MaxValue
    [InlineData("9223372036.854775808")] // one more than 2^63 - 1 billionths
    [InlineData("9007199.254740992")] // one more than a store counts
    public async Task Reserve_MoreThanCanBeCounted_IsRefused(string amount) // 60
    {
        decimal most = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await Ledger().ReserveAsync(Request(most)));

        Assert.Equal($"The request takes {amount} USD of the budget 'user-day', which is more than can be counted.", error.Message);
        await using BudgetLease floor = await Ledger().ReserveAsync(Request(1m) with { Floor = Usd(most) }); // a floor is at most what is held
        await floor.DisposeAsync();
        Assert.Equal((1m, 0m), await StateAsync(Ledger()));
    }

    [Fact]
    public async Task Reserve_OneIdManyTimesAtOnce_IsHeldOnce() // 61
    {
        BudgetLedger ledger = Ledger();
        BudgetRequest request = Request(1m);

        BudgetLease[] leases = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await ledger.ReserveAsync(request))));

        Assert.Equal((100, 99), (leases.Count(lease => lease.IsAcquired), leases.Count(lease => lease.IsReplay)));
        Assert.Equal((0m, 1m), await StateAsync(ledger));
    }

    [Fact]
    public async Task Reserve_OneIdOtherAmount_IsAConflict() // 62
    {
        BudgetLedger ledger = Ledger();
        BudgetRequest request = Request(1m) with { Id = "one" };
        await ledger.ReserveAsync(request);

        await using BudgetLease other = await ledger.ReserveAsync(request with { Ceiling = Usd(2m) });

        Assert.Equal((LeaseStatus.Conflict, null), (other.Status, other.Denial));
        Assert.Equal(
            "The id 'one' belongs to another request, or to a call that was settled or released. A new call has a new id.",
            Assert.Throws<InvalidOperationException>(() => other.ThrowIfNotAcquired()).Message);
    }

    [Fact]
    public async Task Settle_LessThanNothing_IsRefused_AndLeavesTheLeaseOpen() // 64
    {
        BudgetLedger ledger = Ledger();
        BudgetLease lease = await ledger.ReserveAsync(Request(1m));

        foreach (Func<ValueTask<BudgetSettlement>> settle in (Func<ValueTask<BudgetSettlement>>[])
            [() => lease.SettleAsync(Usd(-0.1m)), () => lease.SettleAsync(Usd(1m), tokens: -1), () => lease.SettleAsync(Usd(1m), duration: TimeSpan.FromTicks(-1))])
        {
            ArgumentOutOfRangeException negative = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await settle());
            Assert.StartsWith("What a call spent is 0 or more. Use BudgetLedger.CorrectAsync to take something back.", negative.Message, StringComparison.Ordinal);
        }

        Assert.Equal((0m, 1m), await StateAsync(ledger));
        Assert.Equal(SettlementRemarks.None, (await lease.SettleAsync(Usd(0.5m))).Remarks);
    }

    [Fact]
    public async Task Settle_AfterItsEnd_IsRecorded() // 65
    {
        BudgetLedger ledger = Ledger();
        BudgetLease released = await ledger.ReserveAsync(Request(1m)), expired = await ledger.ReserveAsync(Request(1m));
        await released.ReleaseAsync();
        Assert.Equal(SettlementRemarks.Late, (await released.SettleAsync(Usd(0.25m))).Remarks);
        _clock.Advance(TimeSpan.FromMinutes(11));
        await ledger.GetStatusAsync(Ann); // gives back what is due
        Assert.Equal(SettlementRemarks.Late, (await expired.SettleAsync(Usd(0.5m))).Remarks);

        BudgetSettlement never = await ledger.CorrectAsync("never reserved", Ann, Usd(0.125m));

        Assert.Equal((SettlementRemarks.Unreserved, 0.875m), (never.Remarks, never.Budgets[0].Spent)); // 0.25 + 0.5 + 0.125
    }

    [Fact]
    public async Task Release_AfterItsEnd_ChangesNothing() // 66
    {
        BudgetLedger ledger = Ledger();
        BudgetLease released = await ledger.ReserveAsync(Request(1m)), settled = await ledger.ReserveAsync(Request(1m));
        await released.ReleaseAsync();
        await released.ReleaseAsync();
        await settled.SettleAsync(Usd(0.5m));
        await settled.ReleaseAsync();

        Assert.Equal((0.5m, 0m), await StateAsync(ledger));
    }

    [Fact]
    public async Task Dispose_DuringASettlement_WaitsForIt() // 67
    {
        BudgetLedger ledger = new(_gated, Options());
        BudgetLease lease = await ledger.ReserveAsync(Request(1m) with { Floor = Usd(0.75m) });
        _gated.Close();
        Task<BudgetSettlement> settling = lease.SettleAsync(Usd(0.5m)).AsTask();
        await _gated.Asked;

        Task disposing = lease.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        _gated.Open();
        await disposing;

        Assert.Equal(SettlementRemarks.None, (await settling).Remarks); // not late: the floor was not counted in between
        await lease.DisposeAsync();
        Assert.Equal((0.5m, 0m), await StateAsync(ledger));
    }

    [Fact]
    public async Task Settle_GivenUp_IsRecordedAllTheSame() // 68
    {
        BudgetLedger ledger = new(_gated, Options());
        BudgetLease lease = await ledger.ReserveAsync(Request(1m) with { Floor = Usd(0.75m) });
        _gated.Close();
        using CancellationTokenSource source = new();
        Task<BudgetSettlement> settling = lease.SettleAsync(Usd(0.5m), cancellationToken: source.Token).AsTask();
        await _gated.Asked;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling);
        await lease.DisposeAsync();
        _gated.Open();

        await UntilAsync(async () => await StateAsync(ledger) == (0.5m, 0m));
    }

    [Fact]
    public async Task Reserve_GivenUp_LeavesNothingHeld() // 69, and 70: it arrives after it was given back
    {
        BudgetLedger ledger = new(_gated, Options());
        _gated.Close();
        using CancellationTokenSource source = new();
        BudgetRequest request = Request(1m);
        Task<BudgetLease> reserving = ledger.ReserveAsync(request, source.Token).AsTask();
        await _gated.Asked;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reserving);
        _gated.Open();

        BudgetLease? late = null;
        await UntilAsync(async () => (late = await ledger.ReserveAsync(request)).Status == LeaseStatus.Conflict); // once it is given back
        Assert.Equal((0m, 0m), await StateAsync(ledger));
        Assert.Throws<InvalidOperationException>(() => late!.ThrowIfNotAcquired());
    }

    [Theory]
    [InlineData("}")]
    [InlineData("{}")]
    [InlineData(":")]
    [InlineData("*")]
    [InlineData("ann/3:ann")]
    [InlineData("line\r\nbreak")]
    [InlineData("zero\0")]
    [InlineData("admin' OR 1=1--")] // 73
    public async Task Tag_OfAnyText_IsTakenLiterally(string user) // 71: names are opaque to the stores, which encode or bind them
    {
        BudgetLedger ledger = Ledger();
        BudgetLease full = await ledger.ReserveAsync(Request(5m) with { Tags = new Dictionary<string, string> { ["user"] = user } });
        await full.SettleAsync(Usd(5m));

        await using BudgetLease same = await ledger.ReserveAsync(Request(5m) with { Tags = new Dictionary<string, string> { ["user"] = user } });
        await using BudgetLease other = await ledger.ReserveAsync(Request(5m) with { Tags = new Dictionary<string, string> { ["user"] = user + " " } });

        Assert.Equal((true, DenialReason.LimitReached, true), (full.IsAcquired, same.Denial!.Reason, other.IsAcquired));
        Assert.Equal(user, Assert.Single(await ledger.GetTopAsync("user-day")).Tags["user"]);
    }

    [Theory]
    [InlineData(16, null, "The budget 'user-day' is kept per 'user', and the request has no such tag. Add it to BudgetRequest.Tags, or make the budget Optional.")]
    [InlineData(71, "", "The budget 'user-day' is kept per 'user', and the request has no such tag. Add it to BudgetRequest.Tags, or make the budget Optional.")]
    [InlineData(71, "half a character", "The budget 'user-day' is kept per 'user', whose value has half of a character (a lone surrogate). It has to be text.")]
    [InlineData(71, "a megabyte", "The budget 'user-day' is kept per 'user', whose value has 1048576 characters. It has 1 to 512.")]
    public async Task Tag_ThatIsNoName_IsRefused(int number, string? user, string message)
    {
        string? value = user switch // attributes hold no half of a character
        {
            "half a character" => "\ud83d",
            "a megabyte" => new string('a', 1 << 20),
            _ => user,
        };
        Dictionary<string, string> tags = new() { ["user"] = value! };
        BudgetLedger ledger = Ledger();

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await ledger.ReserveAsync(Request(1m) with { Tags = tags }));
        ArgumentException corrected = await Assert.ThrowsAsync<ArgumentException>(async () => await ledger.CorrectAsync("c", tags, Usd(1m)));

        Assert.Equal((number, message, message), (number, error.Message, corrected.Message));
    }

    [Fact]
    public async Task Tag_AsLongAsItMayBe_IsTaken() => // 71
        Assert.True((await Ledger().ReserveAsync(Request(1m) with { Tags = new Dictionary<string, string> { ["user"] = new string('a', 510) + "\ud83d\ude00" } })).IsAcquired);

    [Theory]
    [InlineData("", "The id of a request has 0 characters. It has 1 to 128. (Parameter 'Id')")]
    [InlineData("long", "The id of a request has 129 characters. It has 1 to 128. (Parameter 'Id')")]
    [InlineData("half a character", "An id or the name of an account has half of a character (a lone surrogate). It has to be text.")]
    public async Task Id_ThatIsNone_IsRefused(string id, string message) // 71
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Ledger().ReserveAsync(Request(1m) with { Id = id == "long" ? new string('i', 129) : id == "" ? "" : "\udc00" }));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("reserve")]
    [InlineData("extend")]
    public async Task Life_LongerThanIdsAreKnown_IsRefused(string what) // 12, for one call
    {
        BudgetLedger ledger = Ledger();
        await using BudgetLease lease = await ledger.ReserveAsync(Request(1m) with { TimeToLive = TimeSpan.FromMinutes(30) });

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => _ = what == "extend"
            ? await lease.ExtendAsync(TimeSpan.FromMinutes(31))
            : (await ledger.ReserveAsync(Request(1m) with { TimeToLive = TimeSpan.FromMinutes(31) })).IsAcquired);

        Assert.Equal(
            "A lease cannot live for 00:31:00, which is more than half of the time for which the store knows an id (01:00:00): a call could be counted twice. "
                + "Shorten it, or let the store remember ids for longer.",
            error.Message);
    }

    [Fact]
    public async Task Users_WithoutEnd_AreBounded() // 74
    {
        using InMemoryBudgetStore small = new(new() { MaxAccounts = 100 }, _clock);
        BudgetLedger ledger = new(small, Options(), _clock);
        BudgetLease[] leases = new BudgetLease[1_000];
        for (int i = 0; i < leases.Length; i++)
        {
            leases[i] = await ledger.ReserveAsync(Request(1m) with { Tags = new Dictionary<string, string> { ["user"] = $"user-{i}" } });
        }

        Assert.Equal((100, 900), (leases.Count(lease => lease.IsAcquired), leases.Count(lease => lease.Status == LeaseStatus.Unavailable)));
        Assert.True(ledger.Health.IsAvailable); // those who have an account go on
        Assert.Equal(
            "The store in memory has 100 accounts, which is its bound, and cannot open another one. Raise InMemoryBudgetStoreOptions.MaxAccounts, or give fewer keys a budget.",
            Assert.Throws<BudgetStoreException>(() => leases[^1].ThrowIfNotAcquired()).Message);
    }

    [Fact]
    public async Task Ledger_ThatHasEnded_SaysSo_AndStillCountsWhatWasSpent() // 75
    {
        BudgetLedger ledger = new(_failing, Options(), _clock);
        BudgetLease first = await ledger.ReserveAsync(Request(1m)), second = await ledger.ReserveAsync(Request(1m));
        await ledger.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.ReserveAsync(Request(1m)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.GetStatusAsync(Ann));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.GetTopAsync("user-day"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.CorrectAsync("c", Ann, Usd(1m)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.FlushAsync());
        Assert.Equal(SettlementRemarks.None, (await first.SettleAsync(Usd(0.5m))).Remarks);
        _failing.IsAway = true;
        BudgetStoreException lost = await Assert.ThrowsAsync<BudgetStoreException>(async () => await second.SettleAsync(Usd(0.5m)));
        Assert.Equal("The store of budgets does not answer, and the ledger has ended, so that nobody tells it later. The call is not counted.", lost.Message);
        await second.DisposeAsync();
    }

    /// <summary>76: a thread whose continuations have to come back to it would wait for ever if any of the library did.</summary>
    [Fact]
    public void Calls_WaitedForOnAThreadThatIsAlone_DoNotLock()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        BlockedContext alone = new();
        SynchronizationContext.SetSynchronizationContext(alone);
        try
        {
            BudgetLedger ledger = new(new YieldingStore(_store), Options(), _clock);
            BudgetLease lease = Block(ledger.ReserveAsync(Request(1m)));
            Assert.Equal(0.5m, Block(lease.SettleAsync(Usd(0.5m))).Budgets[0].Spent);
            ledger.Dispose();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal(0, alone.Posted);
    }

    [Fact]
    public async Task Calls_InThousandsAtOnce_EndAll() // 76
    {
        BudgetLedger ledger = Ledger();
        int calls = SampleSize.Of(100_000, atTheDesk: 5_000);

        BudgetLease[] leases = await Task.WhenAll(Enumerable.Range(0, calls).Select(async _ => await ledger.ReserveAsync(Request(0.001m))));

        int granted = Math.Min(calls, 5_000); // 5 / 0.001
        Assert.Equal((granted, (0m, granted * 0.001m)), (leases.Count(lease => lease.IsAcquired), await StateAsync(ledger)));
    }

    /// <summary>77: windows are known for 35 days, so that one that was there before a year ahead is forgotten.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(24 * 30, true)]
    [InlineData(24 * 365, false)]
    public async Task Clock_Set_NeverAdmitsMore(int hours, bool isKnown)
    {
        AdjustableClock clock = new(_clock.GetUtcNow());
        using InMemoryBudgetStore store = new(clock: clock);
        BudgetLedger ledger = new(store, Options(), clock);
        await (await ledger.ReserveAsync(Request(4m))).SettleAsync(Usd(4m));
        DateTimeOffset begun = clock.GetUtcNow();

        clock.Set(begun.AddHours(hours));
        await using BudgetLease second = await ledger.ReserveAsync(Request(4m));
        Assert.Equal(hours > 0, second.IsAcquired); // a new day, once
        await using BudgetLease third = await ledger.ReserveAsync(Request(4m));
        Assert.False(third.IsAcquired);
        if (isKnown)
        {
            clock.Set(begun);
            await using BudgetLease fourth = await ledger.ReserveAsync(Request(4m));
            Assert.Equal((DenialReason.LimitReached, 4m), (fourth.Denial!.Reason, (await ledger.GetStatusAsync(Ann))[0].Spent)); // as it was left
        }
    }

    private static T Block<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private BudgetLedger Ledger() => new(_store, Options(), _clock);

    private static BudgetsOptions Options()
    {
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        return options;
    }

    private static BudgetRequest Request(decimal ceiling) => new() { Tags = Ann, Ceiling = Usd(ceiling) };

    private static Money Usd(decimal amount) => new(amount, "USD");

    private static async Task<(decimal Spent, decimal Held)> StateAsync(BudgetLedger ledger)
    {
        BudgetStatus status = (await ledger.GetStatusAsync(Ann))[0];
        return (status.Spent, status.Held);
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        bool reached = await isTrue();
        for (int i = 0; i < 5_000 && !reached; i++)
        {
            await Task.Delay(1);
            reached = await isTrue();
        }

        Assert.True(reached);
    }
}
