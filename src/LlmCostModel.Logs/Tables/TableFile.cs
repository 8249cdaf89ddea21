using System.Buffers;
using System.Text;
using System.Text.Json;
using nietras.SeparatedValues;

namespace LlmCostModel.Logs;

/// <summary>A file of rows under a header: values between commas, semicolons or tabs, in quotes where they hold one.</summary>
/// <remarks>RFC 4180, split by Sep; what is in quotes is checked here, for Sep takes an open one to the end. One row is in memory at a
/// time.</remarks>
internal sealed class TableFile
{
    /// <summary>As much of a file as is looked at to find out what it is.</summary>
    private const int MostLooked = 1 << 16;

    private readonly Stream _stream;
    private readonly char _delimiter;
    private long _line = 1;

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
    public IEnumerable<RawRecord> Rows()
    {
        using StreamReader text = new(_stream, Encoding.UTF8);
        using SepReader reader = TableHeader.Open(text, _delimiter);
        bool isHeader = true;
        for (int number = 1; TryRead(reader, number, out RawRecord? row, out bool isLast); number++)
        {
            if (row is { } read && !isHeader)
            {
                yield return read;
            }

            isHeader &= row is null; // it may come after blank lines

            if (isLast)
            {
                break;
            }
        }
    }

    /// <summary>Reads the next row. One that breaks the rules for quotes is the last: where the next begins is not known then.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="number">Its number.</param>
    /// <param name="row">The row; <see langword="null"/> for a blank one.</param>
    /// <param name="isLast">Whether what follows cannot be read.</param>
    /// <returns>Whether there is one.</returns>
    private bool TryRead(SepReader reader, int number, out RawRecord? row, out bool isLast)
    {
        (row, isLast) = (null, false);
        try
        {
            if (!reader.MoveNext())
            {
                return false;
            }
        }
        catch (NotSupportedException)
        {
            string fault = FormattableString.Invariant($"Row {number} is too long. It and what follows are not read.");
            (row, isLast) = (new(default, _line, fault), true);
            return true;
        }

        SepReader.Row values = reader.Current;
        _line = values.LineNumberToExcl;
        if (values.Span.ContainsAnyExcept([_delimiter, ' ', '\t', '\r', '\n']))
        {
            row = Write(values, number, out isLast);
        }

        return true;
    }

    private RawRecord Write(SepReader.Row values, int number, out bool isBroken)
    {
        ArrayBufferWriter<byte> buffer = new();
        isBroken = false;
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            for (int i = 0; i < Math.Min(Columns.Count, values.ColCount) && !isBroken; i++)
            {
                string? value = QuotedValue.Read(values[i].Span, _delimiter);
                isBroken = value is null;
                if (Columns[i].Length > 0)
                {
                    writer.WriteString(Columns[i], value);
                }
            }

            writer.WriteEndObject();
        }

        return isBroken
            ? new(
                default,
                values.LineNumberFrom,
                FormattableString.Invariant($"Row {number} breaks the rules of CSV for quotes. It and what follows are not read."))
            : new(buffer.WrittenMemory, values.LineNumberFrom, values.ColCount == Columns.Count ? null : FormattableString.Invariant(
                $"Row {number} has {values.ColCount} values, and the header {Columns.Count} names: which is which is not known."));
    }

    /// <summary>JSON begins otherwise, and needs no closer look.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> start)
    {
        start = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \r\n"u8);
        return start.Length > 0 && start[0] is not ((byte)'{' or (byte)'[');
    }
}
