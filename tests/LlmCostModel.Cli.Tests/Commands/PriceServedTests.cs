using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary><c>price</c>: what was served wins over what was asked, and what the middleware keeps the command line keeps.</summary>
public sealed class PriceServedTests
{
    private const string Rates = """
        { "openai": { "Provider": "openai", "Currency": "USD", "Models": {
            "gpt-served": { "PerMillionTokens": { "Input": 2, "Output": 10 }, "Rules": [
              { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5 },
              { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 2 } ] },
            "advisor": { "PerMillionTokens": { "Input": 5, "Output": 25 } } } },
          "yuan": { "Currency": "CNY", "Models": { "advisor-cn": { "PerMillionTokens": { "Input": 2, "Output": 8 } } } } }
        """;

    [Fact]
    public void Each_TierAskedForOnTheCommandLine_CountsOnlyWhereTheResponseIsSilent()
    {
        using CliRunner runner = new();
        string log = string.Join('\n', Chat("\"service_tier\":\"flex\","), Chat("\"service_tier\":\"priority\","), Chat("\"service_tier\":\"default\","), Chat(""));

        CliResult result = CliRunner.RunWith(log, "price", "-", "--each", "--tier", "priority", "--rates", runner.Write("rates.json", Rates), "--no-catalog");

        // 1,000 x 2 + 100 x 10 = 3,000 millionths; half, twice, once, and as asked
        Assert.Equal(["0.0015", "0.006", "0.003", "0.006"], Rows(result).Select(row => row.GetProperty("total").GetString()));
    }

    [Theory]
    [InlineData("""{ "contract": { "Provider": "openai", "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1 } } } } }""", "1")]
    [InlineData("""{ "contract": { "Provider": "openai", "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1 } }, "gpt-4o-2024-08-06": { "PerMillionTokens": { "Input": 3 } } } } }""", "3")]
    public void Estimate_SnapshotOfAModelOfTheUsers_HasTheUsersPriceUnlessListed(string rates, string total)
    {
        using CliRunner runner = new();
        string file = runner.Write("rates.json", rates);

        JsonElement receipt = JsonDocument.Parse(CliRunner.Run("estimate", "gpt-4o-2024-08-06", "--input", "1M", "--rates", file).Output).RootElement;
        CliResult each = CliRunner.RunWith("""{ "model": "gpt-4o-2024-08-06", "usage": { "input": 1000000 } }""", "price", "-", "--each", "--rates", file);

        Assert.Equal((total, total), (receipt.GetProperty("total").GetString(), Assert.Single(Rows(each)).GetProperty("total").GetString()));
        Assert.Equal("contract", receipt.GetProperty("lines")[0].GetProperty("card").GetString());
        Assert.Equal(total == "1" ? 1 : 0, receipt.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public void Each_MainModelWithoutPrice_KeepsWhatTheAdvisorCost()
    {
        using CliRunner runner = new();

        CliResult result = CliRunner.RunWith(Advised("nobody-knows", "advisor"), "price", "-", "--each", "--rates", runner.Write("rates.json", Rates), "--no-catalog");

        // 2,000 x 5 + 40 x 25 = 11,000 millionths
        JsonElement row = Assert.Single(Rows(result));
        Assert.Equal((1, "partial", "0.011"), (result.Code, row.GetProperty("status").GetString(), row.GetProperty("total").GetString()));
        Assert.Equal(
            """[{"role":"advisor","model":"advisor","status":"priced","currency":"USD","total":"0.011","usage":{"input":2000,"output":40},"meters":{}}]""",
            row.GetProperty("nested").GetRawText());
    }

    [Fact]
    public void Price_TwoCurrenciesInOneRecord_AreTwoGroupsAndEndNothing()
    {
        using CliRunner runner = new();
        string log = Advised("gpt-served", "advisor-cn") + "\n" + Chat("");

        CliResult result = CliRunner.RunWith(log, "price", "-", "--rates", runner.Write("rates.json", Rates), "--no-catalog");

        // Dollars: 2 x (1,000 x 2 + 100 x 10) = 6,000 millionths; yuan: 2,000 x 2 + 40 x 8 = 4,320
        Assert.Equal(0, result.Code);
        Assert.Equal(
            [("CNY", "0.00432"), ("USD", "0.006")],
            result.Json.GetProperty("totals").EnumerateArray().Select(total => (total.GetProperty("currency").GetString(), total.GetProperty("total").GetString())));
        Assert.Equal(2, result.Json.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("requests").GetInt32()));
    }

    [Fact]
    public void Each_TwoCurrenciesInOneRecord_AreBothThere()
    {
        using CliRunner runner = new();

        CliResult result = CliRunner.RunWith(Advised("gpt-served", "advisor-cn"), "price", "-", "--each", "--rates", runner.Write("rates.json", Rates), "--no-catalog");

        JsonElement row = Assert.Single(Rows(result));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("total").ValueKind);
        Assert.Equal("""[{"currency":"CNY","total":"0.00432"},{"currency":"USD","total":"0.003"}]""", row.GetProperty("totals").GetRawText());
    }

    [Theory]
    [InlineData("""{"model":"gpt-served","usage":{}}""")]
    [InlineData("""{"type":"message","model":"gpt-served","usage":{}}""")]
    public void Each_UsageWithoutCounts_IsNotFree(string record)
    {
        using CliRunner runner = new();

        CliResult result = CliRunner.RunWith(record, "price", "-", "--each", "--rates", runner.Write("rates.json", Rates), "--no-catalog");

        Assert.Equal((1, "rejected"), (result.Code, Assert.Single(Rows(result)).GetProperty("status").GetString()));
    }

    [Fact]
    public void Each_RecordThatStatesTheStandardTier_WasNoBatch()
    {
        using CliRunner runner = new();

        CliResult result = CliRunner.RunWith(
            """{"model":"gpt-served","tier":"standard","usage":{"input":1000,"output":100}}""",
            "price", "-", "--each", "--tier", "batch", "--rates", runner.Write("rates.json", Rates), "--no-catalog");

        Assert.Equal("0.003", Assert.Single(Rows(result)).GetProperty("total").GetString());
    }

    /// <summary>The public report: https://github.com/promptfoo/promptfoo/issues/10149 and its like.</summary>
    [SharedDataTheory]
    [InlineData("openai.jsonl", "--tier", "priority", "0.002", "0.008", "0.004")]
    [InlineData("anthropic.json", "--tier", "fast", "0.0075")]
    [InlineData("anthropic.json", "--region", "us", "0.0075")]
    public void Each_FieldCase56_IsRight(string file, string option, string value, params string[] totals)
    {
        string path = SharedData.PathOf(Path.Combine("field-cases", "56-served-default-loses-to-asked-priority", file));

        Assert.Equal(totals, Rows(CliRunner.Run("price", path, "--each", option, value, "--at", "2026-11-25")).Select(row => row.GetProperty("total").GetString()));
    }

    private static string Chat(string tier) =>
        $$$"""{"object":"chat.completion","model":"gpt-served",{{{tier}}}"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

    private static string Advised(string model, string advisor) =>
        $$$"""{"type":"message","model":"{{{model}}}","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"advisor_message","model":"{{{advisor}}}","input_tokens":2000,"output_tokens":40}]}}""";

    private static JsonElement[] Rows(CliResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
