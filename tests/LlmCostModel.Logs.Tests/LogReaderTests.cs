using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs.Tests;

/// <summary>Records of any kind are read out of one log, each by the format that knows it.</summary>
public class LogReaderTests
{
    private const string Usage = """{"id":"u","model":"gpt-4o","usage":{"input":10}}""";
    private const string Response = """{"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";

    [Fact]
    public void Log_OfSeveralKinds_IsReadByTheFormatOfEachRecord()
    {
        LogRecord[] records = Read(new(), Usage, """{"type":"summary","leafUuid":"x","summary":"words"}""", Response, "{ broken", "[" + Usage + "," + Response + "]");

        Assert.Equal(["usage", "response", null, "usage", "response"], records.Select(record => record.Format));
        Assert.Equal([1, 2, 3, 4, 5], records.Select(record => record.Number));
        Assert.All(records, record => Assert.Equal("test.jsonl", record.Log));
        Assert.StartsWith("The record is not valid JSON", records[2].Fault, StringComparison.Ordinal);
        Assert.Equal("record 3: " + records[2].Fault, records[2].ToString());
    }

    [Fact]
    public void Options_FillWhatARecordDoesNotSay()
    {
        LogReaderOptions options = new() { Model = "gpt-4o-mini", Asked = new CallContext { Provider = "azure", Tier = "priority" } };

        LogRecord[] records = Read(new(options), Response, """{"model":"gpt-4o","provider":"openai","usage":{"input":10}}""");

        Assert.Equal("gpt-4o-mini", records[0].Call!.RequestedModel);
        Assert.Equal(("azure", "priority"), (records[0].Call!.Context.Provider, records[0].Call!.Context.Tier));
        Assert.Equal("openai", records[1].Call!.Context.Provider);
    }

    [Fact]
    public void ReaderOfOneFormat_RejectsOthersByName()
    {
        LogRecord record = Assert.Single(Read(LogReader.Of(LogFormats.Find("CODEX")!), Response));

        Assert.Equal(("The record is not one of sessions of Codex.", "chatcmpl-1"), (record.Fault, record.Id));
        Assert.Null(LogFormats.Find("none"));
    }

    /// <summary>A format of one's own comes before those of the library, and says by itself whose calls they are.</summary>
    [Fact]
    public void FormatOfOnesOwn_IsAsked()
    {
        LogReaderOptions options = new();
        options.Formats.Insert(0, new Houses());
        LogReader reader = new(options);

        LogRecord[] records = Read(reader, """{"house":"green","spent":7}""", Usage, """{"house":"red"}""");

        Assert.Equal(["houses", "usage", "houses", "houses"], records.Select(record => record.Format));
        Assert.Equal((7, "green"), (records[0].Call!.Reading.Usage!.Value.Input, records[0].Tags["house"]));
        Assert.Equal("'spent' is missing.", records[2].Fault);
        Assert.Equal(2, records[3].Call!.Reading.Usage!.Value.Output);
    }

    /// <summary>What a format keeps of one log does not reach the next.</summary>
    [Fact]
    public void NextLog_IsReadAnew()
    {
        LogReader reader = LogReader.Of(new Houses());

        Assert.Equal(1, Read(reader, """{"house":"green","spent":7}""")[^1].Call!.Reading.Usage!.Value.Output);
        LogRecord[] second = Read(reader, """{"house":"green","spent":7}""");

        Assert.Equal(1, second[^1].Call!.Reading.Usage!.Value.Output);
        Assert.Equal(4, second[^1].Number);
    }

    [Fact]
    public void NamesOfFormats_AreUnique_AndDescribed()
    {
        Assert.Equal(LogFormats.All.Length, LogFormats.All.Select(format => format.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(LogFormats.All, format => Assert.Same(format, LogFormats.Find(format.Name)));
        Assert.All(LogFormats.All, format => Assert.NotEmpty(format.Description));
    }

    private static LogRecord[] Read(LogReader reader, params string[] lines) =>
        [.. reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "test.jsonl")];

    private sealed class Houses : LogFormat
    {
        public override string Name => "houses";

        public override string Description => "spending of houses";

        public override LogFormatReader Open() => new Reader();

        private sealed class Reader : LogFormatReader
        {
            private int _records;

            public override IEnumerable<LogEntry>? Read(JsonElement record)
            {
                if (!record.TryGetProperty("house", out JsonElement house))
                {
                    return null;
                }

                _records++;
                return record.TryGetProperty("spent", out JsonElement spent)
                    ? [Spent(spent.GetInt64(), house.GetString()!)]
                    : [LogEntry.Unreadable("'spent' is missing.")];
            }

            private static LogEntry Spent(long tokens, string house) =>
                LogEntry.Of(ModelCall.FromUsage("m", new TokenUsage { Input = tokens }), [new("house", house)]);

            public override IEnumerable<LogEntry> Finish() => [LogEntry.Of(ModelCall.FromUsage("m", new TokenUsage { Output = _records }))];
        }
    }
}
