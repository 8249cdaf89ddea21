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
        Assert.All(table.Split('\n'), line => Assert.True(line.Length <= Math.Max(width, 91), line)); // 38 + 7 + 13 + 20, three for each of these, and one
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
    [InlineData(20, "model status USD note", 0, "In every row: partial 0. No room for: provider, priced.")]
    public void Write_LessRoom_ShortensTheBar_ThenLeavesOutWhatIsTheSame_ThenFromTheRight_AndSaysSo(int width, string columns, int bar, string said = "")
    {
        string[] lines = Write(width).Split('\n');

        Assert.Equal(columns.Split(' '), lines[1].Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(bar, lines[3].Count(letter => letter == '█'));
        Assert.Equal(said, string.Join(' ', lines.SkipWhile(line => !line.StartsWith('╰')).Skip(1)).Trim());
        Assert.Equal(bar == 0 ? 0 : 1, lines.Single(line => line.StartsWith("│ b ", StringComparison.Ordinal)).Count(letter => letter == '█'));
    }

    [Fact]
    public void Write_NoRows_IsTheHeadAlone() => Assert.Equal(3, Write(20, []).TrimEnd().Split('\n').Length); // the titles between two lines

    private static string Write(int width, string?[][]? rows = null)
    {
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null, Width = width };
        return TableText.Write(host, null, Columns, rows ?? Rows);
    }
}
