using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>What people stumble over: columns that come and go, reasons that are not told, numbers that there is no half of.</summary>
public sealed class SlipTests : IDisposable
{
    private const string Good = """{ "id": "g", "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000, "cacheRead": 5 } }""";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>The header is the same with groups and without. 1,000,000 x 2.5 + 5 x 1.25 millionths.</summary>
    [Theory]
    [InlineData("model", "model")]
    [InlineData("tag:team,day", "tag:team,day")]
    public void PriceCsv_HasOneHeader(string groupBy, string keys)
    {
        string header = keys + ",requests,priced,partial,unpriced,currency,total,"
            + string.Join(',', TokenBuckets.All.Select(row => row.JsonName))
            + ",share,cacheHitRate,cacheSaved,reported,drift,covered,paid,reasons,reason\n";

        Assert.Equal(header, CliRunner.RunWith("""{"x":1}""", "price", "-", "--format", "csv", "--group-by", groupBy).Output);
        Assert.StartsWith(header, CliRunner.RunWith(Good, "price", "-", "--format", "csv", "--group-by", groupBy).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PriceCsv_HasTokensAndReasons()
    {
        string[] rows = CliRunner.RunWith(Good + "\n" + Good.Replace("gpt-4o", "acme", StringComparison.Ordinal), "price", "-", "--format", "csv").Output.TrimEnd().Split('\n');
        string[] header = rows[0].Split(',');
        string Cell(int row, string column) => rows[row].Split(',')[Array.IndexOf(header, column)];

        Assert.Equal(("acme", "1000000", "5", "1"), (Cell(1, "model"), Cell(1, "input"), Cell(1, "cacheRead"), Cell(1, "reasons")));
        Assert.EndsWith("No price for model 'acme'. Add it to a file of --rates, or price the id of a model that is known.\"", rows[1], StringComparison.Ordinal);
        Assert.Equal(("gpt-4o", "2.50000625", "0", "0"), (Cell(2, "model"), Cell(2, "total"), Cell(2, "output"), Cell(2, "reasons")));
    }

    [Theory]
    [InlineData("estimate", "acme", "--input", "5")]
    [InlineData("compare", "acme", "gpt-4o", "--input", "5")]
    [InlineData("show", "acme")]
    public void Csv_WithoutAPrice_SaysWhy(params string[] args)
    {
        CliResult result = CliRunner.Run([.. args, "--format", "csv"]);

        Assert.Equal(1, result.Code);
        Assert.Contains("No price for model 'acme'. Add it to a file of --rates", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("table")]
    public void Each_InAnotherFormat_IsRefused(string format)
    {
        CliResult result = CliRunner.RunWith(Good, "price", "-", "--each", "--format", format);

        Assert.Equal((2, "", "--each writes lines of JSON and nothing else. Leave --format out."), (result.Code, result.Output, result.Error.Split('\n')[0]));
        Assert.Equal(0, CliRunner.RunWith(Good, "price", "-", "--each", "--format", "json").Code);
    }

    /// <summary>500 records with a fault each do not flood the screen: ten are told, and how many more there are. The file has all.</summary>
    [Fact]
    public void Rejects_OfOneKind_AreToldOnce()
    {
        string log = _cli.Write("log.jsonl", string.Join('\n', Enumerable.Range(1, 500).Select(i => $$"""{ "id": "r{{i}}", "model": "gpt-4o", "usage": { "input": -{{i}} } }""")));

        string[] told = CliRunner.Run("price", log).Error.TrimEnd().Split('\n');

        Assert.Equal(11, told.Length);
        Assert.EndsWith("(id r10): usage.input is -10, not a whole number of tokens, 0 or more.", told[9], StringComparison.Ordinal);
        Assert.StartsWith($"and 490 more like the one of {log}", told[10], StringComparison.Ordinal);
        Assert.EndsWith(" (--rejects FILE writes all)", told[10], StringComparison.Ordinal);

        CliResult kept = CliRunner.Run("price", log, "--rejects", _cli.PathOf("rejects.jsonl"));
        Assert.DoesNotContain("--rejects FILE", kept.Error, StringComparison.Ordinal);
        Assert.Equal(500, File.ReadAllLines(_cli.PathOf("rejects.jsonl")).Length);
    }

    /// <summary>Records of as many kinds as there are records are counted, too.</summary>
    [Fact]
    public void Rejects_OfManyKinds_AreCounted()
    {
        string names = string.Join('\n', Enumerable.Range(0, 60).Select(i => $$"""{ "model": "gpt-4o", "usage": { "{{Word(i)}}": 1 } }"""));

        string[] told = CliRunner.RunWith(names, "price", "-", "--api", "usage").Error.TrimEnd().Split('\n');

        Assert.Equal((21, "and 40 more of other kinds (--rejects FILE writes all)"), (told.Length, told[^1]));
    }

    /// <summary>Of several files, each record is told with its file.</summary>
    [Fact]
    public void Rejects_OfSeveralFiles_NameTheirs()
    {
        string first = _cli.Write("a.jsonl", Good + "\n\n{\"broken\":");
        string second = _cli.Write("b.jsonl", """{ "id": "b1", "model": "gpt-4o", "usage": { "input": -1 } }""");

        CliResult result = CliRunner.Run("price", first, second, "--each", "--rejects", _cli.PathOf("r.jsonl"));

        string[] files = [.. File.ReadAllLines(_cli.PathOf("r.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()!)];
        Assert.Equal([first, second], files);
        Assert.Equal([first, first, second], result.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()!));
        Assert.All(CliRunner.Run("price", first, second).Error.TrimEnd().Split('\n').Zip(files), told => Assert.StartsWith(told.Second + ":", told.First, StringComparison.Ordinal));
    }

    /// <summary>1.15 / 0.9 requests are 2; a share over 1 is more than there is; with a read each 0.1, eleven pings cost 1.1 of 1.15.</summary>
    [Theory]
    [InlineData("  2 requests\n", "cache --write 1.25 --read 0.1")]
    [InlineData("  equal at 1.277778 requests; cheaper above: cached\n", "cache --write 1.25 --read 0.1")]
    [InlineData("  at most 11 pings\n", "keep-alive --write 1.25 --read 0.1")]
    [InlineData("  never\n", "self-host --hourly 200 --api-hourly 100")]
    [InlineData("  never cheaper: own machines (equal only at 200% of the hour)\n", "self-host --hourly 200 --api-hourly 100")]
    [InlineData("  50%: share of the hour\n", "self-host --hourly 50 --api-hourly 100")]
    [InlineData("  1.111111 reads per write\n", "cache-reads --write 2 --read 0.1")]
    [InlineData("  always cheaper: the second\n", "lines --unit1 2 --fixed1 5 --fixed2 1 --unit2 2")]
    public void BreakEven_ForPeople_IsWhole(string line, string arguments) => Assert.Contains(
        line, CliRunner.Run(["breakeven", .. arguments.Split(' '), "--format", "table"]).Output, StringComparison.Ordinal);

    /// <summary>Prices of two currencies have no order.</summary>
    [Fact]
    public void Compare_InSeveralCurrencies_IsRefusedInWords()
    {
        string rates = _cli.Write("r.json", """{ "Currency": "EUR", "Models": { "euro-1": { "PerMillionTokens": { "Input": 1 } } } }""");

        CliResult result = CliRunner.Run("compare", "gpt-4o", "euro-1", "--input", "5", "--rates", rates);

        Assert.Equal((2, "Cannot rank prices in several currencies (USD, EUR). Compare the models of one currency."), (result.Code, result.Error.TrimEnd()));
    }

    [Fact]
    public void Models_OfNoSuchName_SayThat() => Assert.Equal(
        "No model, alias or provider has 'nothing of this name' in it.\n", CliRunner.Run("models", "nothing of this name").Error.ReplaceLineEndings("\n"));

    /// <summary>A table that is not JSON is not repeated in the message.</summary>
    [Fact]
    public void Import_OfSomethingElse_DoesNotRepeatIt()
    {
        string table = _cli.Write("oct.csv", string.Concat(Enumerable.Range(0, 3_000).Select(i => $"{i},model-{i}\n")));

        CliResult result = CliRunner.Run("catalog", "import", "litellm", table, "-o", _cli.PathOf("x.json"));

        Assert.Equal(2, result.Code);
        Assert.InRange(result.Error.Length, 10, 500);
    }

    private static string Word(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));
}
