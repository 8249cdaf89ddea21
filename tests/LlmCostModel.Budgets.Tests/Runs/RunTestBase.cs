using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Runs;

/// <summary>A ledger with a budget of 5 USD for each user and day, in memory, at 10:00 UTC.</summary>
public abstract class RunTestBase : IDisposable
{
    protected static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    protected static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };

    protected RunTestBase()
    {
        Store = new InMemoryBudgetStore(new() { Retention = TimeSpan.FromDays(14) }, Clock);
        Ledger = MakeLedger();
    }

    protected FakeTimeProvider Clock { get; } = new(Start);

    protected InMemoryBudgetStore Store { get; }

    protected BudgetLedger Ledger { get; }

    public void Dispose()
    {
        Ledger.Dispose();
        Store.Dispose();
        GC.SuppressFinalize(this);
    }

    protected BudgetLedger MakeLedger()
    {
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        return new(Store, options, Clock);
    }

    protected static BudgetRunOptions Limit(decimal usd, string id = "job") => new() { Id = id, Money = Usd(usd) };

    protected static BudgetRequest Call(decimal ceiling) => new() { Tags = Ann, Ceiling = Usd(ceiling) };

    protected static Money Usd(decimal amount) => new(amount, "USD");

    protected static async Task SpendAsync(BudgetRun run, decimal usd)
    {
        await using BudgetLease lease = await run.ReserveAsync(Call(usd));
        await lease.ThrowIfNotAcquired().SettleAsync(Usd(usd));
    }

    protected static async Task<(decimal Spent, decimal Held, decimal? Remaining)> LeftAsync(BudgetRun run)
    {
        BudgetStatus status = (await run.GetStatusAsync())[0];
        return (status.Spent, status.Held, status.Remaining);
    }
}
