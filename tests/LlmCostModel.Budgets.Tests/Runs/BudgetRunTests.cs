namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>What a run counts, denies and shows.</summary>
public sealed class BudgetRunTests : RunTestBase
{
    [Fact]
    public async Task Call_OfARun_CountsInItAndInTheBudgets()
    {
        using BudgetRun run = Ledger.StartRun(Limit(2m));

        await using BudgetLease lease = await run.ReserveAsync(Call(1.5m));
        Assert.Equal([("user-day", 1.5m, 5m), ("run/job", 1.5m, 2m)], lease.Budgets.Select(one => (one.Budget, one.Held, one.Limit!.Value)));
        BudgetSettlement settled = await lease.SettleAsync(Usd(0.25m));

        Assert.Equal([("user-day", 0.25m), ("run/job", 0.25m)], settled.Budgets.Select(one => (one.Budget, one.Spent)));
        Assert.Equal((0.25m, 0m, 1.75m), await LeftAsync(run));
        Assert.Null((await run.GetStatusAsync())[0].ResetsAt);
    }

    [Fact]
    public async Task Call_WithoutRoomInTheRun_HoldsNothingAnywhere()
    {
        using BudgetRun run = Ledger.StartRun(Limit(2m));
        await SpendAsync(run, 1.25m);

        await using BudgetLease denied = await run.ReserveAsync(Call(1m));

        Assert.Equal(
            "The run 'job' has 0.75 USD of 2 USD left, and the call needs up to 1 USD. A run does not begin anew: make the call smaller, or finish with what there is.",
            denied.Denial!.Message);
        Assert.Equal(("run/job", DenialReason.LimitReached, null, null), (denied.Denial.Budget, denied.Denial.Reason, denied.Denial.ResetsAt, denied.Denial.RetryAfter));
        Assert.Equal(0m, (await Ledger.GetStatusAsync(Ann))[0].Held);
        Assert.Null(run.Stop); // there is room for a smaller one
        await SpendAsync(run, 0.75m);
    }

    [Fact]
    public async Task Call_WithoutRoomInABudget_NamesTheBudget()
    {
        using BudgetRun run = Ledger.StartRun(Limit(100m));

        await using BudgetLease denied = await run.ReserveAsync(Call(5.5m));

        Assert.Equal(("user-day", DenialReason.LargerThanLimit), (denied.Denial!.Budget, denied.Denial.Reason));
    }

    [Fact]
    public async Task Limits_OfEveryUnit_CountTheirOwn()
    {
        using BudgetRun run = Ledger.StartRun(new() { Id = "job", Money = Usd(1m), Tokens = 1_000, Calls = 2, CallTime = TimeSpan.FromSeconds(30) });
        BudgetRequest request = Call(0.5m) with { Tokens = 400, Duration = TimeSpan.FromSeconds(20) };
        await using BudgetLease first = await run.ReserveAsync(request);
        await first.SettleAsync(Usd(0.125m), 300, TimeSpan.FromSeconds(15.5));

        await using BudgetLease slow = await run.ReserveAsync(request with { Id = "slow" });
        await using BudgetLease unknown = await run.ReserveAsync(request with { Id = "unknown", Tokens = null });
        await using BudgetLease long_ = await run.ReserveAsync(request with { Id = "long", Tokens = 701, Duration = TimeSpan.Zero });

        Assert.Equal([(BudgetUnit.Money, 0.125m), (BudgetUnit.Tokens, 300m), (BudgetUnit.Calls, 1m), (BudgetUnit.Seconds, 15.5m)],
            (await run.GetStatusAsync()).Select(one => (one.Unit, one.Spent)));
        Assert.Equal((BudgetUnit.Seconds, 14.5m), (slow.Denial!.Unit, slow.Denial.Remaining!.Value)); // 30 - 15.5
        Assert.Equal((BudgetUnit.Tokens, 700m), (long_.Denial!.Unit, long_.Denial.Remaining!.Value));
        Assert.Equal(
            "The run 'job' counts tokens, and the most that the call can take is not known. Set BudgetRequest.Tokens.", unknown.Denial!.Message);
    }

