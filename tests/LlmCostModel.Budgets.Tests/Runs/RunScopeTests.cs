namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>Which run a call belongs to that names none.</summary>
public sealed class RunScopeTests : RunTestBase
{
    [Fact]
    public async Task Enter_CallsOfTheLedger_CountInTheRun()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        using (run.Enter())
        {
            Assert.Same(run, BudgetRun.Current);
            await using BudgetLease lease = await Ledger.ReserveAsync(Call(0.5m));
            await lease.SettleAsync(Usd(0.5m));
            await Ledger.RecordAsync(Priced(0.25m), Ann);
        }

        await using BudgetLease outside = await Ledger.ReserveAsync(Call(2m));
        Assert.True(outside.IsAcquired && BudgetRun.Current is null);
        Assert.Equal((0.75m, 0m, 0.25m), await LeftAsync(run));
    }

    [Fact]
    public async Task Enter_OfAnotherLedger_DoesNotCount()
    {
        await using BudgetLedger other = MakeLedger();
        using BudgetRun run = Ledger.StartRun(Limit(1m)), of = other.StartRun(Limit(0.1m, "other"));
        using IDisposable outer = run.Enter(), inner = of.Enter();

        await using BudgetLease lease = await Ledger.ReserveAsync(Call(0.5m)); // in the innermost run of this ledger

        Assert.Equal(["user-day", "run/job"], lease.Budgets.Select(one => one.Budget));
    }

    [Fact]
    public async Task StartRun_InsideOfARun_IsARunOfItsOwn()
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        using IDisposable entered = job.Enter();
        using BudgetRun own = Ledger.StartRun(Limit(2m, "own")), child = BudgetRun.Current!.StartChild(new() { Id = "child" });

        await SpendAsync(own, 1.5m);
        await SpendAsync(child, 0.5m);

        Assert.Equal((0.5m, 0m, 0.5m), await LeftAsync(job));
    }

    [Fact]
    public async Task Children_AtOnce_EachCountTheirOwn()
    {
        using BudgetRun job = Ledger.StartRun(Limit(1m));
        using IDisposable entered = job.Enter();

        decimal[] spent = await Task.WhenAll(Enumerable.Range(1, 8).Select(async i =>
        {
            using BudgetRun child = BudgetRun.Current!.StartChild(new() { Id = $"child {i}" });
            using IDisposable inner = child.Enter();
            for (int call = 0; call < i; call++)
            {
                await Task.Yield();
                await using BudgetLease lease = await Ledger.ReserveAsync(Call(0.01m));
                await lease.SettleAsync(Usd(0.01m));
            }

            return (await LeftAsync(child)).Spent;
        }));

        Assert.Equal(Enumerable.Range(1, 8).Select(i => i * 0.01m), spent);
        Assert.Equal((0.36m, 0m, 0.64m), await LeftAsync(job)); // 1 + 2 + ... + 8 = 36 calls
        Assert.Same(job, BudgetRun.Current);
    }

    /// <summary>What was left running spends nothing in a run that it was not told of any more.</summary>
    [Fact]
    public async Task Task_LeftRunning_IsOutsideWhenTheScopeEnds()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        TaskCompletionSource over = new();
        Task<BudgetRun?> left;
        using (run.Enter())
        {
            left = LookAsync();
        }

        over.SetResult();
        Assert.Null(await left);

        async Task<BudgetRun?> LookAsync()
        {
            await over.Task;
            return BudgetRun.Current;
        }
    }

    [Fact]
    public async Task Correct_InsideOfARun_DoesNotCountInIt()
    {
        using BudgetRun run = Ledger.StartRun(Limit(1m));
        await SpendAsync(run, 0.5m);
        using IDisposable entered = run.Enter();

        await Ledger.CorrectAsync("refund", Ann, Usd(-0.5m));

        Assert.Equal((0.5m, 0m, 0.5m), await LeftAsync(run));
        Assert.Equal(0m, (await Ledger.GetStatusAsync(Ann))[0].Spent);
    }

    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """{ "Name": "acme", "Currency": "USD", "Models": { "acme-1": { "PerMillionTokens": { "Input": 1, "Output": 1 } } } }""", "acme"));

    /// <summary>A call at 1 USD per million tokens.</summary>
    private static PricedCall Priced(decimal usd) => Estimator.Price(new ModelCall
    {
        At = Start,
        RequestedModel = "acme-1",
        Reading = new UsageReading { Origin = UsageOrigin.Application, Status = UsageStatus.Complete, Model = "acme-1", Usage = new TokenUsage { Input = (long)(usd * 1_000_000) } },
    });
}
