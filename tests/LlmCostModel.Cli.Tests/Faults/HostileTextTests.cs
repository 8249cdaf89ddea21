using System.Xml.Linq;
using LlmCostModel.Cli.Output;
using LlmCostModel.Cli.Output.Charts;

namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>Text of others cannot do anything where it is shown (findings E5 to E8).</summary>
public sealed class HostileTextTests : IDisposable
{
    /// <summary>Escape (moves the cursor), BEL, a C1 control, bidi override, tag character, zero width, line separator.</summary>
    private const string Hostile = "evil\u001b[2J\u0007\u009b31m\u202e\U000E0041\u200b\u2028name";

    private const string Shown = @"evil\u001b[2J\u0007\u009b31m\u202e\udb40\udc41\u200b\u2028name";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>E6, in every format, of a model of a rate card and of a record, on both outputs.</summary>
    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    public void ControlCharacters_AreShown_AndNotSent(string format)
    {
        string id = System.Text.Json.JsonSerializer.Serialize(Hostile);
        string rates = _cli.Write("rates.json", $$"""{ "Currency": "USD", "Models": { {{id}}: { "PerMillionTokens": { "Input": 1 } } } }""");
        string log = _cli.Write("log.jsonl", $$"""
            { "id": {{id}}, "model": {{id}}, "at": "2025-01-27", "usage": { "input": 5 }, "tags": { "team": {{id}} } }
            { "id": {{id}}, "model": {{id}}, {{id}}: 1, "usage": { "input": 5 } }
            { "id": {{id}}, "model": "none\nrecord 7: all is well", "usage": { "input": 5 } }
            """);
        CliResult[] results =
        [
            CliRunner.Run("models", "evil", "--rates", rates, "--no-catalog", "--format", format),
            CliRunner.Run("show", Hostile, "--rates", rates, "--no-catalog", "--format", format),
            CliRunner.Run("estimate", Hostile, "--input", "5", "--no-catalog", "--format", format),
            CliRunner.Run("compare", Hostile, "o1", "--input", "5", "--rates", rates, "--format", format),
            CliRunner.Run("price", log, "--rates", rates, "--no-catalog", "--group-by", "model,tag:team", "--format", format),
            CliRunner.Run("price", log, "--each", "--no-catalog"),
            CliRunner.Run("catalog", "diff", rates, "builtin", "--usage", log, "--format", format),
            CliRunner.Run("estimate", "o1", "--input", "5", "--rates", Hostile),
            CliRunner.Run(Hostile),
        ];

        Assert.All(results, result => Assert.DoesNotContain(result.Output + result.Error, IsSent));
        Assert.Contains(results, result => result.Output.Contains(Shown, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(results, result => result.Error.Split('\n').Any(line => line.StartsWith("record 7:", StringComparison.Ordinal)));
    }

    /// <summary>JSON stays the same text: the escapes are those of JSON.</summary>
    [Fact]
    public void Json_OfHostileText_IsTheSameText()
    {
        CliResult result = CliRunner.Run("estimate", Hostile, "--input", "5", "--no-catalog", "--format", "json");

        Assert.Equal(Hostile, result.Json.GetProperty("model").GetString());
    }

    /// <summary>E5: what a spreadsheet would run is text there; numbers stay numbers.</summary>
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\tx", "'\tx")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("=1,\"2\"", "\"'=1,\"\"2\"\"\"")]
    [InlineData("o1", "o1")]
    public void Csv_OfAFormula_IsText(string value, string field) => Assert.Equal(field + "\n", CsvText.Write([[value]]));

    [Fact]
    public void Csv_OfALog_HasNoFormulas()
    {
        CliResult result = CliRunner.RunWith("""{ "model": "=cmd|' /C calc'!A0", "usage": { "input": 1 } }""", "price", "-", "--format", "csv");

        Assert.StartsWith("'=cmd|", result.Output.Split('\n')[1], StringComparison.Ordinal);
    }

    /// <summary>E6: an SVG is well-formed XML whatever the labels are.</summary>
    [Theory]
    [InlineData(Hostile)]
    [InlineData("\ud800 half \ufffe \uffff \0")]
    [InlineData("]]> <script>alert(1)</script> & \" '")]
    public void Svg_OfAnyLabel_IsWellFormed(string label)
    {
        BarChart bars = new()
        {
            Title = label,
            ValueName = label,
            Bars = [new ChartBar(label, 1, label) { Detail = label }],
            Footnotes = [label],
            Numbers = new ChartTable([label], [[label]]),
        };
        LineChart lines = new()
        {
            Title = label,
            YName = label,
            Steps = new NumberAxis([0, 1]) { Name = label },
            Lines = [new ChartLine(label, [1, 2])],
            Bands = [new ChartBand(label, [1, 2], [3, 4])],
            Limits = [new ChartLimit(label, 3)],
            Points = [new ChartPoint(label, 1, 2)],
            Footnotes = [label],
        };
        XDocument[] drawn = [XDocument.Parse(bars.ToSvg()), XDocument.Parse(lines.ToSvg())];

        Assert.DoesNotContain(drawn.SelectMany(svg => svg.Descendants()), element => element.Name.LocalName == "script");
        Assert.DoesNotContain("<script", ChartPage.Of(bars), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>E7: an id is an id, and no file is read for it.</summary>
    [Fact]
    public void AtSign_IsPartOfAnId_AndReadsNoFile()
    {
        string secret = _cli.Write("secret.txt", "s3cret");

        CliResult real = CliRunner.Run("estimate", "@cf/meta/llama-3-8b-instruct", "--input", "1");
        CliResult file = CliRunner.Run("estimate", "@" + secret, "--input", "1");

        Assert.Equal("@cf/meta/llama-3-8b-instruct", real.Json.GetProperty("model").GetString());
        Assert.Equal("@" + secret, file.Json.GetProperty("model").GetString());
        Assert.DoesNotContain("s3cret", file.Output + file.Error, StringComparison.Ordinal);
    }

    /// <summary>E8: a value of several lines is one line of a fault.</summary>
    [Fact]
    public void Fault_OfAValueOfSeveralLines_IsOneLine()
    {
        string rates = _cli.Write("rates.json", """{ "Currency": "US\nD: all is well", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }""");

        CliResult result = CliRunner.Run("estimate", "m", "--input", "1", "--rates", rates);

        Assert.Equal(2, result.Code);
        Assert.Contains(@"'US\u000aD: ALL IS WELL' is not an ISO 4217 currency code.", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Files with strange names can be read, and are named visibly.</summary>
    [Fact]
    public void FileName_OfControlCharacters_IsShown()
    {
        CliResult result = CliRunner.Run("price", _cli.PathOf("a\u001b[31mb.jsonl"));

        Assert.Contains(@"a\u001b[31mb.jsonl' does not exist.", result.Error, StringComparison.Ordinal);
    }

    private static bool IsSent(char sent) =>
        sent is not ('\n' or '\r' or '\t') && char.GetUnicodeCategory(sent) is System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator;
}
