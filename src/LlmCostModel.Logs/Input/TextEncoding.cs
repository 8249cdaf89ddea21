using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads what is not UTF-8 as if it were: UTF-16 and UTF-32, by their mark or by the zeros beside ASCII.</summary>
internal static class TextEncoding
{
    /// <summary>The stream in UTF-8.</summary>
    public static Stream ToUtf8(Stream stream)
    {
        byte[] start = new byte[4];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        Stream whole = new ConcatenatedStream(new MemoryStream(start, 0, read), stream);
        return Find(start.AsSpan(0, read)) is { } encoding ? Encoding.CreateTranscodingStream(whole, encoding, Encoding.UTF8) : whole;
    }

    /// <summary>What a text is written in by its first bytes; <see langword="null"/> for UTF-8.</summary>
    private static Encoding? Find(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0] => new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        [0, 0, 0xFE, 0xFF] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, not 0, 0] => Encoding.Unicode,
        [0, not 0, 0, not 0] => Encoding.BigEndianUnicode,
        _ => null,
    };
}
