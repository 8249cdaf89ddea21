using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>Which lines of a stream make an event, by the specification of server-sent events, wherever the stream is cut:
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation</summary>
public sealed class SseParserTests
{
    /// <summary>A stream, its events with a <c>|</c> between them, and whether it said that it is done.</summary>
    public static TheoryData<string, string, bool> Streams => new()
    {
        { "data: {1}\n\n", "{1}", false },
        { "data:{1}\n\n", "{1}", false }, // one space behind the colon may be missing
        { "data:  {1} \t\n\n", "{1}", false },
        { "data: {\ndata: 1}\n\n", "{\n1}", false }, // lines of one event stay apart
        { "data:\ndata: {1}\ndata:\n\n", "{1}", false },
        { "data: {1}\n\ndata: {2}\n\n", "{1}|{2}", false },
        { "data: {1}\r\n\r\ndata: {2}\r\n\r\n", "{1}|{2}", false },
        { "data: {1}\r\rdata: {2}\r\r", "{1}|{2}", false },
        { "data: {1}\n\r\ndata: {2}\r\n\n", "{1}|{2}", false },
        { "data: {\r\ndata: 1}\r\n\r\n", "{\n1}", false }, // \r\n is one line end, not an empty line
        { "data: {1}", "{1}", false }, // the end of a file
        { "data: {1}\n", "{1}", false },
        { "\uFEFFdata: {1}\n\n", "{1}", false },
        { "\n\uFEFFdata: {1}\n\n", "", false }, // a byte order mark stands at the beginning or nowhere
        { "\uFEFF{1}\n{2}", "{1}|{2}", false },
        { "{1}\n{2}\n", "{1}|{2}", false },
        { "{1}\r\n\r\n{2}", "{1}|{2}", false },
        { ": {1}\nevent: {2}\nid: {3}\nretry: 4\ndatax: {5}\n{6}\n\n", "{6}", false },
        { " {1}\n\n", "{1}", false },
        { "data\n\n", "", false },
        { "data: 1\n\ndata: [1]\n\ndata: \"{\"\n\ndata: \n\n", "", false }, // no objects
        { "data: {1}\n\ndata: [DONE]\n\n", "{1}", true },
        { "data:[DONE] \r\n\r\n", "", true },
        { "data: [DONE]", "", true },
        { "data: [done]\n\n", "", false },
        { "[DONE]\n\n", "", false },
        { "", "", false },
        { "\n\n\r\n", "", false },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Append_LinesOfAStream_AreEvents(string stream, string events, bool isDone)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream);
        for (int size = 1; size <= bytes.Length + 1; size++)
        {
            List<string> found = [];
            SseParser parser = new(1_000, json => found.Add(Encoding.UTF8.GetString(json)));
            foreach (byte[] chunk in bytes.Chunk(size))
            {
                parser.Append(chunk);
            }

            Assert.True(parser.Finish());
            Assert.Equal(events, string.Join("|", found));
            Assert.Equal(isDone, parser.SawDone);
            Assert.True(parser.Finish());
            Assert.Equal(events, string.Join("|", found));
        }
    }

    /// <summary>A line may have 20 bytes, and so may the lines of one event together: 1 for each line end, and 11 + 1 + 6 are 19.</summary>
    [Theory]
    [InlineData("data: {4567890123456}", false)] // 21
    [InlineData("data: {456789012345}", true)] // 20
    [InlineData("{23456789012345678901", false)]
    [InlineData("{2345678901234567890", true)]
    [InlineData(":23456789012345678901", false)]
    [InlineData(":2345678901234567890", true)]
    [InlineData("data: {4567890123\ndata: 567890", true)] // 1 + 11 + 1 + 6
    [InlineData("data: {4567890123\ndata: 5678901", true)]
    [InlineData("data: {4567890123\ndata: 56789012", false)]
    [InlineData("data: {4567890123\n\ndata: {456789012", true)] // two events, 12 and 11
    public void Append_AsLongAsTheLimit_IsRead(string lines, bool isRead)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(lines + "\n\n");
        for (int size = 1; size <= bytes.Length; size++)
        {
            SseParser parser = new(20, _ => { });
            Exception? exception = Record.Exception(() => Array.ForEach([.. bytes.Chunk(size)], chunk => parser.Append(chunk)));

            Assert.Equal(
                isRead ? null : "One event of the stream is longer than 20 bytes. Give UsageStreamReader a larger maximum.",
                exception?.Message);
        }
    }

    /// <summary>What is cut inside of an event is not whole; what is wrong in any other way is said.</summary>
    [Fact]
    public void Finish_BehindHalfAnEvent_IsNotWhole()
    {
        SseParser parser = new(100, _ => throw new UsageFormatException(UsageFaultKind.InvalidJson, "half"));
        parser.Append("data: {"u8);
        Assert.False(parser.Finish());
        parser.Append("{"u8);
        Assert.False(parser.Finish());
        Assert.True(parser.Finish());

        parser = new(100, _ => throw new UsageFormatException(UsageFaultKind.Impossible, "too much"));
        parser.Append("data: {"u8);
        Assert.Throws<UsageFormatException>(() => parser.Finish());
    }
}