    [Fact]
    public async Task Child_WithoutLimits_HasWhatItsParentHasLeft()
    {
        using BudgetRun job = Ledger.StartRun(Limit(2m));
        await SpendAsync(job, 0.5m);
        using BudgetRun child = job.StartChild(new() { Id = "child" });
        await SpendAsync(child, 1m);

        await using BudgetLease denied = await child.ReserveAsync(Call(0.75m));

        Assert.Equal(("run/job", 0.5m), (denied.Denial!.Budget, denied.Denial.Remaining!.Value));
        Assert.Equal((1m, 0m, 0.5m), await LeftAsync(child));
        Assert.Equal((1.5m, 0m, 0.5m), await LeftAsync(job)); // 0.5 of its own and 1 of the child
    }

    [Theory]
    [InlineData(0.5, "child", 0.5)] // its own is smaller
    [InlineData(3, "job", 2)] // never more than the parent has
    public async Task Child_WithALimit_HasTheSmallerOfBoth(double limit, string denies, double left)
    {
        using BudgetRun job = Ledger.StartRun(Limit(2m));
        using BudgetRun child = job.StartChild(Limit((decimal)limit, "child"));

        await using BudgetLease denied = await child.ReserveAsync(Call((decimal)left + 0.01m));

        Assert.Equal($"run/{denies}", denied.Denial!.Budget);
        Assert.Equal((0m, 0m, (decimal)left), await LeftAsync(child));
        await SpendAsync(child, (decimal)left);
    }

    [Fact]
    public async Task Siblings_OfTheSameId_AreKeptApart()
    {
        using BudgetRun job = Ledger.StartRun(Limit(2m));
        using BudgetRun one = job.StartChild(Limit(0.5m, "agent")), other = job.StartChild(Limit(0.5m, "agent"));

        await SpendAsync(one, 0.5m);
        await SpendAsync(other, 0.5m);

        Assert.Equal((1m, 0m, 1m), await LeftAsync(job));
    }

    [Fact]
    public void Children_TooDeep_AreRefused()
    {
        using BudgetRun first = Ledger.StartRun(Limit(2m));
        BudgetRun last = first;
        for (int i = 0; i < 15; i++)
        {
            last = last.StartChild(new() { Id = $"level {i}" });
        }

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => last.StartChild());

        Assert.Equal("The run 'level 14' is the last of 16 runs one above the other, and more cannot be. Does an agent start itself?", error.Message);
    }

    [Fact]
    public void Options_OutOfTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Id = "" }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Id = new string('x', 129) }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Id = "\ud800" }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Id = "two\nlines" }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Money = default(Money) }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Tokens = -1 }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { Calls = long.MaxValue }));
        Assert.Throws<ArgumentException>(() => Ledger.StartRun(new() { CallTime = TimeSpan.FromTicks(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger.StartRun(new() { WrapUpAt = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ledger.StartRun(new() { Duration = TimeSpan.FromDays(31) }));
        Assert.Equal(
            "The limit of a run is 0.0000000001 (Money). It is 0 to 9007199.254740991, in whole parts of 0.000000001.",
            Assert.Throws<ArgumentException>(() => Ledger.StartRun(Limit(0.0000000001m))).Message);
    }

    [Fact]
    public async Task Limit_OfZero_AdmitsWhatIsFree()
    {
        using BudgetRun run = Ledger.StartRun(Limit(0m));

        await using BudgetLease free = await run.ReserveAsync(Call(0m));
        await using BudgetLease other = await run.ReserveAsync(Call(0.01m));

        Assert.Equal((true, DenialReason.LargerThanLimit), (free.IsAcquired, other.Denial!.Reason));
    }

    /// <summary>A window of a run is the one from its start to its end, wherever the clock of the store is: nothing of it begins anew.</summary>
    [Fact]
    public async Task Account_OfARun_CountsAlsoWhereTheStoresClockIsElsewhere()
    {
        using BudgetRun run = Ledger.StartRun(new() { Money = Usd(1m), Duration = TimeSpan.FromDays(30) });
        await using BudgetLease open = await run.ReserveAsync(Call(0.75m) with { TimeToLive = TimeSpan.FromDays(7) });
        Clock.Advance(TimeSpan.FromDays(6));

        await using BudgetLease denied = await run.ReserveAsync(Call(0.5m));
        await open.SettleAsync(Usd(0.5m));

        Assert.Equal(DenialReason.HeldByOthers, denied.Denial!.Reason);
        Assert.Equal((0.5m, 0m, 0.5m), await LeftAsync(run));
    }
}
