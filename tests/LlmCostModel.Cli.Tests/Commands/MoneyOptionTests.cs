using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary><c>price --currency</c> and <c>--plan</c>: sums in one currency, and what is paid for already apart.</summary>
public sealed class MoneyOptionTests : IDisposable
{
    /// <summary>gpt-4o at 2.50 USD per million: 2.50 each, the later one first.</summary>
    private const string Log = """
        { "model": "gpt-4o", "at": "2026-06-20", "usage": { "input": 1000000 }, "tags": { "user": "bob" } }
        { "model": "gpt-4o", "at": "2026-06-10", "usage": { "input": 1000000 }, "tags": { "user": "ann" } }
        """;

    private readonly CliRunner _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("0.8", "4", "1 USD is 0.8 EUR on 2")]
    [InlineData("0.8@2026-06-01", "4", "1 USD is 0.8 EUR on 2026-06-01 (--exchange-rate)")]
    [InlineData("USD=0.8@2026-06-01", "4", "1 USD is 0.8 EUR on 2026-06-01 (--exchange-rate)")]
    public void Currency_ByARate_IsSaidWithItsDayAndSource(string rate, string total, string said)
    {
        CliResult json = CliRunner.RunWith(Log, "price", "-", "--currency", "eur", "--exchange-rate", rate);
        CliResult table = CliRunner.RunWith(Log, "price", "-", "--currency", "eur", "--exchange-rate", rate, "--format", "table");

        JsonElement sum = Assert.Single(json.Json.GetProperty("totals").EnumerateArray());
        Assert.Equal((0, total, "EUR"), (json.Code, sum.GetProperty("total").GetString(), sum.GetProperty("currency").GetString()));
        Assert.Contains($"rate: {said}", table.Output, StringComparison.Ordinal);
        Assert.Equal("0.8", Assert.Single(json.Json.GetProperty("exchangeRates").EnumerateArray()).GetProperty("rate").GetString());
    }

    /// <summary>2.50 / 1.25 on the 20th and 2.50 / 1 on the 10th, whose rate is that of the 5th.</summary>
    [Fact]
    public void Currency_ByAFile_HasTheRatesOfTheDays()
    {
        string file = _files.Write("ecb.csv", "Date,USD\n2026-06-19,1.25\n2026-06-05,1\n");

        CliResult result = CliRunner.RunWith(Log, "price", "-", "--currency", "EUR", "--exchange-rate", file);

        Assert.Equal("4.5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
        Assert.Equal(["2026-06-05", "2026-06-19"], result.Json.GetProperty("exchangeRates").EnumerateArray().Select(rate => rate.GetProperty("date").GetString()));
    }

    /// <summary>Without a rate for it an amount stays as it is, and that is said.</summary>
    [Fact]
    public void Currency_WithoutARateForAnAmount_SaysSo()
    {
        CliResult result = CliRunner.RunWith(Log, "price", "-", "--currency", "EUR", "--exchange-rate", "CNY=0.12");

        Assert.Equal((1, "USD"), (result.Code, result.Json.GetProperty("totals")[0].GetProperty("currency").GetString()));
        Assert.Contains("No exchange rate is known for 2 amounts: they are not in EUR. Add rates for their currencies and days.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No rates are built in.", "--currency", "EUR")]
    [InlineData("--exchange-rate is for --currency.", "--exchange-rate", "0.8")]
    [InlineData("'EURO' is not a currency.", "--currency", "EURO", "--exchange-rate", "0.8")]
    [InlineData("'0' is not a rate", "--currency", "EUR", "--exchange-rate", "0")]
    [InlineData("'1.6.' is not a day.", "--currency", "EUR", "--exchange-rate", "0.8@1.6.")]
    [InlineData("'0,86' is not a rate, and there is no file of this name. Write what 1 USD is in the currency, such as 0.86,", "--currency", "EUR", "--exchange-rate", "0,86")]
    [InlineData("'-1' is not a rate, and", "--currency", "EUR", "--exchange-rate=-1")]
    [InlineData("'abc' is not a rate, and", "--currency", "EUR", "--exchange-rate", "abc")]
    [InlineData("'CNY=x' is not a rate, and", "--currency", "EUR", "--exchange-rate", "CNY=x")]
    [InlineData("The file 'none.csv' does not exist.", "--currency", "EUR", "--exchange-rate", "none.csv")]
    [InlineData("--each writes every record, and --currency sums of them.", "--currency", "EUR", "--exchange-rate", "0.8", "--each")]
    public void Currency_ThatMeansNothing_IsRefused(string message, params string[] args)
    {
        CliResult result = CliRunner.RunWith(Log, ["price", "-", .. args]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    /// <summary>3 USD a month: the call of the 10th draws 2.50 and that of the 20th the other 0.50, whatever their order in the log. On the 20th
    /// 19 of 30 days had passed.</summary>
    [Fact]
    public void Plan_IsDrawnOnInTheOrderOfTime_AndSaysHowFast()
    {
        string file = _files.Write("plan.json", """{ "Pools": { "plan": { "Providers": [ "openai" ], "Amount": 3, "Currency": "USD", "Period": "month", "Fee": 20 } } }""");

        CliResult result = CliRunner.RunWith(Log, "price", "-", "--plan", file, "--group-by", "user");

        Assert.Equal(
            [("ann", "2.5", "0"), ("bob", "0.5", "2")],
            result.Json.GetProperty("groups").EnumerateArray().Select(group => (group.GetProperty("key").GetProperty("user").GetString()!, group.GetProperty("covered").GetString()!, group.GetProperty("paid").GetString()!)));
        JsonElement total = result.Json.GetProperty("totals")[0];
        Assert.Equal(("5", "3", "2", "20"), (Text(total, "total"), Text(total, "covered"), Text(total, "paid"), Text(total, "fees")));
        JsonElement pool = Assert.Single(result.Json.GetProperty("plan").EnumerateArray());
        Assert.Equal(
            ("plan", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z", "3", "3", "0", "1", "0.633333"),
            (Text(pool, "pool"), Text(pool, "from"), Text(pool, "until"), Text(pool, "drawn"), Text(pool, "amount"), Text(pool, "left"), Text(pool, "used"), Text(pool, "elapsed")));
    }

    [Fact]
    public void Plan_InAnotherCurrency_HasItsFeeConverted()
    {
        string file = _files.Write("plan.json", """{ "Pools": { "flat": { "Fee": 20, "Currency": "USD", "Period": "month" } } }""");

        JsonElement total = CliRunner.RunWith(Log, "price", "-", "--plan", file, "--currency", "EUR", "--exchange-rate", "0.8").Json.GetProperty("totals")[0];

        Assert.Equal(("4", "4", "0", "16"), (Text(total, "total"), Text(total, "covered"), Text(total, "paid"), Text(total, "fees")));
    }

    [Theory]
    [InlineData("{}", "names no pools")]
    [InlineData("""{ "Pools": { "p": { "Amount": 3 } } }""", "Currency")]
    public void Plan_ThatIsNone_IsRefused(string text, string message)
    {
        CliResult result = CliRunner.RunWith(Log, "price", "-", "--plan", _files.Write("plan.json", text));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement owner, string name) => owner.GetProperty(name).GetString();
}
