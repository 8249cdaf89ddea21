namespace LlmCostModel.Logs;

/// <summary>Opens a log: packed or not, server-sent events or not.</summary>
internal static class RecordFile
{
    /// <summary>Takes gzip off when the first bytes say so.</summary>
    public static Stream Unpacked(Stream raw, string name)
    {
        BufferedStream buffered = new(raw, 1 << 16);
        byte[] start = new byte[2];
        int read = buffered.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        Stream whole = new ConcatenatedStream(new MemoryStream(start, 0, read), buffered);
        return read == 2 && start[0] == 0x1F && start[1] == 0x8B ? new WholeGzipStream(whole, name) : whole;
    }

    /// <summary>Takes gzip off, and looks whether it holds server-sent events.</summary>
    public static Stream Unpacked(Stream raw, string name, out bool isEventStream)
    {
        Stream stream = Unpacked(raw, name);
        byte[] start = new byte[64];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> text = start.AsSpan(0, read);
        text = (text.StartsWith("\uFEFF"u8) ? text[3..] : text).TrimStart(" \r\n"u8);
        isEventStream =
            text.StartsWith("data:"u8)
            || text.StartsWith("event:"u8)
            || text.StartsWith("id:"u8)
            || text.StartsWith("retry:"u8)
            || text.StartsWith(":"u8);
        return new ConcatenatedStream(new MemoryStream(start, 0, read), stream);
    }
}
