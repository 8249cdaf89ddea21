using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs.Tests.Input;

/// <summary>Logs are split into records of a bounded size, each with its line.</summary>
public class RecordSplitterTests
{
    /// <summary>Small bounds, so that short logs are long.</summary>
    private static readonly InputLimits Small = new() { MostBytes = 6_000, LongAt = 100, DocumentAt = 400, LongestText = 2_000 };

    private static readonly InputLimits Tiny = new() { MostBytes = 100, LongAt = 100, DocumentAt = 100, LongestText = 2_000 };

    /// <summary>A line without an end is rejected, and the lines behind it are read.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_LongerThanTheBound_IsRejectedAlone(string end)
    {
        string text = $"{{\"a\":1}}{end}{new string('x', 100_000)}{end}{end}{{\"b\":2}}{end}{new string('y', 101)}";

        (string Text, long Line, string? Fault)[] records = Split(text, Tiny);

        Assert.Equal(["{\"a\":1}", new string('x', 1_000), "{\"b\":2}", new string('y', 101)], records.Select(record => record.Text));
        Assert.Equal([1, 2, 4, 5], records.Select(record => record.Line));
        const string Fault = "The line is longer than 100 bytes; longer ones are not read.";
        Assert.Equal([null, Fault, null, Fault], records.Select(record => record.Fault));
    }

