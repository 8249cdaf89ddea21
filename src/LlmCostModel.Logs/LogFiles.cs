namespace LlmCostModel.Logs;

/// <summary>Finds files as logs are kept, and reads them: packed or not, line by line.</summary>
public static class LogFiles
{
    /// <summary>Gets how the names of logs end, such as <c>.jsonl</c>; packed ones have <c>.gz</c>, <c>.zst</c> or <c>.br</c> behind
    /// it.</summary>
    public static IReadOnlyList<string> Endings => LogEndings.All;

    /// <summary>Finds the logs in a folder and the folders below it, by how their names end.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The files. Hidden ones, and those in hidden folders below, are not looked at; links are followed, but not in
    /// circles.</returns>
    public static FoundLogs FindIn(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return FileSearch.In(folder);
    }

    /// <summary>Finds the files that a pattern names.</summary>
    /// <param name="pattern">A path in which <c>*</c> is any part of a name, <c>?</c> any character, and <c>**</c> any folders, such as
    /// <c>logs/**/*.jsonl</c>. A pattern that ends in <c>**</c> means the logs, as in <see cref="FindIn"/>.</param>
    /// <returns>The files. Names that begin with a dot are found where the pattern has it.</returns>
    /// <exception cref="ArgumentException">It has neither <c>*</c> nor <c>?</c>.</exception>
    public static FoundLogs FindMatching(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        return FileSearch.IsPattern(pattern)
            ? FileSearch.Matching(pattern)
            : throw new ArgumentException($"'{VisibleText.OneLine(pattern)}' has neither * nor ?.", nameof(pattern));
    }

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
