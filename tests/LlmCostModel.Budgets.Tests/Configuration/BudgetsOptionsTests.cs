using System.Text;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets.Tests.Configuration;

public class BudgetsOptionsTests
{
    [Fact]
    public async Task Configuration_ReadsEverything()
    {
        BudgetLedger ledger = Ledger("""
            { "TimeToLive": "5m", "Budgets": {
              "tenant-month": { "Limit": 200.5, "Currency": "eur", "Window": "month", "TimeZone": "Europe/Berlin", "Per": ["tenant"], "MaxRollover": 50, "RolloverFrom": "2026-01-01T00:00:00Z" },
              "calls": { "Unit": "Calls", "Limit": 10, "Window": "rolling 1h", "Mode": "Observe", "Per": ["user", "feature"], "Optional": true } } }
            """);

        BudgetStatus[] found = [.. await ledger.GetStatusAsync(new Dictionary<string, string> { ["tenant"] = "t" })];

        BudgetStatus month = Assert.Single(found); // the other one is per user
        Assert.Equal(("tenant-month", BudgetUnit.Money, "EUR", 250.5m), (month.Budget, month.Unit, month.Currency, month.Limit!.Value)); // 200.5 + 50
    }

    /// <summary>A limit of its own value each, with what is wrong with it.</summary>
    [Theory]
    [InlineData("""{ "Limit": -1, "Currency": "USD", "Window": "day" }""", "Limit: '-1' is negative. Write 0 or more; 0 denies everything that is not free, and nothing means no limit.")]
    [InlineData("""{ "Limit": 9007200, "Currency": "USD", "Window": "day" }""", "Limit: '9007200' is more than the store of budgets can count exactly. Write at most 9007199.254740991.")]
    [InlineData("""{ "Limit": 1e28, "Currency": "USD", "Window": "day" }""", "Limit: '10000000000000000000000000000' is more than the store of budgets can count exactly. Write at most 9007199.254740991.")]
    [InlineData("""{ "Limit": 1e-10, "Currency": "USD", "Window": "day" }""", "Limit: '0.0000000001' is finer than a billionth of the currency, which is what is counted. Round it.")]
    [InlineData("""{ "Limit": 1.5, "Unit": "Calls", "Window": "day" }""", "Limit: '1.5' is finer than a whole number, which is what is counted. Round it.")]
    [InlineData("""{ "Limit": "5,00", "Currency": "USD", "Window": "day" }""", "Limit: '5,00' is not a number that can be kept exactly. Write a number such as 5 or 0.25, with a point.")]
    [InlineData("""{ "Limit": "NaN", "Currency": "USD", "Window": "day" }""", "Limit: 'NaN' is not a number that can be kept exactly. Write a number such as 5 or 0.25, with a point.")]
    [InlineData("""{ "Limit": 1, "Window": "day" }""", "Currency: is missing. Write the code of the currency that prices are in, such as USD.")]
    [InlineData("""{ "Limit": 1, "Currency": "DOLLAR", "Window": "day" }""", "Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Unit": "Tokens", "Window": "day" }""", "Currency: 'USD' is a currency, and the budget counts Tokens. Leave it out, or count Money.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD" }""", "Window: is missing. Write total, day, week, month, every 6h or rolling 24h.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "every 0s" }""", "Window: 'every 0s' is not 1 second to 3,653 days long, in whole milliseconds.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "every 4000d" }""", "Window: 'every 4000d' is not 1 second to 3,653 days long, in whole milliseconds.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "rolling 1h in 100000" }""", "Window: 'rolling 1h in 100000' does not have 1 to 1,440 buckets.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "rolling 1h in 0" }""", "Window: 'rolling 1h in 0' does not have 1 to 1,440 buckets.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "day", "TimeZone": "Mars/Base" }""", "TimeZone: 'Mars/Base' is not a time zone of this system. Write an IANA name such as Europe/Berlin or America/New_York, or leave it out for UTC.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "day", "Per": ["user", "user"] }""", "Per: 'user' is given twice. Write the names of tags, each once, such as user.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "total", "MaxRollover": 1, "RolloverFrom": "2026-01-01T00:00:00Z" }""", "MaxRollover: needs a limit and a window that ends. Leave it out, or choose day, week, month or every ...")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "day", "MaxRollover": 1 }""", "RolloverFrom: is missing: windows before the budget existed were not spent either. Write the day on which the first window begins that hands over what it leaves.")]
    [InlineData("""{ "Limit": 1, "Currency": "USD", "Window": "day", "Mode": "Enforced" }""", "Mode: 'Enforced' is not a known word. Write one of: Enforce, Observe.")]
    [InlineData("""{ "Limt": 1, "Currency": "USD", "Window": "day" }""", "Limt: the name 'Limt' is not known. Did you mean 'Limit'?")]
    public void Configuration_WithAFault_NamesPlaceValueRuleAndNextStep(string budget, string fault)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Ledger($$"""{ "Budgets": { "b": {{budget}} } }"""));

        string told = Assert.Single(error.Failures);
        Assert.StartsWith($"LlmBudgets:Budgets:b:{fault}", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"0s\"", "'00:00:00' is not 1 second to 7 days. Write a time longer than the longest call, such as 10m.")]
    [InlineData("\"400d\"", "'400.00:00:00' is not 1 second to 7 days. Write a time longer than the longest call, such as 10m.")]
    [InlineData("\"-1s\"", "'-1s' is not a duration. Write one such as 90s, 10m or 2h.")]
    [InlineData("\"31m\"", "'00:31:00' is more than half of the time for which the store knows an id (01:00:00): a call could be counted twice. Shorten it, or let the store remember ids for longer.")]
    public void TimeToLive_WithAFault_SaysSo(string text, string fault)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Ledger($$"""{ "TimeToLive": {{text}}, "Budgets": {} }"""));

        Assert.Contains($"LlmBudgets:TimeToLive: {fault}", error.Failures);
    }

    /// <summary>A budget <c>user/3:ann</c> of all calls would have the account of the user ann in a budget <c>user</c>.</summary>
    [Theory]
    [InlineData("user/3:ann")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void Name_ThatCouldBeAnAccount_IsAFault(string name)
    {
        BudgetsOptions options = new();
        options.Budgets[name] = new() { Limit = 1m, Currency = "USD", Window = BudgetWindow.Total };
        using InMemoryBudgetStore store = new();

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => new BudgetLedger(store, options));

        Assert.Contains("is not a name of 1 to 100 characters without a slash. Choose a name such as user-day.", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfAllBudgets_AreReportedTogether()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Ledger("""{ "Budgets": { "a": { "Limit": -1, "Window": "day" }, "b": { "Currency": "USD" } } }"""));

        Assert.Equal(["LlmBudgets:Budgets:a:Currency", "LlmBudgets:Budgets:a:Limit", "LlmBudgets:Budgets:b:Window"], error.Failures.Select(fault => fault.Split(": ")[0]).Order());
    }

    [Fact]
    public void Section_Missing_IsAFault()
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Build(new ConfigurationBuilder().Build()).GetRequiredService<BudgetLedger>());

        Assert.Equal(
            "LlmBudgets: the configuration has no such section, or nothing is in it. Add the budgets, or call AddLlmBudgets with options set in code.",
            Assert.Single(error.Failures));
    }

    [Fact]
    public async Task Limit_OfNothing_OnlyCounts()
    {
        BudgetLedger ledger = Ledger("""{ "Budgets": { "seen": { "Currency": "USD", "Window": "day" } } }""");

        await using BudgetLease lease = await ledger.ReserveAsync(new BudgetRequest()); // not even a price is needed
        await lease.SettleAsync(new Money(3, "USD"));

        BudgetStatus seen = Assert.Single(await ledger.GetStatusAsync(new Dictionary<string, string>()));
        Assert.Equal((3m, null, null), (seen.Spent, seen.Limit, seen.Remaining));
    }

    [Fact]
    public async Task Services_DisposedOfWithoutWaiting_EndTheStore()
    {
        BudgetStore store;
        using (ServiceProvider services = new ServiceCollection().AddLlmBudgets(_ => { }).BuildServiceProvider())
        {
            store = services.GetRequiredService<BudgetStore>();
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.Reserve("r", Charges.Of("a", 1)));
    }

    private static BudgetLedger Ledger(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($$"""{ "LlmBudgets": {{json}} }"""));
        return Build(new ConfigurationBuilder().AddJsonStream(stream).Build()).GetRequiredService<BudgetLedger>();
    }

    private static ServiceProvider Build(IConfiguration configuration) => new ServiceCollection().AddLlmBudgets(configuration).BuildServiceProvider();
}