    /// <summary>A log whose first line is broken is a log, however long it is; an object that is too long is told.</summary>
    [Fact]
    public void Document_LongerThanTheBound_IsALogOrAFault()
    {
        string broken = "{ cut\n" + string.Concat(Enumerable.Repeat("{\"a\":1}\n", 50));
        string document = "{\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"\"a{i}\":1,\n")) + "\"z\":1}";

        Assert.Equal(Enumerable.Range(1, 51).Select(line => (long)line), Split(broken, Tiny).Select(record => record.Line));
        Assert.Equal(
            "The input is one JSON document of more than 100 bytes. Write one record a line.",
            Assert.Throws<LogFormatException>(() => Split(document, Tiny)).Message);
    }

    /// <summary>How a log is cut into pieces by what it is read from makes no difference.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void Log_InPieces_IsSplitAlike(int piece)
    {
        const string Text = "\uFEFF\r\n\u00A0\r\n{\"a\":1}\r{\"b\":\"ü\"}\r\n\r\n \t{\"c\":3}\n\0\n{\"d\":4}";

        RecordSplitter splitter = new(new Trickle(Encoding.UTF8.GetBytes(Text), piece));

        Assert.Equal(
            [("{\"a\":1}", 3L, null), ("{\"b\":\"ü\"}", 4, null), (" \t{\"c\":3}", 6, null), ("\0", 7, null), ("{\"d\":4}", 8, null)],
            ReadAll(splitter));
    }

    /// <summary>A list is its elements, on one line or on many, where it is long; otherwise it is one document.</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData("\n", 2)]
    [InlineData("\r\n", 2)]
    public void List_ThatIsLong_IsReadByElement(string between, long second)
    {
        string[] elements = [.. Enumerable.Range(0, 90).Select(i => $"{{\"i\":{i},\"s\":\"],}}\\\"[\"}}")];
        string list = $"[{string.Join("," + between, elements)}{between}] {between}\n{{\"z\":1}}";

        (string Text, long Line, string? Fault)[] records = Split(list, Small);

        Assert.Equal([.. elements, "{\"z\":1}"], records.Select(record => record.Text));
        Assert.Equal(second, records[1].Line);
        Assert.All(records, record => Assert.Null(record.Fault));
        Assert.Equal("[]", Assert.Single(Split("[]", Small)).Text);
        Assert.Empty(Split("[" + new string(' ', 500) + "]", Small));
        Assert.Equal(["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"], Split($"{{\"a\":1}}\n[{{\"b\":2}},{new string(' ', 200)}{{\"c\":3}}]", Small).Select(record => record.Text));
    }

    /// <summary>Documents over several lines may follow one another; two on one line are a fault of that line.</summary>
    [Fact]
    public void Documents_OneBehindTheOther_AreRecords()
    {
        string document = "{\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"\"a{i}\":1,\n")) + "\"z\":1}";
        string many = string.Join("\n", Enumerable.Repeat(document, 10));

        Assert.Equal([1, 13, 25], Split($"{document}\n{document}\r\n{document}\n", Small).Select(record => record.Line));
        Assert.Equal(Enumerable.Repeat(document, 10), Split(many, Small).Select(record => record.Text));
        Assert.Single(Split("{\"a\":1} {\"b\":2}", Small));
        Assert.Equal(3, Split("{\"a\":\n1}\n{ broken", Small).Length);
    }

    /// <summary>A list that was cut off, or breaks off in a text, is told at its place; what is behind it is read.</summary>
    [Fact]
    public void List_ThatBreaksOff_IsToldOnItsLine()
    {
        string many = string.Concat(Enumerable.Repeat("{\"a\":1},\n", 60));

        (string Text, long Line, string? Fault)[] cut = Split("[" + many + "{\"b\":", Small);
        (string Text, long Line, string? Fault)[] broken = Split("[" + many + "{\"b\":\"x\n{\"c\":1}\n", Small);

        const string Fault = "The list that begins on line 1 breaks off here. What follows is read line by line.";
        Assert.Equal((61, 61L, Fault), (cut.Length, cut[^1].Line, cut[^1].Fault));
        Assert.Equal((62, 61L, Fault, 62L, "{\"c\":1}"), (broken.Length, broken[^2].Line, broken[^2].Fault, broken[^1].Line, broken[^1].Text));
    }

    /// <summary>Of a long text the beginning stays, up to a whole character; numbers, names and JSON within texts stay whole.</summary>
    [Theory]
    [InlineData("x", 1_000)]
    [InlineData("ü", 1_000)]
    [InlineData("\\n", 1_000)]
    [InlineData("\\u00e9", 1_002)]
    [InlineData("\\ud83d\\ude00", 1_008)]
    [InlineData("😀", 1_000)]
    public void Text_ThatIsLong_IsShortenedAtACharacter(string character, int kept)
    {
        int length = Encoding.UTF8.GetByteCount(character);
        string text = string.Concat(Enumerable.Repeat(character, 3_000));
        string json = "{\\\"tokens\\\":[" + new string('1', 2_500) + "]}";
        string start = string.Concat(Enumerable.Repeat(character, kept / length));
        string record = $$"""{"a":"b\"","text":"a{{text}}","json":"{{json}}","n":12345}""";
        string left = $"... ({((3_000 * length) - kept).ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture)} bytes left out)";

        string read = Assert.Single(Split(record.Replace("\"a" + text, "\"" + text, StringComparison.Ordinal), Small)).Text;

        Assert.Equal($$"""{"a":"b\"","text":"{{start}}{{left}}","json":"{{json}}","n":12345}""", read);
        using JsonDocument document = JsonDocument.Parse(read);
        Assert.StartsWith(document.RootElement.GetProperty("text").GetString()![..4], string.Concat(Enumerable.Repeat(JsonDocument.Parse($"\"{character}\"").RootElement.GetString(), 4)), StringComparison.Ordinal);
    }

    /// <summary>Pieces of one answer stay together; a list of answers does not.</summary>
    [Fact]
    public void PiecesOfAnAnswer_StayTogether()
    {
        string[] pieces = [.. Enumerable.Range(0, 20).Select(i => $$"""{"responseId":"r","candidates":[{"content":{{i}}}]}""")];
        string[] answers = [.. pieces[..3], .. Enumerable.Range(0, 20).Select(i => $$"""{"responseId":"s{{i}}","candidates":[{"finishReason":"STOP"}]}""")];

        Assert.Equal("[" + string.Join(',', pieces) + "]", Assert.Single(Split("[" + string.Join(",\n", pieces) + "]", Small)).Text);
        Assert.Equal(answers, Split("[" + string.Join(",\n", answers) + "]", Small).Select(record => record.Text));
    }

    /// <summary>A line of 150 MB with one text, and a list of many elements, need a few megabytes, however long they are.</summary>
    [Theory]
    [InlineData("{\"n\":1,\"text\":\"", "x", "\"}", 150_000_000, 1)]
    [InlineData("[{}", ",{\"model\":\"gpt-4o\",\"usage\":{\"input\":1}}", "]", 3_900_000, 100_001)] // 39 bytes each, and one before
    [InlineData("[\n{}", ",\n{\n\"model\":\"gpt-4o\",\"usage\":{\"input\":1}}", "\n]", 12_300_000, 300_001)] // 41 bytes
    public void LongRecord_TakesLittleMemory(string start, string repeated, string end, int length, int records)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecordSplitter splitter = new(new Repeating(start, repeated, end, length));
        (int read, int faults, int longest) = (0, 0, 0);
        while (splitter.TryRead(out RawRecord record))
        {
            read++;
            faults += record.Fault is null ? 0 : 1;
            longest = Math.Max(longest, record.Json.Length);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((records, 0), (read, faults));
        Assert.InRange(longest, 38, 1_100);
        Assert.InRange(allocated, 0, 20_000_000);
    }

    [Fact]
    public void Limits_AreThoseOfTheDocs() => Assert.Equal(
        (67_108_864, 1 << 20, 4 << 20, 1 << 20, 1_000),
        (InputLimits.Default.MostBytes, InputLimits.Default.LongAt, InputLimits.Default.DocumentAt, InputLimits.Default.LongestText, LongValue.Kept));

    /// <summary>What a response cost does not depend on its long texts.</summary>
    [Fact]
    public void LongResponse_IsReadAsAShortOne()
    {
        LogRecord[] records = TextLog.Read($"{Response("short")}\n{Response(new string('x', 3_000_000))}\n[{Response("short")},{Response(new string('y', 3_000_000))}]");

        Assert.Equal(4, records.Length);
        Assert.All(records, record => Assert.Equal(records[0].Call, record.Call));
        Assert.All(records, record => Assert.InRange(record.Text.Length, 200, 1_400));

        static string Response(string text) =>
            $$$"""{"id":"c","object":"chat.completion","model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";
    }

    private static (string Text, long Line, string? Fault)[] Split(string text, InputLimits limits) =>
        ReadAll(new RecordSplitter(new MemoryStream(Encoding.UTF8.GetBytes(text)), limits));

    private static (string Text, long Line, string? Fault)[] ReadAll(RecordSplitter splitter)
    {
        List<(string, long, string?)> records = [];
        while (splitter.TryRead(out RawRecord record))
        {
            records.Add((record.Text, record.Line, record.Fault));
        }

        return [.. records];
    }

    /// <summary>A text that is longer than memory should be.</summary>
    private sealed class Repeating(string start, string repeated, string end, int length) : MemoryStream
    {
        private readonly byte[] _repeated = Encoding.UTF8.GetBytes(repeated);
        private readonly byte[] _start = Encoding.UTF8.GetBytes(start);
        private readonly byte[] _end = Encoding.UTF8.GetBytes(end);
        private int _next;

        public override int Read(Span<byte> buffer)
        {
            int whole = length / _repeated.Length * _repeated.Length;
            int all = _start.Length + whole + _end.Length;
            int count = Math.Min(buffer.Length, all - _next);
            for (int i = 0; i < count; i++, _next++)
            {
                buffer[i] = _next < _start.Length ? _start[_next]
                    : _next < _start.Length + whole ? _repeated[(_next - _start.Length) % _repeated.Length]
                    : _end[_next - _start.Length - whole];
            }

            return count;
        }
    }

    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
