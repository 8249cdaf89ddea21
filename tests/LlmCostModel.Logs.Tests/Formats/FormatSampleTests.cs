using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>A format takes its own records and no others.</summary>
public class FormatSampleTests
{
    public static TheoryData<string, string> Samples => FormatSamples.All;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_IsReadByItsFormatAlone(string format, string text)
    {
        foreach (LogFormat other in LogFormats.All.Where(other => other.Name != format && other != LogFormats.UsageRecords))
        {
            LogReaderOptions options = new();
            options.Formats.Clear();
            options.Formats.Add(other);

            Assert.DoesNotContain(TextLog.Read(text, options), record => record.Format == other.Name && record.Call is not null);
        }

        LogRecord[] records = TextLog.Read(text);

        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.Equal((format, null), (record.Format, record.Fault)));
        Assert.All(records, record => JsonDocument.Parse(record.Text).Dispose());
    }

    /// <summary>The same, chosen by name.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_IsReadByTheChosenFormat(string format, string text)
    {
        LogReader reader = LogReader.Of(LogFormats.Find(format)!);

        LogRecord[] chosen = [.. reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test")];

        Assert.Equal(TextLog.Read(text).Select(record => record.Call), chosen.Select(record => record.Call));
    }

    /// <summary>Instants are those of the log.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_HasItsOwnTimes(string format, string text) => Assert.All(
        TextLog.Read(text),
        record => Assert.True(record.Call!.At > new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), $"{format}: {record}"));
}
