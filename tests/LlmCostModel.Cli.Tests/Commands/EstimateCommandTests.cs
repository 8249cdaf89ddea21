using LlmCostModel.TestData;

namespace LlmCostModel.Cli.Tests;

public sealed class EstimateCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    // 400 x 0.55 + 600 x 0.14 + 500 x 2.19 = 220 + 84 + 1095 = 1399 millionths
    [Theory]
    [InlineData("estimate", "o1")]
    [InlineData("compare", "o1", "gpt-4o")]
    public void NoUsage_IsAsked_NotPricedAtZero(params string[] args)
    {
        CliResult result = CliRunner.Run(args);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Equal(
            "Nothing says what the call consumed. Give counts, such as --input 1200 --output 300; 0 is a count too.",
            result.Error.TrimEnd());
        Assert.Equal(0, CliRunner.Run([.. args, "--input", "0"]).Code);
    }

    /// <summary>Nothing is priced by a similar name; where to look is said.</summary>
    [Theory]
    [InlineData("estimate", "gpt4o", "--input", "1")]
    [InlineData("compare", "o1", "gpt4o", "--input", "1")]
    [InlineData("show", "gpt4o")]
    public void UnknownModel_NamesSimilarOnes_AndHasNoPrice(params string[] args)
    {
        CliResult result = CliRunner.Run(args);

        Assert.Equal(1, result.Code);
        Assert.StartsWith("Similar to 'gpt4o': gpt-4o, ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(". 'llmcost models TEXT' finds more.", result.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme-1")]
    [InlineData("o")]
    public void UnknownModel_LikeNoOther_NamesNone(string id) => Assert.Empty(CliRunner.Run("estimate", id, "--input", "1").Error);

    [Fact]
    public void Format_Unknown_IsNamedWithTheKnownOnes() => Assert.StartsWith(
        "'xml' is not a format. Write table, json or csv.",
        CliRunner.Run("estimate", "o1", "--input", "1", "--format", "xml").Error,
        StringComparison.Ordinal);

    [Fact]
    public void NoArguments_ShowTheCommands()
    {
        CliResult result = CliRunner.Run();

        Assert.Equal(0, result.Code);
        Assert.Contains("What one call costs, line by line.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_ReferenceCall_WritesTheContractsJson()
    {
        CliResult result = CliRunner.Run("estimate", "deepseek-reasoner", "--input", "400", "--cache-read", "600", "--output", "500");

        Assert.Equal(0, result.Code);
        Assert.Equal("", result.Error);
        Assert.Equal("deepseek-reasoner", result.Json.GetProperty("canonical").GetString());
        Assert.Equal("exact", result.Json.GetProperty("match").GetString());
        Assert.Equal("priced", result.Json.GetProperty("status").GetString());
        Assert.Equal("0.001399", result.Json.GetProperty("total").GetString());
        Assert.Equal(
            """{"bucket":"cacheRead","quantity":"600","unit":"token","rate":"0.14","per":"1000000","amount":"0.000084","rule":null,"card":"catalog:deepseek","source":"https://api-docs.deepseek.com/quick_start/pricing"}""",
            System.Text.Json.JsonSerializer.Serialize(result.Json.GetProperty("lines")[1]));
    }

    [Fact]
    public void Estimate_Table_ShowsTheReceipt() =>
        TextSnapshot.Match(
            CliRunner.Run("estimate", "deepseek-reasoner", "--input", "400", "--cache-read", "600", "--output", "500", "--reasoning", "120", "--format", "table").Output,
            "estimate-table");

    [Fact]
    public void Estimate_UnknownModel_IsUnpricedWithExitCode1()
    {
        CliResult result = CliRunner.Run("estimate", "acme-1", "--input", "1");

        Assert.Equal(1, result.Code);
        Assert.Equal(
            """{"model":"acme-1","canonical":null,"provider":null,"match":null,"status":"unpriced","reasons":["No price for model \u0027acme-1\u0027. Add it to a file of --rates, or price the id of a model that is known."],"currency":null,"total":null,"list":null,"cacheSavings":null,"lines":[],"adjustments":[],"steps":[],"at":"2025-01-27T12:00:00Z","notes":[]}""",
            result.OneLine);
    }

    [Fact]
    public void Estimate_OwnRates_ComeBeforeTheCatalog()
    {
        string rates = _cli.Write("mine.json", """{ "Currency": "EUR", "Models": { "deepseek-reasoner": { "PerMillionTokens": { "Input": 1 } } } }""");

        CliResult result = CliRunner.Run("estimate", "deepseek-reasoner", "--input", "1_000", "--rates", rates);

        Assert.Equal("0.001", result.Json.GetProperty("total").GetString());
        Assert.Equal("EUR", result.Json.GetProperty("currency").GetString());
        Assert.Equal("unpriced", CliRunner.Run("estimate", "o1", "--input", "1", "--rates", rates, "--no-catalog").Json.GetProperty("status").GetString());
    }

    [Fact]
    public void Estimate_TierAttributesAndMeters_ReachTheRules()
    {
        string rates = _cli.Write("mine.json", """
            { "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 2 }, "PerMeter": { "Image": 0.04 }, "Rules": [
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Tokens" ] },
              { "Name": "high", "When": { "Attributes": { "quality": "high" } }, "PerMeter": { "Image": 0.2 } } ] } } }
            """);

        // 1 M x 2 x 0.5 + 3 x 0.2 = 1.6
        CliResult result = CliRunner.Run("estimate", "m", "--input", "1M", "--meter", "Image=3", "--attribute", "quality=high", "--tier", "batch", "--rates", rates);

        Assert.Equal("1.6", result.Json.GetProperty("total").GetString());
    }

    [Theory]
    [InlineData("estimate o1 --input -5", "'-5'")]
    [InlineData("estimate o1 --input 1.5", "'1.5'")]
    [InlineData("estimate o1 --input 12X", "'12X'")]
    [InlineData("estimate o1 --at yesterday", "'yesterday'")]
    [InlineData("estimate o1 --meter Image", "'Image'")]
    [InlineData("estimate o1 --rates nowhere.json", "nowhere.json")]
    [InlineData("estimate o1 --format xml", "xml")]
    [InlineData("estimate", "estimate")]
    [InlineData("estimat o1", "estimat")]
    [InlineData("estimate o1 --wrong 1", "--wrong")]
    public void WrongUsage_IsNamed_AndWritesNothing(string arguments, string named)
    {
        CliResult result = CliRunner.Run(arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Output);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_Invalid_TellEveryFault()
    {
        string rates = _cli.Write("bad.json", """{ "Currency": "DOLLAR", "Models": { "m": { "PerMillionTokens": { "Input": -2 } } } }""");

        CliResult result = CliRunner.Run("estimate", "m", "--input", "1", "--rates", rates);

        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Output);
        Assert.Contains("Currency: 'DOLLAR'", result.Error, StringComparison.Ordinal);
        Assert.Contains("Input: '-2'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_Unpriced_FailsWithExitCode2()
    {
        CliResult result = CliRunner.Run("estimate", "acme-1", "--input", "1", "--strict");

        Assert.Equal(2, result.Code);
        Assert.Contains("No price for model 'acme-1'", result.Error, StringComparison.Ordinal);
    }
}
