using System.Globalization;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Budgets.Tests.Leases;

public sealed class TopAccountsTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task GetTop_OfABudgetPerTags_NamesThemWithTheirStatus()
    {
        BudgetLedger ledger = Ledger();
        await Spend(ledger, "a:/1", "u", 0.5m);
        await Spend(ledger, "b", "v", 2m);
        await Spend(ledger, "b", "v", 0.25m);

        BudgetAccount[] top = [.. await ledger.GetTopAsync("T")]; // names of budgets are the same in any case

        Assert.Equal(["b v 2.25 of 5", "a:/1 u 0.5 of 5"], top.Select(one =>
            string.Create(CultureInfo.InvariantCulture, $"{one.Tags["tenant"]} {one.Tags["user"]} {one.Status.Spent:0.##} of {one.Status.Limit:0}")));
        Assert.Equal("b", Assert.Single(await ledger.GetTopAsync("t", 1)).Tags["tenant"]);
    }

    [Fact]
    public async Task GetTop_WithAccountsOfOtherTags_LeavesThemOut()
    {
        using InMemoryBudgetStore store = new(null, _clock);
        BudgetLedger before = Ledger(store, "tenant"), ledger = Ledger(store, "tenant", "user");
        for (int i = 0; i < 9; i++)
        {
            await Spend(before, $"{i}", "u", 2m); // as the budget was once kept: accounts that begin the same
            await Spend(ledger, $"{i}", "u", 1m);
        }

        Assert.Equal(9, (await ledger.GetTopAsync("t", 20)).Length);
        Assert.Equal(8, (await ledger.GetTopAsync("t", 8)).Length);
    }

    [Fact]
    public async Task GetTop_OfABudgetOfAllCalls_IsThatBudget()
    {
        BudgetsOptions options = new();
        options.Budgets["all"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day() };
        BudgetLedger ledger = new(new InMemoryBudgetStore(null, _clock), options, _clock);
        await ledger.CorrectAsync("c", new Dictionary<string, string>(), new Money(3m, "USD"));

        BudgetAccount only = Assert.Single(await ledger.GetTopAsync("all"));

        Assert.Empty(only.Tags);
        Assert.Equal(3m, only.Status.Spent);
    }

    [Fact]
    public async Task GetTop_OfAnUnknownBudget_NamesTheKnownOnes()
    {
        BudgetLedger ledger = Ledger();

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () => await ledger.GetTopAsync("tt"));

        Assert.StartsWith("There is no budget 'tt'. There are t.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.GetTopAsync("t", 0));
    }

    [Fact]
    public async Task GetTop_ThatChargesTheFloorOfAnAbandonedCall_IsInTheNewOrder()
    {
        BudgetLedger ledger = Ledger();
        await Spend(ledger, "a", "u", 1m);
        await Spend(ledger, "b", "u", 0.75m);
        _ = await ledger.ReserveAsync(new BudgetRequest { Tags = Tags("b", "u"), Ceiling = new Money(1m, "USD"), Floor = new Money(0.5m, "USD") });
        _clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal([1.25m, 1m], (await ledger.GetTopAsync("t")).Select(one => one.Status.Spent)); // 0.75 + 0.5
    }

    private static Dictionary<string, string> Tags(string tenant, string user) => new() { ["tenant"] = tenant, ["user"] = user };

    private static async Task Spend(BudgetLedger ledger, string tenant, string user, decimal amount)
    {
        await using BudgetLease lease = await ledger.ReserveAsync(new BudgetRequest { Tags = Tags(tenant, user), Ceiling = new Money(amount, "USD") });
        await lease.SettleAsync(new Money(amount, "USD"));
    }

    private BudgetLedger Ledger(InMemoryBudgetStore store, params string[] per)
    {
        BudgetsOptions options = new();
        options.Budgets["t"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day() };
        Array.ForEach(per, options.Budgets["t"].Per.Add);
        return new(store, options, _clock);
    }

    private BudgetLedger Ledger() => Ledger(new InMemoryBudgetStore(null, _clock), "tenant", "user");
}
