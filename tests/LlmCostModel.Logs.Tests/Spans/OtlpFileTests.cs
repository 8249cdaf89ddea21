using System.Buffers.Binary;
using System.Text;
using ZstdSharp;

namespace LlmCostModel.Logs.Tests.Spans;

/// <summary>OTLP in protobuf, written here by the field numbers of opentelemetry-proto, is read as OTLP JSON is.</summary>
public class OtlpFileTests
{
    private static readonly byte[] Chat = Export(
        Span("01", null, ("gen_ai.request.model", "gpt-4o"), ("gen_ai.usage.input_tokens", 1000L), ("gen_ai.usage.output_tokens", 100L), ("ok", true), ("temperature", 0.5)),
        Span("02", "01", ("http.method", "GET")));

    private static readonly byte[] Other = Export(
        Span("03", null, ("gen_ai.response.model", "gpt-4o"), ("gen_ai.usage.input_tokens", 7L), ("gen_ai.usage.output_tokens", 1L)));

    [Fact]
    public void Export_ByItself_IsRead()
    {
        LogRecord record = Assert.Single(Read(Chat));

        Assert.Equal(0.0035m, TextLog.TotalOf(record)); // 1,000 x 2.5 + 100 x 10 millionths
        Assert.Equal(("otel", null), (record.Format, record.Line));
        Assert.Equal("0a000000000000000000000000000001:0a00000000000001", record.Key);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), record.Call!.At);
        Assert.Equal(2, Read([.. Chat, .. Other]).Length); // a message behind another one is one message
    }

    /// <summary>As the collector's file exporter writes them: each behind its length, packed by itself or not, JSON too; and all packed.</summary>
    [Fact]
    public void Messages_BehindTheirLengths_AreRead()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"j","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}}]}]}]}]}""");

        Assert.Equal([1000, 7], Inputs([.. Framed(Chat), .. Framed(Other)]));
        Assert.Equal([1000, 7], Inputs([.. Framed(Zstd(Chat)), .. Framed(Zstd(Other))]));
        Assert.Equal([5, 5], Inputs([.. Framed(Zstd(json)), .. Framed(json)]));
        Assert.Equal([1000, 7], Inputs(Zstd([.. Framed(Chat), .. Framed(Other)])));
    }

    [Fact]
    public void File_ThatIsCutOff_IsRefused()
    {
        byte[] framed = [.. Framed(Chat), .. Framed(Other)];
        foreach (byte[] cut in (byte[][])[Chat[..^3], framed[..^3], framed[..(Chat.Length + 6)]])
        {
            Assert.Equal("'spans.pb' is not whole OTLP: it was cut off or damaged. Fetch it again.", Assert.Throws<LogFormatException>(() => Read(cut)).Message);
        }
    }

    /// <summary>Metrics and logs have the same outer fields. Those about models are said once.</summary>
    [Fact]
    public void ExportOfMetrics_IsNoSpan()
    {
        byte[] metric = Message(1, Message(2, Message(2, Message(1, "http.server.duration"u8.ToArray()))));
        byte[] tokens = Message(1, Message(2, Message(2, Message(1, "gen_ai.client.token.usage"u8.ToArray()))));

        Assert.Empty(Read([.. Framed(metric), .. Framed(metric)]));
        Assert.StartsWith("Metrics and log events of OpenTelemetry about models", Assert.Single(Read([.. Framed(tokens), .. Framed(tokens)])).Fault, StringComparison.Ordinal);
    }

    /// <summary>Texts that begin with line ends are no messages.</summary>
    [Theory]
    [InlineData("\n{\n  \"model\":\"gpt-4o\",\"usage\":{\"input\":3}}")]
    [InlineData("\n\n\n\n\n{\"model\":\"gpt-4o\",\"usage\":{\"input\":3}}")]
    [InlineData("\n \n \n{\"model\":\"gpt-4o\",\"usage\":{\"input\":3}}")]
    public void Text_IsNoMessage(string text) => Assert.Equal([3], Inputs(Encoding.UTF8.GetBytes(text)));

    private static long[] Inputs(byte[] bytes) => [.. Read(bytes).Select(record => TextLog.UsageOf(record).Input)];

    private static LogRecord[] Read(byte[] bytes) => [.. new LogReader().Read(new MemoryStream(bytes), "spans.pb")];

    private static byte[] Framed(byte[] message)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)message.Length);
        return [.. length, .. message];
    }

    private static byte[] Zstd(byte[] bytes)
    {
        using Compressor compressor = new();
        return compressor.Wrap(bytes).ToArray();
    }

    /// <summary>ResourceSpans (1) of a resource (1) with a name, and a scope (2) of spans (2).</summary>
    private static byte[] Export(params byte[][] spans) => Message(1, [
        .. Message(1, Attribute(1, "service.name", "app")),
        .. Message(2, [.. Message(1, Message(1, "scope"u8.ToArray())), .. spans.SelectMany(span => Message(2, span))]),
    ]);

    /// <summary>Trace (1), id (2), parent (4), name (5), kind (6), start (7) and attributes (9); 2026-03-01T10:00:00Z is 1,772,359,200 s.</summary>
    private static byte[] Span(string id, string? parent, params (string, object)[] attributes)
    {
        byte[] start = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(start, 1_772_359_200_000_000_000);
        return
        [
            .. Message(1, Convert.FromHexString("0a000000000000000000000000000001")),
            .. Message(2, Convert.FromHexString("0a000000000000" + id)),
            .. parent is null ? [] : Message(4, Convert.FromHexString("0a000000000000" + parent)),
            .. Message(5, "chat"u8.ToArray()),
            (6 << 3) | 0, 3,
            (7 << 3) | 1, .. start,
            .. attributes.SelectMany(one => Attribute(9, one.Item1, one.Item2)),
        ];
    }

    /// <summary>Key (1) and value (2), which is a text (1), a truth (2), a whole number (3) or a number (4).</summary>
    private static byte[] Attribute(int field, string key, object value) => Message(field, [
        .. Message(1, Encoding.UTF8.GetBytes(key)),
        .. Message(2, value switch
        {
            string text => Message(1, Encoding.UTF8.GetBytes(text)),
            bool truth => [(2 << 3) | 0, truth ? (byte)1 : (byte)0],
            double number => [(4 << 3) | 1, .. BitConverter.GetBytes(number)],
            _ => [(3 << 3) | 0, .. Varint((ulong)(long)value)],
        }),
    ]);

    private static byte[] Message(int field, byte[] content) => [(byte)((field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
