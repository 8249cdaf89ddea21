namespace LlmCostModel.Logs;

/// <summary>Opens a log: unpacked, in UTF-8, and known to be server-sent events or not.</summary>
internal static class RecordFile
{
    /// <summary>Opens it.</summary>
    /// <param name="stream">The log, unpacked.</param>
    /// <param name="isEventStream">Whether it holds server-sent events.</param>
    public static Stream OpenText(Stream stream, out bool isEventStream)
    {
        Stream utf8 = TextEncoding.ToUtf8(stream);
        byte[] start = new byte[64];
        int read = utf8.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> text = start.AsSpan(0, read);
        text = (text.StartsWith("\uFEFF"u8) ? text[3..] : text).TrimStart(" \r\n"u8);
        isEventStream =
            text.StartsWith("data:"u8)
            || text.StartsWith("event:"u8)
            || text.StartsWith("id:"u8)
            || text.StartsWith("retry:"u8)
            || text.StartsWith(":"u8);
        return new ConcatenatedStream(new MemoryStream(start, 0, read), utf8);
    }
}
