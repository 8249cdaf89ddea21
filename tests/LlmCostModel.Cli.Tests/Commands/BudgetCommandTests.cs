using System.Text;
using System.Text.Json;
using LlmCostModel.Budgets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary>The budgets of an application, from outside: its settings, and the file in which it counts.</summary>
public sealed class BudgetCommandTests : IDisposable
{
    private const string Settings = """
        {
          // as an application has it
          "Logging": { "LogLevel": { "Default": "Warning" } },
          "LlmBudgets": {
            "Budgets": {
              "user-day": { "Limit": 5, "Currency": "USD", "Window": "day", "Per": [ "tenant", "user" ] },
              "all": { "Limit": 100.5, "Currency": "USD", "Window": "month", "TimeZone": "Europe/Berlin" },
              "calls": { "Unit": "Calls", "Window": "total", "Mode": "Observe", },
            },
          },
        }
        """;

    private static readonly string[] Paths = ["TimeToLive", "Budgets:a:Limit", "Budgets:b:Currency", "Budgets:b:Window", "Budgets:b:Perr"];

    /// <summary>The clock of <see cref="CliRunner"/>.</summary>
    private static readonly DateTimeOffset Now = new(2025, 1, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly CliRunner _cli = new();
    private readonly FakeTimeProvider _clock = new(Now);

    public void Dispose() => _cli.Dispose();

    private string Config => _cli.Write("appsettings.json", Settings);

    private string Store => _cli.PathOf("budgets.db");

    [Fact]
    public void Check_OfRightBudgets_ListsThem()
    {
        CliResult result = CliRunner.Run("budget", "check", "--config", Config);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(
            """{"valid":true,"budgets":["""
            + """{"budget":"all","limit":"100.5","unit":"money","currency":"USD","window":"month (Europe/Berlin)","per":[],"mode":"enforce","optional":false,"maxRollover":null},"""
            + """{"budget":"calls","limit":null,"unit":"calls","currency":null,"window":"total","per":[],"mode":"observe","optional":false,"maxRollover":null},"""
            + """{"budget":"user-day","limit":"5","unit":"money","currency":"USD","window":"day","per":["tenant","user"],"mode":"enforce","optional":false,"maxRollover":null}]}""",
            result.OneLine);
    }

    [Fact]
    public void Check_OfSeveralFiles_TakesTheLaterOneWhereBothSpeak()
    {
        string more = _cli.Write("appsettings.Production.json", """{ "LlmBudgets": { "Budgets": { "all": { "Limit": 7 } } } }""");

        CliResult result = CliRunner.Run("budget", "check", "--config", Config, "--config", more, "--format", "csv");

        Assert.StartsWith("budget,limit,unit,currency,window,per,mode,optional,maxRollover\nall,7,money,USD,month (Europe/Berlin),,enforce,no,\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OfWrongBudgets_NamesEveryFaultWithItsPath()
    {
        string wrong = _cli.Write("wrong.json", """
            { "LlmBudgets": { "TimeToLive": "soon", "Budgets": {
              "a": { "Limit": -1, "Currency": "USD", "Window": "day" },
              "b": { "Limit": 1, "Currency": "dollars", "Window": "fortnight", "Perr": [ "user" ] } } } }
            """);

        CliResult result = CliRunner.Run("budget", "check", "--config", wrong);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.All(Paths, path => Assert.Contains($"LlmBudgets:{path}", result.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"LlmBudgets\": ", "is not valid JSON")]
    [InlineData("[]", "is not the settings of an application: it is a JSON array, not an object.")]
    [InlineData("{}", "LlmBudgets: the configuration has no such section, or nothing is in it.")]
    [InlineData("{ \"LlmBudgets\": { \"Budgets\": { \"a\": { \"Limit\": 1 }, \"A\": { \"limit\": 2 } } } }", "states LlmBudgets:Budgets:A:limit twice. Names are the same in any case.")]
    public void Check_OfWhatIsNotSettings_SaysWhy(string text, string why)
    {
        CliResult result = CliRunner.Run("budget", "check", "--config", _cli.Write("wrong.json", text));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
    }

    /// <summary>Which store an application has is not in its settings.</summary>
    [Fact]
    public void Check_OfALongTimeToLive_SaysWhatTheStoreHasToKnow()
    {
        string settings = _cli.Write("long.json", """
            { "LlmBudgets": { "TimeToLive": "2h", "Budgets": { "a": { "Limit": 1, "Currency": "USD", "Window": "day" } } } }
            """);

        CliResult result = CliRunner.Run("budget", "check", "--config", settings);

        Assert.Equal(0, result.Code);
        Assert.Contains("A TimeToLive of 02:00:00 needs a store that knows ids for 04:00:00. The one in memory knows them for 01:00:00", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfATag_ShowsWhatItsBudgetsHave()
    {
        await UseAsync();

        CliResult result = CliRunner.Run("budget", "status", "--config", Config, "--store", Store, "--tag", "tenant=acme", "--tag", "user=ann");

        // 0.25 + 0.5 spent, 1 held of 5; the day ends at midnight UTC, and the month of Berlin an hour before it.
        Assert.Equal(
            """{"budgets":["""
            + """{"budget":"all","unit":"money","currency":"USD","spent":"1.75","held":"1","limit":"100.5","remaining":"97.75","resetsAt":"2025-01-31T23:00:00Z"},"""
            + """{"budget":"calls","unit":"calls","currency":null,"spent":"3","held":"1","limit":null,"remaining":null,"resetsAt":null},"""
            + """{"budget":"user-day","unit":"money","currency":"USD","spent":"0.75","held":"1","limit":"5","remaining":"3.25","resetsAt":"2025-01-28T00:00:00Z"}],"leftOut":[]}""",
            result.OneLine);
        Assert.Equal((0, ""), (result.Code, result.Error));
    }

    [Fact]
    public async Task Status_WithoutATag_NamesWhatItLeavesOut()
    {
        await UseAsync();

        CliResult result = CliRunner.Run("budget", "status", "--config", Config, "--store", Store, "--tag", "user=ann");

        Assert.Equal("""[{"budget":"user-day","missing":["tenant"]}]""", JsonSerializer.Serialize(result.Json.GetProperty("leftOut")));
        Assert.Equal(
            "The budget 'user-day' is kept per tenant, user: give --tag tenant=... to see it, or ask 'llmcost budget top user-day' for those that spent most.\n",
            result.Error);
    }

    [Fact]
    public async Task Status_AsATable_IsForPeople()
    {
        await UseAsync();

        CliResult result = CliRunner.Run("budget", "status", "--config", Config, "--store", Store, "--tag", "tenant=acme", "--tag", "user=ann", "--format", "table");

        Assert.Contains("budgets of tenant acme, user ann", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ user-day │  0.75 │ 1.00 │   5.00 │      3.25 │", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tag", "team=a", "No budget is kept per 'team'. Known: tenant, user.")]
    [InlineData("--tag", "user", "'user' is not of the form NAME=VALUE, such as user=ann.")]
    public async Task Status_OfAWrongTag_SaysWhatToWrite(string option, string value, string why)
    {
        await UseAsync();

        CliResult result = CliRunner.Run("budget", "status", "--config", Config, "--store", Store, option, value);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_OfABudget_NamesThoseThatSpentMost()
    {
        await UseAsync();

        CliResult result = CliRunner.Run("budget", "top", "user-day", "--config", Config, "--store", Store, "--count", "1");

        Assert.Equal(
            """{"budget":"user-day","accounts":[{"tags":{"tenant":"acme","user":"bob"},"unit":"money","currency":"USD","spent":"1","held":"0","limit":"5","remaining":"4","resetsAt":"2025-01-28T00:00:00Z"}]}""",
            result.OneLine);
        Assert.StartsWith(
            "tenant,user,spent,held,limit,remaining,unit,currency,resetsAt\nacme,bob,1,0,5,4,money,USD,2025-01-28T00:00:00Z\nacme,ann,0.75,1,",
            CliRunner.Run("budget", "top", "user-day", "--config", Config, "--store", Store, "--format", "csv").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_OfAnUnknownBudget_NamesTheKnownOnes()
    {
        await UseAsync();

        CliResult result = CliRunner.Run("budget", "top", "user", "--config", Config, "--store", Store);

        Assert.Equal((2, "There is no budget 'user'. There are all, calls, user-day.\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task Entries_OfAFile_AreWhatPriceReads()
    {
        await UseAsync();

        CliResult entries = CliRunner.Run("budget", "entries", "--store", Store);
        CliResult piped = CliRunner.RunWith(entries.Output, "price", "-", "--group-by", "user,month");
        CliResult direct = CliRunner.Run("price", Store, "--group-by", "user,month");

        Assert.Equal(3, entries.Output.Count(letter => letter == '\n'));
        Assert.Equal((0, ""), (direct.Code, direct.Error));
        Assert.Equal(
            ["ann 2025-01 2 0.75", "bob 2025-01 1 1"],
            direct.Json.GetProperty("groups").EnumerateArray().Select(group =>
                $"{group.GetProperty("key").GetProperty("user")} {group.GetProperty("key").GetProperty("month")} {group.GetProperty("requests")} {group.GetProperty("total").GetString()}").Order());
        Assert.Equal(direct.Json.GetProperty("totals").ToString(), piped.Json.GetProperty("totals").ToString());
    }

    [Theory]
    [InlineData("--each")]
    [InlineData("--format", "focus")]
    [InlineData("--format", "table")]
    public async Task Price_OfAFileOfBudgets_TakesAllForms(params string[] form)
    {
        await UseAsync();

        CliResult result = CliRunner.Run(["price", Store, .. form]);

        Assert.NotEqual(2, result.Code);
        Assert.DoesNotContain("should not", result.Error, StringComparison.Ordinal);
        Assert.NotEqual(2, CliRunner.Run("report", Store, "-o", _cli.PathOf("page.html")).Code);
    }

    [Fact]
    public async Task Price_OfAFileThatIsInUse_ReadsWhatWasSettled()
    {
        await using SqliteBudgetStore store = new(new() { Path = Store }, _clock);
        await new BudgetLedger(store, Options(), _clock).CorrectAsync("c", new Dictionary<string, string>(), new Money(0.5m, "USD"));

        CliResult result = CliRunner.Run("price", Store);

        Assert.Equal("0.5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    [Fact]
    public void Price_OfAnotherDatabase_SaysThatItIsNotRead()
    {
        using (SqliteConnection other = new($"Data Source={Store};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE calls (id TEXT)";
            command.ExecuteNonQuery();
        }

        CliResult result = CliRunner.Run("price", Store);

        Assert.Equal(2, result.Code);
        Assert.Contains("is a SQLite database, which is not read. Write its rows as CSV or JSON lines.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("budget entries --store FILE")]
    [InlineData("budget status --config CONFIG --store FILE")]
    [InlineData("budget top all --config CONFIG --store FILE")]
    public void Store_ThatIsNone_IsLeftAsItIs(string command)
    {
        string file = _cli.Write("notes.txt", "");
        string[] Args(string path) => [.. command.Split(' ').Select(word => word == "FILE" ? path : word == "CONFIG" ? Config : word)];

        CliResult other = CliRunner.Run(Args(file));
        CliResult absent = CliRunner.Run(Args(Store));

        Assert.Equal((2, $"'{file}' is not a file of budgets. Name the file that the application gives to AddSqliteBudgetStore.\n"), (other.Code, other.Error));
        Assert.Equal((2, $"The file '{Store}' does not exist.\n"), (absent.Code, absent.Error));
        Assert.Equal(0, new FileInfo(file).Length);
        Assert.False(File.Exists(Store));
    }

    /// <summary>Ann spends 0.25 as a call of 100,000 input tokens and 0.5 as an amount, and holds 1; bob spends 1.</summary>
    private async Task UseAsync()
    {
        CostEstimator estimator = Catalog.BuiltInCatalog.CreateEstimator();
        await using SqliteBudgetStore store = new(new() { Path = Store }, _clock);
        BudgetLedger ledger = new(store, Options(), _clock);
        PricedCall call = estimator.Price(ModelCall.FromUsage("gpt-4o", new TokenUsage { Input = 100_000 }) with { At = Now }); // 2.50 a million
        await (await ledger.ReserveAsync(Request("ann", 1m))).SettleAsync(call);
        await (await ledger.ReserveAsync(Request("ann", 1m))).SettleAsync(new Money(0.5m, "USD"));
        await (await ledger.ReserveAsync(Request("bob", 1m))).SettleAsync(new Money(1m, "USD"));
        _ = await ledger.ReserveAsync(Request("ann", 1m));
    }

    private static BudgetRequest Request(string user, decimal most) => new()
    {
        Tags = new Dictionary<string, string> { ["tenant"] = "acme", ["user"] = user },
        Ceiling = new Money(most, "USD"),
    };

    private static BudgetsOptions Options()
    {
        BudgetsOptions options = new();
        options.Budgets["all"] = new() { Limit = 100.5m, Currency = "USD", Window = BudgetWindow.Month("Europe/Berlin") };
        options.Budgets["calls"] = new() { Unit = BudgetUnit.Calls, Window = BudgetWindow.Total, Mode = BudgetMode.Observe };
        options.Budgets["user-day"] = new() { Limit = 5m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "tenant", "user" }, Optional = true };
        return options;
    }
}
