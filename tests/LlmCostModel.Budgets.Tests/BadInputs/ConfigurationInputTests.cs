using System.Globalization;
using System.Text;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>Bad configuration, by the numbers of <see cref="BadInputTable"/>: what is said of it, word for word; and what looks bad and is
/// taken.</summary>
public sealed class ConfigurationInputTests : IDisposable
{
    private const string Exact = "is not a number that can be kept exactly. Write a number such as 5 or 0.25, with a point.";
    private const string Length = "is not 1 second to 3,653 days long, in whole milliseconds. Write a length such as every 6h or rolling 24h.";
    private const string Buckets = "does not have 1 to 1,440 buckets. Choose another number of them, such as rolling 24h in 96.";

    private readonly InMemoryBudgetStore _store = new();
    private readonly List<string> _log = [];

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(1, """{ "Limit": -1, "Currency": "USD", "Window": "day" }""", "Limit: '-1' is negative. Write 0 or more; 0 denies everything that is not free, and nothing means no limit.")]
    [InlineData(1, """{ "Limit": -0.000000001, "Currency": "USD", "Window": "day" }""", "Limit: '-0.000000001' is negative. Write 0 or more; 0 denies everything that is not free, and nothing means no limit.")]
    [InlineData(4, """{ "Limit": 9007200, "Currency": "USD", "Window": "day" }""", "Limit: '9007200' is more than the store of budgets can count exactly. Write at most 9007199.254740991.")]
    [InlineData(4, """{ "Limit": 1e28, "Currency": "USD", "Window": "day" }""", "Limit: '10000000000000000000000000000' is more than the store of budgets can count exactly. Write at most 9007199.254740991.")]
    [InlineData(4, """{ "Limit": 1e400, "Currency": "USD", "Window": "day" }""", "Limit: '1e400' is more than anything here counts exactly. Write a number such as 5 or 0.25.")]
    [InlineData(5, """{ "Limit": 1e-10, "Currency": "USD", "Window": "day" }""", "Limit: '0.0000000001' is finer than a billionth of the currency, which is what is counted. Round it.")]
    [InlineData(5, """{ "Limit": 1e-29, "Currency": "USD", "Window": "day" }""", "Limit: '1e-29' " + Exact)]
    [InlineData(6, """{ "Limit": "5,00", "Currency": "USD", "Window": "day" }""", "Limit: '5,00' " + Exact)]
    [InlineData(6, """{ "Limit": "0x10", "Currency": "USD", "Window": "day" }""", "Limit: '0x10' " + Exact)]
    [InlineData(6, """{ "Limit": "∞", "Currency": "USD", "Window": "day" }""", "Limit: '∞' " + Exact)]
    [InlineData(6, """{ "Limit": "5 USD", "Currency": "USD", "Window": "day" }""", "Limit: '5 USD' " + Exact)]
    [InlineData(6, """{ "Limit": "٥", "Currency": "USD", "Window": "day" }""", "Limit: '٥' " + Exact)]
    [InlineData(6, """{ "Limit": true, "Currency": "USD", "Window": "day" }""", "Limit: 'True' " + Exact)]
    [InlineData(6, """{ "Limit": [ 5 ], "Currency": "USD", "Window": "day" }""", "Limit: " + Exact)]
    [InlineData(6, """{ "Unit": "Dollars", "Limit": 1, "Currency": "USD", "Window": "day" }""", "Unit: 'Dollars' is not a known word. Write one of: Money, Tokens, Calls, Seconds.")]
    [InlineData(6, """{ "Unit": "2", "Limit": 1, "Currency": "USD", "Window": "day" }""", "Unit: '2' is not a known word. Write one of: Money, Tokens, Calls, Seconds.")]
    [InlineData(6, """{ "Limit": 1, "Currency": "USD", "Window": "day", "Optional": "maybe" }""", "Optional: 'maybe' is neither true nor false. Write true or false.")]
    [InlineData(6, """{ "Limit": 1, "Currency": "USD", "Window": "day", "AlertAt": 0.5 }""", "AlertAt: '0.5' is a value where a list of shares is expected. Write it in brackets or braces; in an environment variable, give each value its own path.")]
    [InlineData(6, """{ "Limit": 1, "Currency": "USD", "Window": "day", "AlertAt": [ 0 ] }""", "AlertAt: '0' is not a share of the limit. Write more than 0 and at most 10; 0.8 for four fifths.")]
    [InlineData(8, """{ "Limit": 1, "Currency": "USD", "Window": "every 0s" }""", "Window: 'every 0s' " + Length)]
    [InlineData(8, """{ "Limit": 1, "Currency": "USD", "Window": "every 4000d" }""", "Window: 'every 4000d' " + Length)]
    [InlineData(8, """{ "Limit": 1, "Currency": "USD", "Window": "every -1s" }""", "Window: 'every -1s' is not a window. Write total, day, week, month, every 6h or rolling 24h.")]
    [InlineData(9, """{ "Limit": 1, "Currency": "USD", "Window": "rolling 1h in 0" }""", "Window: 'rolling 1h in 0' " + Buckets)]
    [InlineData(9, """{ "Limit": 1, "Currency": "USD", "Window": "rolling 1h in 100000" }""", "Window: 'rolling 1h in 100000' " + Buckets)]
    [InlineData(9, """{ "Limit": 1, "Currency": "USD", "Window": "rolling 24h in 7" }""", "Window: 'rolling 24h in 7' has buckets that are not a whole number of milliseconds long. Choose another number of them, such as rolling 24h in 96.")]
    [InlineData(10, """{ "Limit": 1, "Currency": "USD", "Window": "day", "TimeZone": "Mars/Base" }""", "TimeZone: 'Mars/Base' is not a time zone of this system. Write an IANA name such as Europe/Berlin or America/New_York, or leave it out for UTC.")]
    [InlineData(10, """{ "Limit": 1, "Currency": "USD", "Window": "every 6h", "TimeZone": "Europe/Berlin" }""", "TimeZone: 'Europe/Berlin' is a time zone, and the window 'every 6h' has none. Leave it out, or choose day, week or month.")]
    public void Budget_Bad_IsRefusedAtTheStart(int number, string budget, string fault)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Ledger($$"""{ "Budgets": { "b": {{budget}} } }"""));

        Assert.Equal((number, $"LlmBudgets:Budgets:b:{fault}"), (number, Assert.Single(error.Failures)));
    }

    [Theory]
    [InlineData(11, """{ "TimeToLive": "0s" }""", "TimeToLive: '00:00:00' is not 1 second to 7 days. Write a time longer than the longest call, such as 10m.")]
    [InlineData(11, """{ "TimeToLive": "-1s" }""", "TimeToLive: '-1s' is not a duration. Write one such as 90s, 10m or 2h.")]
    [InlineData(11, """{ "TimeToLive": "10" }""", "TimeToLive: '10' is not a duration. Write one such as 90s, 10m or 2h.")]
    [InlineData(11, """{ "TimeToLive": "400d" }""",
        "TimeToLive: '400.00:00:00' is not 1 second to 7 days. Write a time longer than the longest call, such as 10m.")]
    [InlineData(12, """{ "TimeToLive": "31m" }""", "TimeToLive: '00:31:00' is more than half of the time for which the store knows an id (01:00:00): a call could be counted twice. Shorten it, or let the store remember ids for longer.")]
    [InlineData(14, """{ "WhenStoreIsAway": "Open" }""",
        "MaxOpenTime: is missing: how long calls are admitted while the store is away. Write a time such as 5m.",
        "Budgets:b:MaxWhileOpen: is missing: the most that a process admits while the store is away. Write an amount such as 1.")]
    [InlineData(14, """{ "WhenStoreIsAway": "Open", "MaxOpenTime": "8d" }""",
        "MaxOpenTime: '8.00:00:00' is not 1 second to 604800 seconds. Write a time such as 2m.",
        "Budgets:b:MaxWhileOpen: is missing: the most that a process admits while the store is away. Write an amount such as 1.")]
    [InlineData(14, """{ "WhenStoreIsAway": "Closed", "MaxOpenTime": "5m" }""", "MaxOpenTime: is for WhenStoreIsAway = Open alone. Leave it out, or let the store be away Open.")]
    [InlineData(14, """{ "WhenStoreIsAway": "LocalShare", "LocalShare": 1.5 }""", "LocalShare: '1.5' is not a part. Write more than 0 and at most 1, such as 0.1.")]
    [InlineData(14, """{ "WhenStoreIsAway": "FailOpen" }""", "WhenStoreIsAway: 'FailOpen' is not a known word. Write one of: Closed, Open, LocalShare.")]
    [InlineData(14, """{ "MaxPending": 0 }""", "MaxPending: '0' is less than 1. Write how many calls may wait for the store, such as 100000.")]
    [InlineData(14, """{ "MaxPending": 1.5 }""", "MaxPending: '1.5' is not a count. Write a whole number such as 1000.")]
    [InlineData(14, """{ "FlushTime": "-1s" }""", "FlushTime: '-1s' is not a duration. Write one such as 90s, 10m or 2h.")]
    [InlineData(14, """{ "FlushTime": "11m" }""", "FlushTime: '00:11:00' is not 0 seconds to 600 seconds. Write a time such as 2m.")]
    [InlineData(14, """{ "ReplayHorizon": "2h" }""", "ReplayHorizon: '02:00:00' is not 1 second to 3600 seconds. Write a time such as 2m.")]
    public void Section_Bad_IsRefusedAtTheStart(int number, string section, params string[] faults)
    {
        string whole = section.TrimEnd(' ', '}') + """, "Budgets": { "b": { "Limit": 1, "Currency": "USD", "Window": "day" } } }""";

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Ledger(whole));

        Assert.Equal((number, string.Join('\n', faults.Select(fault => $"LlmBudgets:{fault}").Order())), (number, string.Join('\n', error.Failures.Order())));
    }

    [Fact]
    public void Options_InCode_AreRefusedLikeThoseOfAFile()
    {
        BudgetsOptions options = new() { FlushTime = TimeSpan.FromSeconds(-1), WhenStoreIsAway = (StoreOutage)9 };
        options.Budgets["none"] = null!;
        options.Budgets["half\ud800"] = new() { Currency = "USD", Window = BudgetWindow.Total };
        options.Budgets["odd"] = new() { Unit = (BudgetUnit)7, Mode = (BudgetMode)8, Window = BudgetWindow.Total };

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => new BudgetLedger(_store, options));

        Assert.Equal(
            [
                "LlmBudgets:WhenStoreIsAway: '9' is not a known word. Write one of: Closed, Open, LocalShare.",
                "LlmBudgets:FlushTime: '-00:00:01' is not 0 seconds to 600 seconds. Write a time such as 2m.",
                "LlmBudgets:Budgets:none: is null. Give the budget its settings, or leave it out.",
                "LlmBudgets:Budgets:half\\ud800: is not a name of 1 to 100 characters without a slash. Choose a name such as user-day.",
                "LlmBudgets:Budgets:odd:Unit: '7' is not a known word. Write one of: Money, Tokens, Calls, Seconds.",
                "LlmBudgets:Budgets:odd:Mode: '8' is not a known word. Write one of: Enforce, Observe.",
            ],
            error.Failures);
    }

    [Theory]
    [InlineData(2, "0", 0)]
    [InlineData(6, "\"5.00\"", 5)]
    [InlineData(6, "1e3", 1000)]
    [InlineData(6, "\" 7 \"", 7)]
    public async Task Limit_ThatLooksOdd_IsReadTheSameInAnyCulture(int number, string limit, int read)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE"); // 5.00 is five hundred there; it is set for this test alone
        await using BudgetLedger ledger = Ledger($$"""{ "Budgets": { "b": { "Limit": {{limit}}, "Currency": "usd ", "Window": "every 1.5h" } } }""");

        BudgetStatus status = Assert.Single(await ledger.GetStatusAsync(new Dictionary<string, string>()));

        Assert.Equal((number, (decimal)read, "USD"), (number, status.Limit, status.Currency));
    }

    /// <summary>2: not "no budget".</summary>
    [Fact]
    public async Task Limit_OfZero_DeniesWhatCostsAndAdmitsWhatIsFree()
    {
        await using BudgetLedger ledger = Ledger("""{ "Budgets": { "b": { "Limit": 0, "Currency": "USD", "Window": "day" } } }""");

        await using BudgetLease paid = await ledger.ReserveAsync(new() { Ceiling = new Money(0.000000001m, "USD") });
        await using BudgetLease free = await ledger.ReserveAsync(new() { Ceiling = new Money(0, "USD") });

        Assert.Equal((DenialReason.LargerThanLimit, true), (paid.Denial!.Reason, free.IsAcquired));
        Assert.Equal(
            "The budget 'b' has 0 USD of 0 USD left, and the call needs up to 0.000000001 USD. Waiting does not help: make the call smaller, or raise the limit.",
            paid.Denial.Message);
    }

    /// <summary>3 and 13: a budget without a limit, and what happens while the store is away, are said once when the ledger begins.</summary>
    [Fact]
    public async Task Ledger_Beginning_SaysWhatItsBudgetsDo()
    {
        await using BudgetLedger ledger = Ledger("""
            { "Budgets": {
              "seen": { "Currency": "USD", "Window": "day" },
              "hard": { "Limit": 1, "Currency": "USD", "Window": "day" }, "soft": { "Limit": 1, "Currency": "USD", "Window": "day", "Mode": "Observe" } } }
            """);

        Assert.Equal(
            "Information Budgets that are enforced: hard. That only observe: soft. That have no limit and only count: seen. InMemoryBudgetStore "
                + "forgets what was spent when the process ends. While it does not answer, calls are decided as Closed says.",
            Assert.Single(_log));
    }

    /// <summary>7: .NET's configuration refuses a path that is there twice, and does not tell cases apart.</summary>
    [Theory]
    [InlineData("b")]
    [InlineData("B")]
    public void Budget_OfANameThatIsThereAlready_IsRefused(string other)
    {
        FormatException twice = Assert.Throws<FormatException>(() => Ledger(
            $$"""{ "Budgets": { "b": { "Limit": 1, "Currency": "USD", "Window": "day" }, "{{other}}": { "Limit": 2, "Currency": "USD", "Window": "day" } } }"""));
        BudgetsOptions options = new() { Budgets = { ["b"] = new() } };

        Assert.StartsWith($"A duplicate key 'LlmBudgets:Budgets:{other}:Limit' was found.", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => options.Budgets.Add(other, new()));
    }

    /// <summary>7: an environment variable is in capitals as often as not, and its process has to count in the same account.</summary>
    [Fact]
    public async Task Budget_OfANameInAnotherCase_IsTheSameOne()
    {
        await using BudgetLedger one = Ledger("""{ "Budgets": { "user-day": { "Limit": 5, "Currency": "USD", "Window": "day", "Per": [ "user" ] } } }""");
        await using BudgetLedger other = Ledger("""{ "Budgets": { "USER-DAY": { "Limit": 5, "Currency": "USD", "Window": "day", "Per": [ "user" ] } } }""");
        Dictionary<string, string> ann = new() { ["user"] = "Ann" };
        await using BudgetLease lease = await one.ReserveAsync(new() { Tags = ann, Ceiling = new Money(3, "USD") });
        await lease.SettleAsync(new Money(3, "USD"));

        await using BudgetLease second = await other.ReserveAsync(new() { Tags = ann, Ceiling = new Money(3, "USD") });
        await using BudgetLease lower = await other.ReserveAsync(new() { Tags = new Dictionary<string, string> { ["user"] = "ann" }, Ceiling = new Money(3, "USD") });

        Assert.Equal(("USER-DAY", DenialReason.LimitReached), (second.Denial!.Budget, second.Denial.Reason)); // 3 + 3 > 5
        Assert.True(lower.IsAcquired, "Values of tags are told apart by case.");
        Assert.Equal(("Ann", 3m), (await other.GetTopAsync("user-day"))[0] is var top ? (top.Tags["user"], top.Status.Spent) : default);
    }

    /// <summary>19: a limit is that of the process that asks, so that a new one can be rolled out without a stop. Nothing is flagged: while it
    /// is rolled out, two limits are as they should be.</summary>
    [Fact]
    public async Task Limits_OfTwoProcesses_AreTheirOwn()
    {
        await using BudgetLedger old = Ledger("""{ "Budgets": { "b": { "Limit": 5, "Currency": "USD", "Window": "day" } } }""");
        await using BudgetLedger raised = Ledger("""{ "Budgets": { "b": { "Limit": 9, "Currency": "USD", "Window": "day" } } }""");
        BudgetRequest request = new() { Id = "first", Ceiling = new Money(4, "USD") };
        await using BudgetLease first = await old.ReserveAsync(request);

        await using BudgetLease denied = await old.ReserveAsync(request with { Id = "second" });
        await using BudgetLease granted = await raised.ReserveAsync(request with { Id = "third" });

        Assert.Equal((5m, DenialReason.HeldByOthers, true), (denied.Denial!.Limit, denied.Denial.Reason, granted.IsAcquired)); // 4 + 4 > 5, 4 + 4 <= 9
        Assert.Equal((5m, 9m), ((await old.GetStatusAsync(request.Tags))[0].Limit, (await raised.GetStatusAsync(request.Tags))[0].Limit));
    }

    private BudgetLedger Ledger(string section)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($$"""{ "LlmBudgets": {{section}} }"""));
        return new ServiceCollection()
            .AddSingleton<BudgetStore>(_store)
            .AddSingleton<ILogger<BudgetLedger>>(new LogLines(_log))
            .AddLlmBudgets(new ConfigurationBuilder().AddJsonStream(stream).Build())
            .BuildServiceProvider()
            .GetRequiredService<BudgetLedger>();
    }
}
