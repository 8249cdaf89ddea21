namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>When a run should come to an end, and when and why it stops.</summary>
public sealed class RunStopTests : RunTestBase
{
    [Fact]
    public async Task WrapUp_AtTheShareOfALimit_IsCanceledByTheSettlement()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        await SpendAsync(run, 0.79m);
        Assert.False(run.WrapUp.IsCancellationRequested);

        await SpendAsync(run, 0.01m);

        Assert.True(run.WrapUp.IsCancellationRequested);
        Assert.False(run.Stopped.IsCancellationRequested);
        await SpendAsync(run, 0.2m); // calls are admitted on
    }

    [Fact]
    public async Task WrapUp_OfAHold_WaitsForWhatItCosts()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));

        await using BudgetLease lease = await run.ReserveAsync(Call(1m));
        await lease.SettleAsync(Usd(0.1m));

        Assert.False(run.WrapUp.IsCancellationRequested);
    }

    [Fact]
    public async Task WrapUp_OfTheParent_IsThatOfItsChildren()
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        using BudgetRun one = job.StartChild(), other = job.StartChild();

        await SpendAsync(one, 0.8m);

        using BudgetRun late = job.StartChild();
        Assert.True(job.WrapUp.IsCancellationRequested && one.WrapUp.IsCancellationRequested);
        Assert.True(other.WrapUp.IsCancellationRequested && late.WrapUp.IsCancellationRequested);
    }

    [Fact]
    public async Task WrapUp_OfAChild_IsNotThatOfItsParent()
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        using BudgetRun child = job.StartChild(Limit(0.25m, "child"));

        await SpendAsync(child, 0.25m);

        Assert.True(child.WrapUp.IsCancellationRequested);
        Assert.False(job.WrapUp.IsCancellationRequested);
    }

    [Fact]
    public async Task LimitReached_WithTheNextCall_StopsTheRun()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        await SpendAsync(run, 1m);
        Assert.Null(run.Stop); // its last call was admitted, and it may be done with it

        await using BudgetLease first = await run.ReserveAsync(Call(0.5m));
        await using BudgetLease second = await run.ReserveAsync(Call(0m));

        BudgetRunStop stop = run.Stop!;
        Assert.Equal((DenialReason.LimitReached, DenialReason.RunStopped), (first.Denial!.Reason, second.Denial!.Reason));
        Assert.Equal((BudgetRunStopReason.LimitReached, "job", BudgetUnit.Money, "USD", 1m, 1m), (stop.Reason, stop.Run, stop.Unit, stop.Currency, stop.Spent!.Value, stop.Limit!.Value));
        Assert.Equal("The run 'job' has stopped: it has spent 1 USD of 1 USD.", stop.Message);
        Assert.Equal("The run 'job' has stopped: it has spent 1 USD of 1 USD. It admits no further call.", second.Denial.Message);
        Assert.True(run.Stopped.IsCancellationRequested);
    }

    [Fact]
    public async Task HeldByOthers_DoesNotStopTheRun()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        await using BudgetLease open = await run.ReserveAsync(Call(1m));

        await using BudgetLease denied = await run.ReserveAsync(Call(0.5m));

        Assert.Equal((DenialReason.HeldByOthers, null), (denied.Denial!.Reason, run.Stop));
        await open.ReleaseAsync();
        await SpendAsync(run, 1m);
    }

    [Fact]
    public async Task LimitOfTheParent_StopsItAndWhatItStarted()
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        using BudgetRun agent = job.StartChild(new() { Id = "agent" }), tool = agent.StartChild(new() { Id = "tool" });
        await SpendAsync(tool, 1m);

        await using BudgetLease denied = await tool.ReserveAsync(Call(0.5m));

        Assert.Equal(("run/job", BudgetRunStopReason.LimitReached), (denied.Denial!.Budget, job.Stop!.Reason));
        Assert.Equal((BudgetRunStopReason.ParentStopped, "job"), (tool.Stop!.Reason, tool.Stop.Run));
        Assert.Equal("The run 'tool' has stopped with the one above it. The run 'job' has stopped: it has spent 1 USD of 1 USD.", tool.Stop.Message);
        Assert.True(tool.Stopped.IsCancellationRequested && agent.Stopped.IsCancellationRequested);
        using BudgetRun late = tool.StartChild();
        Assert.Equal((BudgetRunStopReason.ParentStopped, "job"), (late.Stop!.Reason, late.Stop.Run));
    }

    [Fact]
    public async Task Time_WrapsUpAndStops_ByTheClock()
    {
        using BudgetRun run = Ledger.StartRun(new() { Id = "job", Duration = TimeSpan.FromMinutes(10) });
        using BudgetRun child = run.StartChild();
        Clock.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromMilliseconds(1));
        Assert.False(run.WrapUp.IsCancellationRequested);

        Clock.Advance(TimeSpan.FromMilliseconds(1)); // 0.8 x 10 minutes
        Assert.True(run.WrapUp.IsCancellationRequested && child.WrapUp.IsCancellationRequested);
        Assert.False(run.Stopped.IsCancellationRequested);
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True(run.Stopped.IsCancellationRequested && child.Stopped.IsCancellationRequested);
        Assert.Equal("The run 'job' has stopped: its time was over at 2026-11-27 10:10:00 UTC.", run.Stop!.Message);
        Assert.Equal((BudgetRunStopReason.OutOfTime, BudgetRunStopReason.ParentStopped), (run.Stop.Reason, child.Stop!.Reason));
        await using BudgetLease denied = await child.ReserveAsync(Call(0.5m));
        Assert.Equal(DenialReason.RunStopped, denied.Denial!.Reason);
    }

    [Fact]
    public void Child_WithAnEndOfItsOwn_EndsBeforeItsParent()
    {
        using BudgetRun job = Ledger.StartRun(new() { Duration = TimeSpan.FromMinutes(10) });
        using BudgetRun child = job.StartChild(new() { Duration = TimeSpan.FromMinutes(1) }), longer = job.StartChild(new() { Duration = TimeSpan.FromDays(1) });
        Assert.Equal((Start.AddMinutes(10), Start.AddMinutes(1), Start.AddMinutes(10)), (job.EndsAt, child.EndsAt, longer.EndsAt));

        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((BudgetRunStopReason.OutOfTime, null, null), (child.Stop!.Reason, job.Stop, longer.Stop));
    }

    [Fact]
    public async Task Dispose_EndsTheRunAndWhatItStarted_AndCallsUnderWayCount()
    {
        BudgetRun job = Ledger.StartRun(Limit(1m));
        using BudgetRun child = job.StartChild(new() { Id = "child" });
        await using BudgetLease open = await child.ReserveAsync(Call(0.5m));

        job.Dispose();
        await open.SettleAsync(Usd(0.25m));

        Assert.Equal((BudgetRunStopReason.Completed, BudgetRunStopReason.ParentStopped), (job.Stop!.Reason, child.Stop!.Reason));
        Assert.Equal((0.25m, 0m, 0.75m), await LeftAsync(job));
        await using BudgetLease denied = await child.ReserveAsync(Call(0.1m));
        Assert.Equal("The run 'child' has stopped with the one above it. The run 'job' has stopped: it is complete. It admits no further call.", denied.Denial!.Message);
    }

    [Fact]
    public void Cancel_StopsOnce_WithTheFirstReason()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));

        run.Cancel();
        run.Dispose();

        Assert.Equal((BudgetRunStopReason.Canceled, "The run 'job' has stopped: somebody stopped it."), (run.Stop!.Reason, run.Stop.Message));
    }

    [Fact]
    public async Task Listener_ThatThrows_BreaksNoCall()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        using CancellationTokenRegistration listener = run.WrapUp.Register(() => throw new InvalidOperationException("mine"));

        await SpendAsync(run, 0.9m);

        Assert.Equal((0.9m, 0m, 0.1m), await LeftAsync(run));
    }
}
