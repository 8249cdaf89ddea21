using System.Text;

namespace LlmCostModel.Logs.Tests.Input;

/// <summary>Every record says on which line of its log it begins; lines are counted by hand.</summary>
public class RecordLineTests
{
    private const string Usage = """{"model":"gpt-4o","usage":{"input":10}}""";

    public static TheoryData<string, string, long[]> Logs => new()
    {
        { "lines, blank ones and a broken one", $"\n{Usage}\r\n\r\n{{ broken\n{Usage}\r{Usage}", [2, 4, 5, 6] },
        { "lists on lines", $"[{Usage},{Usage}]\n{Usage}", [1, 1, 2] },
        { "a document over lines", $"\n[\n  {Usage},\n  {{\n \"model\":\"gpt-4o\",\r\n\"usage\":{{}} }}\r, {Usage} ]\n", [3, 4, 7] },
        { "an object over lines", "{\n\"model\":\"gpt-4o\",\n\"usage\":{\"input\":1}\n}\n", [1] },
        { "a table", "\nmodel,input,note\ngpt-4o,1,\"a\nb\"\n\ngpt-4o,2,c\ngpt-4o,2\n", [3, 6, 7] },
        { "a table that nobody knows", "name,size\na,1\nb,2\n", [2] },
        { "spans over lines", "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[\n{\"spanId\":\"a\"}]}]}]}", [1] },
        { "events", "\r\n: note\r\n\r\n" + Events("a") + Events("b") + "data: {", [4, 11] },
        { "a session that is read at its end", Gemini, [2, 3] },
    };

    private const string Gemini = """
        {"sessionId":"s","projectHash":"p","messages":[]}
        {"id":"1","timestamp":"2026-01-01T00:00:00Z","type":"gemini","model":"gemini-2.5-pro","tokens":{"input":1,"output":2,"total":3}}
        {"id":"2","timestamp":"2026-01-01T00:00:01Z","type":"gemini","model":"gemini-2.5-pro","tokens":{"input":1,"output":2,"total":3}}
        """;

    [Theory]
    [MemberData(nameof(Logs))]
    public void Record_OfAnyKind_HasTheLineOnWhichItBegins(string kind, string log, long[] lines)
    {
        LogRecord[] records = TextLog.Read(log);

        Assert.True(lines.SequenceEqual(records.Select(record => record.Line ?? 0)), $"{kind}: {string.Join(", ", records.Select(record => record.Line))}");
    }

    /// <summary>Inner records of a document, too: the lines of a batch that stand in it, and runs of a page.</summary>
    [Fact]
    public void RecordWithinADocument_HasItsOwnLine()
    {
        const string Page = """
            {"data":[
              {"id":"1","traceId":"t","type":"GENERATION","model":"gpt-4o","startTime":"2026-01-01T00:00:00Z","usageDetails":{"input":1}},

              {"id":"2","traceId":"t","type":"GENERATION","model":"gpt-4o","startTime":"2026-01-01T00:00:00Z","usageDetails":{"input":1}}
            ]}
            """;

        Assert.Equal([2, 4], TextLog.Read(Page).Select(record => record.Line));
    }

    /// <summary>The text of a record is kept unless it is said not to be; that of a rejected one always.</summary>
    [Fact]
    public void Text_IsKeptAsAsked()
    {
        byte[] log = Encoding.UTF8.GetBytes($"{Usage}\n{{ broken\n[ {Usage}]");

        Assert.Equal([Usage, "{ broken", Usage], Texts(new()));
        Assert.Equal(["", "{ broken", ""], Texts(new() { KeepText = false }));

        IEnumerable<string> Texts(LogReaderOptions options) => new LogReader(options).Read(new MemoryStream(log), "log").Select(record => record.Text);
    }

    /// <summary>Seven lines.</summary>
    private static string Events(string id) =>
        $$$$"""
        event: message_start
        data: {"type":"message_start","message":{"id":"{{{{id}}}}","model":"claude-sonnet-4-5","usage":{"input_tokens":1,"output_tokens":1}}}

        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}

        data: {"type":"message_stop"}


        """;
}
