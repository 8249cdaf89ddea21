using System.Text;
using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Splits a log into records: one JSON document (an array holds several records) or JSON lines, gzip or not.</summary>
internal static class RecordFile
{
    /// <summary>A single document is held in memory; lines are not.</summary>
    private const int MaxDocumentBytes = 256 * 1024 * 1024;

    /// <summary>Opens a file, or standard input for <c>-</c>, takes gzip off when the first bytes say so, and looks whether it holds
    /// server-sent events.</summary>
    public static Stream Open(string path, CommandHost host, out bool isEventStream)
    {
        Stream stream = Open(path, host);
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

    /// <summary>Opens a file, or standard input for <c>-</c>, and takes gzip off when the first bytes say so.</summary>
    public static Stream Open(string path, CommandHost host)
    {
        Stream raw;
        if (path == "-")
        {
            raw = host.Input;
        }
        else if (File.Exists(path))
        {
            raw = File.OpenRead(path);
        }
        else
        {
            throw new CliException($"The file '{path}' does not exist.");
        }

        BufferedStream buffered = new(raw, 1 << 16);
        byte[] start = new byte[2];
        int read = buffered.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        Stream whole = new ConcatenatedStream(new MemoryStream(start, 0, read), buffered);
        return read == 2 && start[0] == 0x1F && start[1] == 0x8B ? new WholeGzipStream(whole, path) : whole;
    }

    /// <summary>Reads a file of rates whole, unpacked, up to the most that rate cards may have.</summary>
    public static byte[] Bytes(string path)
    {
        using Stream stream = Open(path, new CommandHost { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null });
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > RateCardJson.MaxBytes)
            {
                throw new CliException($"The file '{path}' has more than {RateCardJson.MaxBytes} bytes, unpacked; more are not read.");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Yields the text of every record.</summary>
    public static IEnumerable<string> Records(Stream stream)
    {
        using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: false));
        string? first = NextLine(reader);
        if (first is null)
        {
            yield break;
        }

        if (!IsJson(first))
        {
            // Either a document over several lines, or lines of which the first is broken.
            List<string> lines = [first, .. Rest(reader)];
            string document = string.Join('\n', lines);
            foreach (string record in IsJson(document) ? Unfold(document) : lines)
            {
                yield return record;
            }

            yield break;
        }

        foreach (string record in Unfold(first))
        {
            yield return record;
        }

        for (string? line = NextLine(reader); line is not null; line = NextLine(reader))
        {
            foreach (string record in Unfold(line))
            {
                yield return record;
            }
        }
    }

    private static IEnumerable<string> Rest(StreamReader reader)
    {
        long length = 0;
        for (string? line = NextLine(reader); line is not null; line = NextLine(reader))
        {
            length += line.Length;
            yield return length <= MaxDocumentBytes
                ? line
                : throw new CliException($"The input is one JSON document of more than {MaxDocumentBytes} bytes, or its first line is "
                    + $"not valid JSON. Write one record a line.");
        }
    }

    private static IEnumerable<string> Unfold(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("[") || !IsJson(text))
        {
            yield return text;
            yield break;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            yield return element.GetRawText();
        }
    }

    private static string? NextLine(StreamReader reader)
    {
        string? line = reader.ReadLine();
        while (line is not null && string.IsNullOrWhiteSpace(line))
        {
            line = reader.ReadLine();
        }

        return line;
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
