using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Tests.Output;

/// <summary>A table in a narrow terminal: nothing that is read as a whole is ever broken over two lines.</summary>
public sealed class TableTextTests
{
    private static readonly string[] Columns = ["model", "provider?", "priced>?", "partial>=", "status=", "USD>", "note~", "|"];

    private static readonly string?[][] Rows =
    [
        ["a-model-with-a-long-name-20260101-v1:0", "somebody", "3", "0", "partial", "16,635,000.00", "one two three four five six seven", new string('█', 24)],
        ["b", "else", "4", "0", "priced", "562,100.00", "", "█"],
    ];

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    [InlineData(200)]
    public void Write_AnyWidth_BreaksNoIdAndNoNumber(int width)
    {
        string table = Write(width);

        Assert.Contains("a-model-with-a-long-name-20260101-v1:0", table, StringComparison.Ordinal);
        Assert.Contains("16,635,000.00", table, StringComparison.Ordinal);
        Assert.All(table.Split('\n'), line => Assert.True(line.Length <= Math.Max(width, 73), line)); // an id of 20, 7 + 13 + 20, three for each of these, and one
    }

    /// <summary>Two spaces and a line for each column, and one more: 38 + 8 + 6 + 7 + 7 + 13 + 20 = 99, 7 x 3 + 1 = 22, so 121 without the
    /// bar, which needs 3 + 8 to be drawn. The status, which differs, is never left out.</summary>
    [Theory]
    [InlineData(148, "model provider priced partial status USD note", 24)]
    [InlineData(134, "model provider priced partial status USD note", 10)]
    [InlineData(131, "model provider priced partial status USD note", 0)]
    [InlineData(121, "model provider priced partial status USD note", 0)]
    [InlineData(120, "model provider priced status USD note", 0, "In every row: partial 0.")]
    [InlineData(110, "model provider status USD note", 0, "In every row: partial 0. No room for: priced.")]
    [InlineData(101, "model status USD note", 0, "In every row: partial 0. No room for: provider, priced.")]
    [InlineData(91, "model status USD note", 0, "In every row: partial 0. No room for: provider, priced.")]
    [InlineData(85, "model status USD note", 0, "In every row: partial 0. No room for: provider, priced. a-model-with-a-l…e-20260101-v1:0 is a-model-with-a-long-name-20260101-v1:0")]
    public void Write_LessRoom_ShortensTheBar_ThenLeavesOutWhatIsTheSame_ThenFromTheRight_AndSaysSo(int width, string columns, int bar, string said = "")
    {
        string[] lines = Write(width).Split('\n');

        Assert.Equal(columns.Split(' '), lines[1].Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(bar, lines[3].Count(letter => letter == '█'));
        Assert.Equal(said, string.Join(' ', lines.SkipWhile(line => !line.StartsWith('╰')).Skip(1)).Trim());
        Assert.Equal(bar == 0 ? 0 : 1, lines.Single(line => line.StartsWith("│ b ", StringComparison.Ordinal)).Count(letter => letter == '█'));
    }

    /// <summary>Where nothing else goes, columns that go last do, and then ids have their room again.</summary>
    /// <remarks>With an id of 20, 20 + 13 + 13 + 9 and 13 are 68; without the last column 56, and 60 leave 24 for the id. Without the last two
    /// 40, and 60 would leave it whole.</remarks>
    [Theory]
    [InlineData(68, "model USD input output", "a-model-wi…0101-v1:0")]
    [InlineData(60, "model USD input", "a-model-with…260101-v1:0")]
    [InlineData(45, "model USD", "a-model-with…0260101-v1:0")]
    public void Write_TooNarrowForIds_LeavesOutWhatGoesLast(int width, string titles, string id)
    {
        string[] rows = WriteWith(width, isAscii: false, ["model", "USD>", "input>*", "output>*"], [["a-model-with-a-long-name-20260101-v1:0", "16,635,000.00", "1,234,567,890", "1,234,567"]]).Split('\n');

        Assert.Equal(titles.Split(' '), rows[1].Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"│ {id} │", rows[3], StringComparison.Ordinal);
    }

    /// <summary>A terminal that draws no boxes: nothing but ASCII.</summary>
    [Fact]
    public void Write_Ascii_HasNothingElse()
    {
        string table = WriteWith(85, isAscii: true, Columns, Rows);

        Assert.All(table, letter => Assert.True(char.IsAscii(letter), table));
        Assert.Contains("+--", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "LANG=en_US.UTF-8")]
    [InlineData(false, "")]
    [InlineData(false, "LANG=C.utf8")]
    [InlineData(true, "LANG=C")]
    [InlineData(true, "LANG=de_DE.ISO-8859-1")]
    [InlineData(true, "LANG=en_US.UTF-8 LC_ALL=C")]
    [InlineData(false, "LANG=C LC_CTYPE=C.UTF-8")]
    [InlineData(true, "LANG=en_US.UTF-8 TERM=dumb")]
    public void Boxes_AreDrawn_WhereTheLocaleHasThem(bool isAscii, string variables) => Assert.Equal(
        isAscii && (variables.Contains("TERM", StringComparison.Ordinal) || !OperatingSystem.IsWindows()),
        Program.IsAscii(name => variables.Split(' ').Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)).Select(pair => pair[(name.Length + 1)..]).FirstOrDefault()));

    /// <summary>Sentences break between words and keep their indentation; tables and long words stay.</summary>
    [Theory]
    [InlineData("one two three", "one two\nthree")]
    [InlineData("  one two three", "  one two\n  three")]
    [InlineData("│ one two three │", "│ one two three │")]
    [InlineData("https://example.org/a", "https://example.org/a")]
    [InlineData("see https://example.org/a now\nshort", "see\nhttps://example.org/a\nnow\nshort")]
    public void Sentences_BreakBetweenWords(string text, string expected) => Assert.Equal(expected, WordWrap.Of(text, 10));

    /// <summary>A heading that is wider than its table stands above it, and is not broken to its width.</summary>
    [Fact]
    public void Heading_OfANarrowTable_IsWhole() => Assert.StartsWith(
        "a heading that is wider than the table\n╭",
        TableText.Write(new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null, Width = 80 }, "a heading that is wider than the table", ["a"], [["b"]]),
        StringComparison.Ordinal);

    [Fact]
    public void Write_NoRows_IsTheHeadAlone() => Assert.Equal(3, Write(20, []).TrimEnd().Split('\n').Length); // the titles between two lines

    private static string Write(int width, string?[][]? rows = null) => WriteWith(width, isAscii: false, Columns, rows ?? Rows);

    private static string WriteWith(int width, bool isAscii, string[] columns, string?[][] rows)
    {
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null, Width = width, IsAscii = isAscii };
        return TableText.Write(host, null, columns, rows);
    }
}
