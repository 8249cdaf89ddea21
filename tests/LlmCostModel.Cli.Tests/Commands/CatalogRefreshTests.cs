using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>What keeps a folder of cards right: check with a baseline, refresh, import in front of the catalog.</summary>
public sealed class CatalogRefreshTests : IDisposable
{
    private const string Card = """
        {
          "Provider": "openai",
          "Currency": "USD",
          "AsOf": "2026-01-15",
          "Models": {
            "a-1": { "Basis": "tables", "PerMillionTokens": { "Input": 2.5, "Output": 10 } }
          }
        }
        """;

    private const string Table = """
        { "a-1": { "litellm_provider": "openai", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.2e-05 },
          "b-1": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06 },
          "c-1": { "litellm_provider": "openai", "input_cost_per_token": 4e-06, "output_cost_per_token": 1e-06 } }
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Refresh_ShowsProposals_AndWritesThemWhenAsked()
    {
        (string folder, string table, string other) = Files();
        string[] command = ["catalog", "refresh", folder, "--from", $"litellm={table}", "--from", $"models.dev={other}"];

        CliResult shown = CliRunner.Run(command);
        CliResult written = CliRunner.Run([.. command, "--write"]);
        CliResult again = CliRunner.Run(command);

        Assert.Equal((1, 0, 0), (shown.Code, written.Code, again.Code));
        Assert.Equal(
            """{"proposals":[{"change":"newModel","provider":"openai","model":"b-1","from":"2026-07-02","confidence":"high","prices":[{"what":"input","present":null,"proposed":"1"},{"what":"output","present":null,"proposed":"4"}],"evidence":[{"table":"litellm","day":"2026-08-01","says":"Input 1, Output 4"},{"table":"models.dev","day":"2026-07-02","says":"Input 1, Output 4"}],"written":false},"""
                + """{"change":"changedPrice","provider":"openai","model":"a-1","from":"2026-07-02","confidence":"high","prices":[{"what":"input","present":"2.5","proposed":"3"},{"what":"output","present":"10","proposed":"12"}],"evidence":[{"table":"litellm","day":"2026-08-01","says":"Input 3"},{"table":"models.dev","day":"2026-07-02","says":"Input 3"},{"table":"litellm","day":"2026-08-01","says":"Output 12"},{"table":"models.dev","day":"2026-07-02","says":"Output 12"}],"written":false}]"""
                + ""","warnings":[{"provider":"openai","model":"c-1","what":"model","why":"input, 4, costs more than output, 1","evidence":[{"table":"litellm","day":"2026-08-01","says":"Input 4, Output 1"}]}],"counts":{"low":0,"medium":0,"high":2},"decided":0,"files":[]}""",
            shown.OneLine);
        Assert.Equal(["openai.json"], written.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        string[] usage = ["--input", "1M", "--output", "1M", "--provider", "openai", "--no-catalog", "--rates", Path.Combine(folder, "openai.json")];
        Assert.Equal("12.5", CliRunner.Run(["estimate", "a-1", "--at", "2026-07-01", .. usage]).Json.GetProperty("total").GetString()); // 2.5 + 10
        Assert.Equal("15", CliRunner.Run(["estimate", "a-1", "--at", "2026-07-02", .. usage]).Json.GetProperty("total").GetString()); // 3 + 12
        Assert.Equal("5", CliRunner.Run(["estimate", "b-1", "--at", "2026-08-01", .. usage]).Json.GetProperty("total").GetString()); // 1 + 4
    }

    [Fact]
    public void Refresh_OneTable_IsMedium_AndSaysTheSameInTables()
    {
        (string folder, string table, _) = Files();
        string[] command = ["catalog", "refresh", folder, "--from", $"litellm={table}"];

        Assert.Equal(0, CliRunner.Run(command).Code); // nothing that is sure
        string csv = CliRunner.Run([.. command, "--confidence", "medium", "--format", "csv"]).Output;
        string drawn = CliRunner.Run([.. command, "--confidence", "medium", "--format", "table"]).Output;

        Assert.StartsWith("provider,change,model,what,present,proposed,from,confidence,evidence\nopenai,new model,b-1,input,,1,2026-08-01,medium,", csv, StringComparison.Ordinal);
        Assert.Contains("openai,changed price,a-1,output,10,12,2026-08-01,medium,litellm of 2026-08-01: Input 3; litellm of 2026-08-01: Output 12\n", csv.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("openai,warning,c-1,model,,,,,", csv, StringComparison.Ordinal);
        Assert.Contains("0 sure proposals, 2 that one table states", OneLine(drawn), StringComparison.Ordinal);
        Assert.Contains("changed price", drawn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("litellm", "FORMAT=FILE")]
    [InlineData("magic=t.json", "magic")]
    [InlineData("litellm=nowhere.json", "nowhere.json")]
    public void Refresh_WrongUsage_IsNamed(string from, string named)
    {
        CliResult result = CliRunner.Run("catalog", "refresh", Files().Folder, "--from", from);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_FolderWithoutCards_IsNamed()
    {
        CliResult result = CliRunner.Run("catalog", "refresh", _cli.PathOf("nowhere"), "--from", $"litellm={Files().Table}");

        Assert.Equal(2, result.Code);
        Assert.Contains("Name a folder of rate cards", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Baseline_ExplainsWhatIsKnown()
    {
        string table = _cli.Write("t.json", """
            { "gpt-4o": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 5e-06, "output_cost_per_token": 1e-05 },
              "who": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 5e-06 } }
            """);
        string baseline = _cli.Write("known.txt", """
            # What is known.
            differs | openai | gpt-4o | input | 2.5 | 5 | the table has the price of the first snapshot
            unknown | openai | wh* | no model of OpenAI
            lacks | openai | gone | not found any more
            """);
        string moved = _cli.Write("moved.txt", "differs | openai | gpt-4o | input | 2.5 | 4 | another price\nunknown | * | who | no model\n");
        string broken = _cli.Write("broken.txt", "differs | openai | gpt-4o\n");

        CliResult known = CliRunner.Run("catalog", "check", "litellm", table, "--baseline", baseline, "--format", "csv");
        CliResult changed = CliRunner.Run("catalog", "check", "litellm", table, "--baseline", moved, "--format", "csv");
        CliResult faulty = CliRunner.Run("catalog", "check", "litellm", table, "--baseline", broken);

        Assert.Equal((0, "finding,provider,model,what,ours,table\n"), (known.Code, known.Output));
        Assert.Contains("lacks | openai | gone | not found any more", known.Error, StringComparison.Ordinal);
        Assert.Equal((1, "finding,provider,model,what,ours,table\ndiffers,openai,gpt-4o,input,2.5,5\n"), (changed.Code, changed.Output));
        Assert.Equal(2, faulty.Code);
        Assert.Contains("line 1", faulty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Accept_AddsToTheBaseline()
    {
        string table = _cli.Write("t.json", """{ "who": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 5e-06 } }""");
        string baseline = _cli.PathOf("new.txt");

        Assert.Equal(0, CliRunner.Run("catalog", "check", "litellm", table, "--baseline", baseline, "--accept", "not a model").Code);
        Assert.Equal("unknown | openai | who | * | * | * | not a model\n", File.ReadAllText(baseline));
        Assert.Equal(0, CliRunner.Run("catalog", "check", "litellm", table, "--baseline", baseline).Code);
        Assert.Equal(2, CliRunner.Run("catalog", "check", "litellm", table, "--accept", "not a model").Code);
    }

    /// <summary>The day is the one in the name of the file; what the table does not know is the catalog's.</summary>
    [Fact]
    public void Import_StandsInFrontOfTheCatalog_UnlessItIsAskedForAlone()
    {
        string table = _cli.Write("litellm-2026-08-01.json", """{ "o3": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-06, "output_cost_per_token": 9e-06 } }""");
        string[] command = ["catalog", "import", "litellm", table, "-o", _cli.PathOf("card.json")];
        string? Total(string day) =>
            CliRunner.Run("estimate", "o3", "--input", "1M", "--at", day, "--rates", _cli.PathOf("card.json")).Json.GetProperty("total").GetString();

        Assert.Equal(0, CliRunner.Run(command).Code);
        Assert.Equal(("10", "3"), (Total("2025-05-01"), Total("2026-09-01")));
        Assert.Equal(0, CliRunner.Run([.. command, "--no-catalog"]).Code);
        Assert.Equal(("3", "3"), (Total("2025-05-01"), Total("2026-09-01")));
    }

    /// <summary>Tables for people show what both have, by provider; the rest is a count.</summary>
    [Fact]
    public void Diff_Table_ShowsWhatBothHave_ByProvider()
    {
        string before = _cli.Write("a.json", """{ "Provider": "h", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 10 } }, "gone": { "PerMillionTokens": { "Input": 1 } } } }""");
        string after = _cli.Write("b.json", """{ "Provider": "h", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 2 } }, "new": { "PerMillionTokens": { "Input": 1 } } } }""");

        string few = CliRunner.Run("catalog", "diff", before, after, "--format", "table").Output;

        Assert.DoesNotContain("gone", few, StringComparison.Ordinal);
        Assert.Contains("only in one of both; --all lists them", OneLine(few), StringComparison.Ordinal);
        Assert.Contains("gone", CliRunner.Run("catalog", "diff", before, after, "--format", "table", "--all").Output, StringComparison.Ordinal);
        JsonElement other = CliRunner.Run("catalog", "diff", before, after, "--provider", "x").Json;
        Assert.Equal(0, other.GetProperty("changed").GetArrayLength() + other.GetProperty("added").GetArrayLength() + other.GetProperty("removed").GetArrayLength());
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private (string Folder, string Table, string Other) Files()
    {
        string folder = _cli.PathOf("cards");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "openai.json"), Card);
        string table = _cli.Write("litellm-2026-08-01.json", Table);
        string other = _cli.Write("models-2026-07-02.json", """
            { "openai": { "models": { "a-1": { "cost": { "input": 3, "output": 12 } }, "b-1": { "cost": { "input": 1, "output": 4 } } } } }
            """);
        return (folder, table, other);
    }
}
