using System.Text.Json;

namespace LlmCostModel.Budgets.Sqlite.Tests;

/// <summary>A run and the agents that it starts, in ledgers of their own on one file: as in processes of one machine.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    /// <summary>Each call holds 0.01 and spends it; the job has 1 USD. So 100 calls are granted, whoever makes them.</summary>
    [Fact]
    public async Task Run_JoinedElsewhere_NeverPassesItsLimit()
    {
        await using SqliteBudgetStore store = new(_file.Options);
        await using BudgetLedger ledger = new(store, new());
        using BudgetRun job = ledger.StartRun(new() { Id = "job", Money = new Money(1m, "USD") });

        int[] granted = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            await using SqliteBudgetStore own = new(_file.Options);
            await using BudgetLedger elsewhere = new(own, new());
            using BudgetRun joined = elsewhere.JoinRun(job.Token);
            using BudgetRun agent = joined.StartChild(new() { Id = $"agent {i}", Calls = 40 });
            int calls = 0;
            while (agent.Stop is null)
            {
                await using BudgetLease lease = await agent.ReserveAsync(new() { Ceiling = new Money(0.01m, "USD") });
                if (lease.IsAcquired)
                {
                    await lease.SettleAsync(new Money(0.01m, "USD"));
                    calls++;
                }
            }

            return calls;
        })));

        BudgetStatus status = (await job.GetStatusAsync())[0];
        Assert.Equal((100, 1m, 0m), (granted.Sum(), status.Spent, status.Held));
        Assert.All(granted, calls => Assert.InRange(calls, 0, 40));
    }

    [Fact]
    public async Task Entry_OfACallOfARun_NamesItAndTheFirstOne()
    {
        await using SqliteBudgetStore store = new(_file.Options);
        await using BudgetLedger ledger = new(store, new());
        using BudgetRun job = ledger.StartRun(new() { Id = "job", Money = new Money(1m, "USD") }), agent = job.StartChild(new() { Id = "agent" });
        await using BudgetLease lease = await agent.ReserveAsync(new() { Ceiling = new Money(0.5m, "USD") });
        await lease.SettleAsync(new Money(0.25m, "USD"));

        BudgetEntry entry = JsonSerializer.Deserialize<BudgetEntry>(SqliteBudgetStore.ReadEntries(_file.Path).Single().Span)!;
        Assert.Equal(("agent", "job"), (entry.Tags["run"], entry.Tags["run.root"]));
        Assert.Equal([("run/agent", 0.25m), ("run/job", 0.25m)], entry.Counted.Select(one => (one.Budget, one.Amount)));
    }
}
