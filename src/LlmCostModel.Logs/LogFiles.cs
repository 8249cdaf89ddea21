namespace LlmCostModel.Logs;

/// <summary>Reads files as logs are kept: packed or not, line by line.</summary>
public static class LogFiles
{
    /// <summary>Unpacks a stream when its first bytes say that it is packed (gzip, zstd), or its name does (.br).</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called when it is refused.</param>
    /// <returns>What is in it.</returns>
    /// <exception cref="LogFormatException">It is packed in a way that is not read, or is a file of another kind.</exception>
    public static Stream Unpack(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return PackedFiles.Open(stream, name);
    }

    /// <summary>Reads the lines that are not blank, as they are enumerated.</summary>
    /// <param name="stream">The stream, packed or not, in UTF-8 or UTF-16. It is disposed of at the end.</param>
    /// <param name="name">What it is called when it is refused.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="LogFormatException">A line is longer than what is read, or the stream is damaged.</exception>
    public static IEnumerable<string> ReadLines(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Lines(stream, name);
    }

    private static IEnumerable<string> Lines(Stream stream, string name)
    {
        using Stream unpacked = TextEncoding.ToUtf8(PackedFiles.Open(stream, name));
        RecordSplitter lines = new(unpacked, InputLimits.Default with { LongestText = int.MaxValue }, isLines: true);
        while (lines.TryRead(out RawRecord line))
        {
            yield return line.Fault is null ? line.Text : throw new LogFormatException($"{name}: {line.Fault}");
        }
    }
}
