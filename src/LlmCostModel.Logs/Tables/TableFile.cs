using System.Buffers;
using System.Text;
using System.Text.Json;
using Sylvan.Data.Csv;

namespace LlmCostModel.Logs;

/// <summary>A file of rows under a header: values between commas, semicolons or tabs, in quotes where they hold one.</summary>
/// <remarks>RFC 4180, read by Sylvan.Data.Csv. One row is in memory at a time.</remarks>
internal sealed class TableFile
{
    /// <summary>As much of a file as is looked at to find out what it is.</summary>
    private const int MostLooked = 1 << 16;

    private readonly Stream _stream;
    private readonly char _delimiter;

    private TableFile(Stream stream, TableHeader header) =>
        (_stream, Columns, _delimiter) = (stream, header.Columns, header.Delimiter);

    /// <summary>The names in the header.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Looks whether a log is a table.</summary>
    /// <param name="stream">The log; what was read of it is given back with it.</param>
    /// <returns>The table; <see langword="null"/> when the log is something else.</returns>
    public static TableFile? Find(ref Stream stream)
    {
        byte[] start = new byte[MostLooked];
        int read = stream.ReadAtLeast(start, 64, throwOnEndOfStream: false);
        bool isPossible = MayBegin(start.AsSpan(0, read));
        read += isPossible ? stream.ReadAtLeast(start.AsSpan(read), MostLooked - read, throwOnEndOfStream: false) : 0;
        stream = new ConcatenatedStream(new MemoryStream(start, 0, read), stream);
        if (!isPossible)
        {
            return null;
        }

        using StreamReader text = new(new MemoryStream(start, 0, read), Encoding.UTF8);
        return TableHeader.Find(text.ReadToEnd(), isWhole: read < MostLooked) is { } header ? new(stream, header) : null;
    }

    /// <summary>The rows, each as a JSON object of texts by the names of the columns.</summary>
    public IEnumerable<RecordText> Rows()
    {
        using StreamReader text = new(_stream, Encoding.UTF8);
        using CsvDataReader reader = CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = _delimiter,
            Comment = '\0',
            BufferSize = MostLooked,
            MaxBufferSize = RecordFile.MostCharacters,
        });
        int number = 0;
        string? end;
        while (TryRead(reader, ++number, out end))
        {
            int count = reader.RowFieldCount;
            if (number > 1 && !IsBlank(reader))
            {
                yield return new(Write(reader), count == Columns.Count ? null : FormattableString.Invariant(
                    $"Row {number} has {count} values, and the header {Columns.Count} names: which is which is not known."));
            }
        }

        if (end is not null)
        {
            yield return new("", end);
        }
    }

    /// <summary>Whether there is a row. One that breaks the rules for quotes ends the table: where the next begins is not known
    /// then.</summary>
    private static bool TryRead(CsvDataReader reader, int number, out string? end)
    {
        end = null;
        try
        {
            return reader.Read();
        }
        catch (CsvRecordTooLargeException)
        {
            end = FormattableString.Invariant($"Row {number} is longer than {RecordFile.MostCharacters:#,##0} characters.");
        }
        catch (CsvFormatException)
        {
            end = FormattableString.Invariant($"Row {number} breaks the rules of CSV for quotes.");
        }

        end += " It and what follows are not read.";
        return false;
    }

    private static bool IsBlank(CsvDataReader reader)
    {
        for (int i = 0; i < reader.RowFieldCount; i++)
        {
            if (!reader.GetFieldSpan(i).IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    private string Write(CsvDataReader reader)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            for (int i = 0; i < Math.Min(Columns.Count, reader.RowFieldCount); i++)
            {
                if (Columns[i].Length > 0)
                {
                    writer.WriteString(Columns[i], reader.GetFieldSpan(i));
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>JSON begins otherwise, and needs no closer look.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> start)
    {
        start = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \r\n"u8);
        return start.Length > 0 && start[0] is not ((byte)'{' or (byte)'[');
    }
}
