using System.Text;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets.Tests.Configuration;

/// <summary>What is said of bad budgets: one fault, the first cause; and settings that would do nothing are refused.</summary>
public class BudgetFaultsTests
{
    private const string Day = "\"Currency\": \"USD\", \"Window\": \"day\"";
    private const string Forms = "Write total, day, week, month, every 6h or rolling 24h.";
    private const string Zones = "is not a time zone of this system. Write an IANA name such as Europe/Berlin or America/New_York, or leave it out for UTC.";
    private const string Instants = "is not an instant. Write a date (midnight in the time zone of the window) such as 2026-12-01, or an instant with its offset such as 2026-12-01T00:00:00+01:00.";
    private const string Units = "is not a known word. Write one of: Money, Tokens, Calls, Seconds.";
    private const string Exact = "is not a number that can be kept exactly. Write a number such as 5 or 0.25, with a point.";
    private const string Large = "is more than anything here counts exactly. Write a number such as 5 or 0.25.";

    [Theory]
    [InlineData($"\"Limit\": 1, {Day}, \"RolloverFrom\": \"2026-12-01\"", "RolloverFrom: is for MaxRollover alone: nothing is handed over without it. Leave it out, or give MaxRollover.")]
    [InlineData($"\"Limit\": 1, {Day}, \"MaxRollover\": 1.5, \"RolloverFrom\": \"2026-12-01\"", "MaxRollover: '1.5' is more than the limit, and a window hands over what it leaves of its limit. Write at most 1.")]
    [InlineData($"\"Limit\": 1, {Day}, \"Optional\": true", "Optional: is for budgets per tags alone: no call passes by this one. Name the tags in Per, or leave it out.")]
    [InlineData($"\"Limit\": 1, {Day}, \"Per\": [ \"\" ]", "Per:0: is empty. Give it a value, or leave it out.")]
    [InlineData($"\"Limit\": 1, {Day}, \"Per\": [ \" \" ], \"Optional\": true", "Per:0: is empty. Give it a value, or leave it out.")]
    [InlineData($"\"Limit\": 1, {Day}, \"TimeZone\": \"\"", "TimeZone: is empty. Give it a value, or leave it out.")]
    [InlineData("\"Limit\": 1, \"Window\": \"day\", \"Currency\": \"\"", "Currency: is empty. Give it a value, or leave it out.")]
    [InlineData("\"Limit\": 1, \"Window\": \"day\", \"Currency\": [ \"USD\" ]", "Currency: is not a string. Write a quoted string, or leave it out.")]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"\"", "Window: is empty. Give it a value, or leave it out.")]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"\", \"TimeZone\": \"Europe/Berlin\"", "Window: is empty. Give it a value, or leave it out.")]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"TimeZone\": \"Europe/Berlin\"", "TimeZone: 'Europe/Berlin' is the zone of a window that is not there. Write a Window: day, week or month.", "Window: is missing. " + Forms)]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"dayly\"", "Window: 'dayly' is not a window. " + Forms)]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"Day\"", "Window: 'Day' is not a window. " + Forms)]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"dayly\", \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\"", "Window: 'dayly' is not a window. " + Forms)]
    [InlineData("\"Limit\": 1, \"Currency\": \"USD\", \"Window\": \"dayly\", \"TimeZone\": \"Europe/Belin\"", "TimeZone: 'Europe/Belin' " + Zones, "Window: 'dayly' is not a window. " + Forms)]
    [InlineData($"\"Limit\": 1, {Day}, \"TimeZone\": \"Europe/Belin\"", "TimeZone: 'Europe/Belin' " + Zones)]
    [InlineData($"\"Limit\": 1, {Day}, \"TimeZone\": \"Europe/Belin\", \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\"", "TimeZone: 'Europe/Belin' " + Zones)]
    [InlineData($"\"Limit\": 1, {Day}, \"MaxRollover\": 1, \"RolloverFrom\": \"tomorrow\"", "RolloverFrom: 'tomorrow' " + Instants)]
    [InlineData($"\"Limit\": 1, {Day}, \"MaxRollover\": \"all\", \"RolloverFrom\": \"2026-12-01\"", "MaxRollover: 'all' " + Exact)]
    [InlineData($"\"Limit\": \"5,00\", {Day}, \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\"", "Limit: '5,00' " + Exact)]
    [InlineData($"\"Limit\": -1, {Day}, \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\"", "Limit: '-1' is negative. Write 0 or more; 0 denies everything that is not free, and nothing means no limit.")]
    [InlineData($"\"Limit\": 1e30, {Day}", "Limit: '1e30' " + Large)]
    [InlineData($"\"Limit\": 79228162514264337593543950336, {Day}", "Limit: '79228162514264337593543950336' " + Large)] // 2^96
    [InlineData($"\"Limit\": -1e30, {Day}", "Limit: '-1e30' is negative. Write a number such as 5 or 0.25.")]
    [InlineData($"\"Limit\": null, {Day}", "Limit: is null, which would be no limit. Write a number, or leave it out: then the budget only counts.")]
    [InlineData($"\"Limit\": null, {Day}, \"MaxRollover\": 1, \"RolloverFrom\": \"2026-12-01\"", "Limit: is null, which would be no limit. Write a number, or leave it out: then the budget only counts.")]
    [InlineData($"\"Limit\": 1, \"Window\": \"day\", \"Currency\": null", "Currency: is null. Give it a value, or leave it out.")]
    [InlineData("\"Unit\": \"Euros\", \"Limit\": 1, \"Window\": \"day\"", "Unit: 'Euros' " + Units)]
    [InlineData("\"Unit\": \"Tokns\", \"Limit\": 10000000, \"Window\": \"day\"", "Unit: 'Tokns' " + Units)]
    public void Budget_Bad_SaysTheFirstCauseAlone(string budget, params string[] faults) =>
        Assert.Equal(faults.Select(fault => $"LlmBudgets:Budgets:b:{fault}"), Faults($$"""{ "Budgets": { "b": { {{budget}} } } }"""));

    [Theory]
    [InlineData("\"WhenStoreIsAway\": \"Opn\", \"MaxOpenTime\": \"5m\"", "\"MaxWhileOpen\": 1", "WhenStoreIsAway: 'Opn' is not a known word. Write one of: Closed, Open, LocalShare.")]
    [InlineData("\"WhenStoreIsAway\": \"Local\", \"LocalShare\": 0.1", "\"Mode\": \"Observe\"", "WhenStoreIsAway: 'Local' is not a known word. Write one of: Closed, Open, LocalShare.")]
    [InlineData("\"WhenStoreIsAway\": \"LocalShare\", \"LocalShare\": \"a tenth\"", "\"Mode\": \"Observe\"", "LocalShare: 'a tenth' " + Exact)]
    [InlineData("\"WhenStoreIsAway\": \"Open\", \"MaxOpenTime\": \"5 min\"", "\"MaxWhileOpen\": 1", "MaxOpenTime: '5 min' is not a duration. Write one such as 90s, 10m or 2h.")]
    [InlineData("\"WhenStoreIsAway\": \"Open\", \"MaxOpenTime\": \"5m\"", "\"MaxWhileOpen\": \"one\"", "Budgets:b:MaxWhileOpen: 'one' " + Exact)]
    [InlineData("\"WhenStoreIsAway\": \"Open\", \"MaxOpenTime\": \"5m\"", "\"Mode\": \"Observed\"", "Budgets:b:Mode: 'Observed' is not a known word. Write one of: Enforce, Observe.")]
    [InlineData("\"HashTags\": \"yes\", \"TagSecret\": \"0123456789abcdef0123456789abcdef\"", "\"Mode\": \"Observe\"", "HashTags: 'yes' is neither true nor false. Write true or false.")]
    [InlineData("\"HashTags\": true, \"TagSecret\": [ \"0123456789abcdef0123456789abcdef\" ]", "\"Mode\": \"Observe\"", "TagSecret: is not a text. Write the secret as one text.")]
    [InlineData("\"HashTags\": null", "\"Mode\": \"Observe\"", "HashTags: is null. Give it a value, or leave it out.")]
    public void Section_Bad_SaysTheFirstCauseAlone(string section, string budget, string fault) =>
        Assert.Equal($"LlmBudgets:{fault}", Assert.Single(Faults($$"""{ {{section}}, "Budgets": { "b": { "Limit": 1, {{Day}}, {{budget}} } } }""")));

    [Fact]
    public void Budget_WithEmptyLists_IsTaken() =>
        Assert.Empty(Faults($$"""{ "Budgets": { "b": { "Limit": 1, {{Day}}, "AlertAt": [ ], "Per": [ ], "MaxRollover": 1, "RolloverFrom": "2026-12-01" } } }"""));

    /// <summary>December of Berlin begins an hour before that of UTC; Asuncion left out the midnight of 2017-10-01, and went on at 1:00, 3
    /// hours behind UTC. Windows without a zone are those of UTC.</summary>
    [Theory]
    [InlineData("month", "Europe/Berlin", "2026-12-01", "2026-11-30T23:00Z")]
    [InlineData("day", "America/Asuncion", "2017-10-01", "2017-10-01T04:00Z")]
    [InlineData("month", null, "2026-12-01", "2026-12-01T00:00Z")]
    [InlineData("every 6h", null, "2026-12-01", "2026-12-01T00:00Z")]
    [InlineData("month", "Europe/Berlin", "2026-12-01T00:00:00Z", "2026-12-01T00:00Z")]
    public void RolloverFrom_WithoutATime_IsMidnightInTheZoneOfTheWindow(string window, string? zone, string text, string since)
    {
        string place = zone is null ? "" : $"\"TimeZone\": \"{zone}\", ";

        BudgetsOptions options = Read($$"""{ "Budgets": { "b": { "Limit": 1, "Currency": "USD", "Window": "{{window}}", {{place}}"MaxRollover": 1, "RolloverFrom": "{{text}}" } } }""");

        Assert.Equal(DateTimeOffset.Parse(since, System.Globalization.CultureInfo.InvariantCulture), options.Budgets["b"].RolloverFrom);
    }

    [Theory]
    [InlineData(BudgetUnit.Calls, 0, "has 0 calls of 0 calls left, and the call needs up to 1 call.")]
    [InlineData(BudgetUnit.Tokens, 1, "has 1 token of 1 token left, and the call needs up to 2 tokens.")]
    [InlineData(BudgetUnit.Seconds, 1, "has 1 second of 1 second left, and the call needs up to 2 seconds.")]
    [InlineData(BudgetUnit.Seconds, 0, "has 0 seconds of 0 seconds left, and the call needs up to 2 seconds.")]
    public async Task Denial_OfOne_IsInTheSingular(BudgetUnit unit, int limit, string said)
    {
        BudgetsOptions options = new();
        options.Budgets["b"] = new() { Unit = unit, Limit = limit, Window = BudgetWindow.Total };
        using InMemoryBudgetStore store = new();
        await using BudgetLedger ledger = new(store, options);

        await using BudgetLease lease = await ledger.ReserveAsync(new() { Tokens = 2, Duration = TimeSpan.FromSeconds(2) });

        Assert.Contains(said, lease.Denial!.Message, StringComparison.Ordinal);
    }

    private static BudgetsOptions Read(string section)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($$"""{ "LlmBudgets": {{section}} }"""));
        using ServiceProvider services = new ServiceCollection().AddLlmBudgets(new ConfigurationBuilder().AddJsonStream(stream).Build()).BuildServiceProvider();
        return services.GetRequiredService<IOptions<BudgetsOptions>>().Value;
    }

    private static IEnumerable<string> Faults(string section)
    {
        try
        {
            Read(section);
            return [];
        }
        catch (OptionsValidationException refused)
        {
            return refused.Failures.Order(StringComparer.Ordinal);
        }
    }
}
