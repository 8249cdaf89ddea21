using System.IO.Compression;
using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

public sealed class CatalogCommandTests : IDisposable
{
    private const string Table = """
        { "m1": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 },
          "m2": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0 } }
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>What --rates takes can be checked before it is used.</summary>
    [Fact]
    public void Validate_TakesTheSettingsOfAnApplication()
    {
        using CliRunner files = new();
        string settings = files.Write("appsettings.json", """
            { "Logging": {}, "LlmCostModel": {
                "RateCards": { "acme": { "Currency": "USD", "Models": { "acme-1": { "PerMillionTokens": { "Input": 1 } } } } },
                "Overlays": { "contract": { "Providers": [ "opnai" ], "Rules": [ { "Name": "20% off", "Multiply": 0.8 } ] } },
                "Deployments": { "prod": "o1" } } }
            """);

        CliResult result = CliRunner.Run("catalog", "validate", settings);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("\"cards\": 1,", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"models\": 1,", result.Output, StringComparison.Ordinal);
        Assert.Contains("'opnai' is the provider of no rate card in use. Did you mean 'openai'?", result.Output.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_NamesACardAsItsFileDoes()
    {
        using CliRunner files = new();
        string card = files.Write("acme.json", """{ "Currency": "USD", "Models": { "acme-1": { "PerMillionTokens": { "Input": 1 } } } }""");
        string log = files.Write("log.jsonl", """{ "model": "acme-1", "at": "2025-01-27", "tier": "batsh", "usage": { "input": 1 } }""");

        Assert.Contains("rate card 'acme'", CliRunner.Run("catalog", "diff", card, card, "--usage", log).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_WritesTheContractsJson_AndCardsThatPrice()
    {
        CliResult result = CliRunner.Run("catalog", "import", "litellm", _cli.Write("table.json", Table), "-o", _cli.PathOf("card.json"));

        Assert.Equal(1, result.Code); // something was refused
        Assert.Equal(
            """{"entries":2,"imported":1,"lossy":0,"refused":1,"losses":[{"id":"m2","what":"entry","why":"has zero prices, which in this table mean free as well as unknown"}]}""",
            result.OneLine);
        Assert.Equal("3", CliRunner.Run("estimate", "m1", "--input", "1M", "--output", "1M", "--rates", _cli.PathOf("card.json"), "--no-catalog").Json.GetProperty("total").GetString());
    }

    /// <summary>A format without a name could be imported by programs alone.</summary>
    [Fact]
    public void Import_EveryFormat_HasAName() =>
        Assert.Equal(Enum.GetValues<Catalog.PriceTableFormat>().Length, Cli.Commands.Catalog.RateFiles.FormatNames.Split(", ").Length);

    [Theory]
    [InlineData("catalog import magic table.json -o card.json", "magic")]
    [InlineData("catalog import litellm nowhere.json -o card.json", "nowhere.json")]
    [InlineData("catalog import litellm", "FILE")]
    [InlineData("catalog validate nowhere.json", "nowhere.json")]
    public void WrongUsage_IsNamed(string arguments, string named)
    {
        CliResult result = CliRunner.Run(arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Output);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_TellsWhatChanged_AndHowMuchMoneyMoves()
    {
        string before = _cli.Write("a.json", """{ "Provider": "h", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 10, "Output": 40 } }, "same": { "PerMillionTokens": { "Input": 5 } }, "gone": { "PerMillionTokens": { "Input": 1 } } } }""");
        string after = _cli.Write("b.json", """{ "Provider": "h", "Currency": "USD", "Models": { "same": { "PerMillionTokens": { "Input": 5 } }, "m": { "PerMillionTokens": { "Input": 2, "Output": 40 }, "PerMeter": { "Image": 0.04 } }, "new": { "PerMillionTokens": { "Input": 1 } } } }""");
        string log = _cli.Write("log.jsonl", """
            {"model":"same","usage":{"input":1000000}}
            {"model":"m","usage":{"input":2000000}}
            {"model":"m","usage":{"input":1000000}}
            """);

        CliResult result = CliRunner.Run("catalog", "diff", before, after, "--usage", log);

        // 3 M x 10 = 30, 3 M x 2 = 6; 1 M x 5 = 5 with both
        Assert.Equal(0, result.Code);
        Assert.Equal(
            """{"added":[{"provider":"h","model":"new"}],"removed":[{"provider":"h","model":"gone"}],"changed":[{"provider":"h","model":"m","what":"input","before":"10","after":"2"},{"provider":"h","model":"m","what":"image","before":null,"after":"0.04"}],"usage":{"records":3,"unpriced":0,"totals":[{"currency":"USD","before":"35","after":"11","difference":"-24"}],"models":[{"model":"m","currency":"USD","before":"30","after":"6","difference":"-24"},{"model":"same","currency":"USD","before":"5","after":"5","difference":"0"}]}}""",
            result.OneLine);
    }

    [Fact]
    public void Diff_Usage_ReadsIdsAsProvidersWriteThem()
    {
        string log = _cli.Write("log.jsonl", """{"model":"us.anthropic.claude-sonnet-4-20250514-v1:0","usage":{"input":100000}}""");

        JsonElement usage = CliRunner.Run("catalog", "diff", "builtin", "builtin", "--at", "2026-08-01", "--usage", log).Json.GetProperty("usage");

        Assert.Equal(0, usage.GetProperty("unpriced").GetInt32());
        Assert.Equal("0.3", usage.GetProperty("totals")[0].GetProperty("after").GetString());
    }

    [Fact]
    public void Diff_BuiltInWithItself_IsEmpty() =>
        Assert.Equal("""{"added":[],"removed":[],"changed":[]}""", CliRunner.Run("catalog", "diff", "builtin", "builtin").OneLine);

    /// <summary>Rates are read out of gzip wherever a file of them is asked for, and every refusal names the file.</summary>
    [Fact]
    public void Rates_MayBePacked_AndAreRefusedByName()
    {
        string packed = _cli.PathOf("rates.json.gz");
        using (GZipStream gzip = new(File.Create(packed), CompressionMode.Compress))
        {
            gzip.Write("""{ "Provider": "h", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 2 } } } }"""u8);
        }

        string cut = _cli.PathOf("cut.json.gz");
        File.WriteAllBytes(cut, File.ReadAllBytes(packed)[..^9]);
        string[][] refused = [["validate", cut], ["diff", cut, "builtin"], ["import", "litellm", cut, "-o", _cli.PathOf("card.json")], ["import", "litellm", _cli.Write("depth.json", new string('[', 1_000)), "-o", _cli.PathOf("card.json")]];

        Assert.Equal("2", CliRunner.Run("estimate", "m", "--input", "1M", "--rates", packed).Json.GetProperty("total").GetString());
        Assert.All(refused, arguments =>
        {
            CliResult result = CliRunner.Run(["catalog", .. arguments]);
            Assert.Equal((2, ""), (result.Code, result.Output));
            Assert.Contains(arguments.First(argument => argument.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)), result.Error, StringComparison.Ordinal);
        });
        Assert.False(File.Exists(_cli.PathOf("card.json")));
    }

    [Fact]
    public void Validate_Faults_GoToStandardError()
    {
        CliResult bad = CliRunner.Run("catalog", "validate", _cli.Write("bad.json", """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Inptu": 1 } } } }"""));
        CliResult good = CliRunner.Run("catalog", "validate", _cli.Write("good.json", """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "CacheRead": 2 } } } }"""));

        Assert.Equal(2, bad.Code);
        Assert.Equal("", bad.Output);
        Assert.Contains("Inptu", bad.Error, StringComparison.Ordinal);
        Assert.Equal(0, good.Code);
        Assert.Contains("is above the price of Input", good.Json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AgainstATable_TellsAgreementsAndDifferences()
    {
        string table = _cli.Write("t.json", """
            { "o1": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-05, "output_cost_per_token": 6e-05 },
              "gpt-4o": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 5e-06, "output_cost_per_token": 1e-05 },
              "gpt-4-turbo": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-05, "output_cost_per_token": 3e-05, "cache_read_input_token_cost": 5e-06 },
              "who": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 5e-06 },
              "far": { "litellm_provider": "elsewhere", "mode": "chat", "input_cost_per_token": 5e-06 } }
            """);

        CliResult result = CliRunner.Run("catalog", "check", "litellm", table);

        Assert.Equal(1, result.Code);
        Assert.Equal(
            """{"agreeing":1,"lacking":1,"differing":1,"unknown":1,"elsewhere":1,"explained":0"""
                + ""","differences":[{"provider":"openai","model":"gpt-4o","what":"input","ours":"2.5","table":"5"}]"""
                + ""","onlyInTable":[{"provider":"openai","model":"gpt-4-turbo","what":"cacheRead","ours":null,"table":"5"}]"""
                + ""","unknownModels":["openai/who"],"unknownByProvider":{"openai":["who"]}}""",
            result.OneLine);
    }

    [Fact]
    public void Formats_TableAndCsv_SayTheSame()
    {
        string before = _cli.Write("a.json", """{ "Provider": "h", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 10 } }, "gone": { "PerMillionTokens": { "Input": 1 } } } }""");
        string after = _cli.Write("b.json", """{ "Provider": "h", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 2, "CacheRead": 3 } } } }""");
        string table = _cli.Write("table.json", Table);

        Assert.Equal("change,provider,model,what,before,after\nremoved,h,gone,,,\nchanged,h,m,input,10,2\nchanged,h,m,cacheRead,,3\n", CliRunner.Run("catalog", "diff", before, after, "--format", "csv").Output);
        Assert.Contains("0 models added, 1 removed, 2 prices changed", CliRunner.Run("catalog", "diff", before, after, "--format", "table").Output, StringComparison.Ordinal);
        Assert.Equal(
            "id,what,why\nm2,entry,\"has zero prices, which in this table mean free as well as unknown\"\n",
            CliRunner.Run("catalog", "import", "litellm", table, "-o", _cli.PathOf("card.json"), "--format", "csv").Output);
        Assert.Contains("2 entries: 1 imported", CliRunner.Run("catalog", "import", "litellm", table, "-o", _cli.PathOf("card.json"), "--format", "table").Output, StringComparison.Ordinal);
        Assert.StartsWith("warning\n", CliRunner.Run("catalog", "validate", after, "--format", "csv").Output, StringComparison.Ordinal);
        Assert.Contains("1 rate card, 1 model, 1 warning", CliRunner.Run("catalog", "validate", after, "--format", "table").Output, StringComparison.Ordinal);
        Assert.Equal("finding,provider,model,what,ours,table\nunknown,openai,m1,,,\n", CliRunner.Run("catalog", "check", "litellm", table, "--format", "csv").Output);
        string wrapped = CliRunner.Run("catalog", "check", "litellm", table, "--format", "table").Output;
        Assert.Contains(
            "0 models agree, 0 lack a price, 0 differ, 1 are unknown to the rates in use, 0 are of other providers; 0 findings are explained",
            string.Join(' ', wrapped.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Models_Filter_ListsWhatCanBePriced()
    {
        CliResult result = CliRunner.Run("models", "deepseek-reasoner", "--provider", "deepseek");

        JsonElement model = Assert.Single(result.Json.GetProperty("models").EnumerateArray());
        Assert.Equal("deepseek-reasoner", model.GetProperty("model").GetString());
        Assert.Equal("""{"input":"0.55","cacheRead":"0.14","output":"2.19"}""", JsonSerializer.Serialize(model.GetProperty("perMillionTokens")));
        Assert.Equal("https://api-docs.deepseek.com/quick_start/pricing", model.GetProperty("source").GetString());
    }

    [Fact]
    public void Show_TellsRatesRulesHistoryAndHowTheIdWasFound()
    {
        CliResult result = CliRunner.Run("show", "anthropic/claude-opus-4.6", "--at", "2026-03-01");

        Assert.Equal("claude-opus-4-6", result.Json.GetProperty("canonical").GetString());
        Assert.Equal("normalised", result.Json.GetProperty("match").GetString());
        Assert.Equal(2, result.Json.GetProperty("steps").GetArrayLength());
        Assert.Equal("5", result.Json.GetProperty("perMillionTokens").GetProperty("input").GetString());
        Assert.Equal(2, result.Json.GetProperty("pricing").GetProperty("Versions").GetArrayLength());
    }

    [Fact]
    public void Show_TableAndCsv_TellPeriodsAndRulesInWords()
    {
        string rates = _cli.Write("r.json", """
            { "Provider": "h", "Currency": "USD", "Models": { "m": { "Versions": [
                { "Until": "2026-01-01", "Note": "before", "PerMillionTokens": { "Input": 2 } },
                { "From": "2026-02-01T12:00:00Z", "PerMillionTokens": { "Input": 1, "Output": 4 }, "Rules": [ { "Name": "large", "When": { "TotalInputAbove": 200000, "Tier": [ "a", "b" ] }, "Multiply": 1.5, "On": [ "Input", "Output" ] } ] } ] } } }
            """);

        CliResult csv = CliRunner.Run("show", "m", "--rates", rates, "--no-catalog", "--format", "csv");
        CliResult table = CliRunner.Run("show", "m", "--rates", rates, "--no-catalog", "--at", "2026-01-15", "--format", "table");

        Assert.Equal(
            """
            from,until,kind,name,price,per,when
            ,2026-01-01,price,input,2,1000000,
            2026-02-01 12:00Z,,price,input,1,1000000,
            2026-02-01 12:00Z,,price,output,4,1000000,
            2026-02-01 12:00Z,,rule,large,multiply 1.5; on Input / Output,,"totalInputAbove 200000, tier a / b"

            """,
            csv.Output, ignoreLineEndingDifferences: true);
        Assert.Contains("until 2026-01-01 \nnote: before\n", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("in force", table.Output, StringComparison.Ordinal);
        Assert.Contains("(in force)", CliRunner.Run("show", "m", "--rates", rates, "--no-catalog", "--at", "2026-03-01", "--format", "table").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Beginning": "launch", "PerMillionTokens": { "Input": 2 } }""", "since launch (in force)")]
    [InlineData("""{ "Beginning": "launch", "Until": "2026-09-01", "PerMillionTokens": { "Input": 2 } }""", "since launch until 2026-09-01 (in force)")]
    [InlineData("""{ "From": "2026-08-01", "Beginning": "reading", "PerMillionTokens": { "Input": 2 } }""", "known from 2026-08-01 (in force)")]
    [InlineData("""{ "From": "2026-08-01", "PerMillionTokens": { "Input": 2 } }""", "from 2026-08-01 (in force)")]
    [InlineData("""{ "PerMillionTokens": { "Input": 2 } }""", "at any time (in force)")]
    public void Show_SaysSinceWhenThePriceIsKnown(string model, string period)
    {
        string rates = _cli.Write("r.json", $$"""{ "Provider": "h", "Currency": "USD", "Models": { "m": {{model}} } }""");

        CliResult table = CliRunner.Run("show", "m", "--rates", rates, "--no-catalog", "--at", "2026-08-15", "--format", "table");

        Assert.Contains($"\n{period}\n", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_RetiredName_HasNoPricesInForce() =>
        Assert.Equal("null", CliRunner.Run("show", "deepseek-chat", "--at", "2026-08-01").Json.GetProperty("perMillionTokens").GetRawText());

    [Fact]
    public void Show_UnknownModel_SaysWhy()
    {
        CliResult result = CliRunner.Run("show", "acme-1");

        Assert.Equal(1, result.Code);
        Assert.StartsWith("No price for model 'acme-1'", result.Json.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("No price for model 'acme-1'", CliRunner.Run("show", "acme-1", "--format", "table").Output, StringComparison.Ordinal);
    }
}
