using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Splits a log into records: one JSON document (an array holds several records) or JSON lines, gzip or not.</summary>
internal static class RecordFile
{
    /// <summary>The longest line, and the longest document over several lines. All of it is in memory at once, lines after each other are
    /// not.</summary>
    public const int MostCharacters = 64 * 1024 * 1024;

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

    /// <summary>Yields the text of every line or, where a document stands over several lines, of the document.</summary>
    public static IEnumerable<RecordText> Records(Stream stream, int mostCharacters = MostCharacters)
    {
        using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: false));
        LineReader lines = new(reader, mostCharacters);
        if (lines.Next() is not { } first)
        {
            yield break;
        }

        IEnumerable<RecordText> start = first.Fault is not null || IsJson(first.Text) ? [first] : Document(first, lines, mostCharacters);
        foreach (RecordText record in start)
        {
            yield return record;
        }

        while (lines.Next() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>What begins with a line that is no JSON: a document over several lines, or lines of which the first is broken.</summary>
    private static List<RecordText> Document(RecordText first, LineReader lines, int mostCharacters)
    {
        List<RecordText> read = [first];
        long length = first.Text.Length;
        while (length <= mostCharacters && lines.Next() is { } line)
        {
            read.Add(line);
            length += line.Text.Length + 1;
        }

        if (length > mostCharacters && first.Text.Trim() is "{" or "[")
        {
            throw new LogFormatException(FormattableString.Invariant(
                $"The input is one JSON document of more than {mostCharacters:#,##0} characters. Write one record a line."));
        }

        string document = length > mostCharacters ? "" : string.Join('\n', read.Select(line => line.Text));
        return IsJson(document) ? [new(document)] : read;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
