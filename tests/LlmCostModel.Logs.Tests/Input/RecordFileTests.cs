using System.Text;

namespace LlmCostModel.Logs.Tests.Input;

/// <summary>Logs are split into records, and what is too large is said.</summary>
public class RecordFileTests
{
    /// <summary>A line without an end is rejected, and the lines behind it are read.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_LongerThanTheBound_IsRejectedAlone(string end)
    {
        string text = $"{{\"a\":1}}{end}{new string('x', 100_000)}{end}{end}{{\"b\":2}}{end}{new string('y', 101)}";

        RecordText[] records = [.. RecordFile.Records(new MemoryStream(Encoding.UTF8.GetBytes(text)), mostCharacters: 100)];

        Assert.Equal(["{\"a\":1}", new string('x', 1_000), "{\"b\":2}", new string('y', 101)], records.Select(record => record.Text));
        Assert.Equal(
            [null, "The line is longer than 100 characters; longer ones are not read.", null, "The line is longer than 100 characters; longer ones are not read."],
            records.Select(record => record.Fault));
    }

    /// <summary>A log whose first line is broken is a log, however long it is; a document that is too long is told.</summary>
    [Fact]
    public void Document_LongerThanTheBound_IsALogOrAFault()
    {
        string broken = "{ cut\n" + string.Concat(Enumerable.Repeat("{\"a\":1}\n", 50));
        string document = "[\n" + string.Concat(Enumerable.Repeat("{\"a\":1},\n", 50)) + "{}]";

        Assert.Equal(51, RecordFile.Records(new MemoryStream(Encoding.UTF8.GetBytes(broken)), mostCharacters: 100).Count());
        Assert.Contains("more than 100 characters. Write one record a line.", Assert.Throws<LogFormatException>(
            () => RecordFile.Records(new MemoryStream(Encoding.UTF8.GetBytes(document)), mostCharacters: 100).Count()).Message, StringComparison.Ordinal);
    }
}
