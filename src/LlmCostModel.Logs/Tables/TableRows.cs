using System.Buffers;
using System.Text;
using System.Text.Json;
using nietras.SeparatedValues;

namespace LlmCostModel.Logs;

/// <summary>Rows of a table, each as a JSON object of texts by the names of the columns.</summary>
/// <remarks>RFC 4180, split by Sep; what is in quotes is checked here, for Sep takes an open one to the end. One row is in memory at a
/// time.</remarks>
/// <param name="header">The header of the table.</param>
/// <param name="stream">The rows.</param>
/// <param name="line">The line on which they begin; a row before it is a line.</param>
/// <param name="hasHeader">Whether the first of them is the header.</param>
internal sealed class TableRows(TableHeader header, Stream stream, long line = 1, bool hasHeader = true)
{
    private readonly IReadOnlyList<string> _columns = header.Columns;

    /// <summary>The line behind what was read.</summary>
    public long Line { get; private set; } = line;

    /// <summary>Whether what follows cannot be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads them.</summary>
    public IEnumerable<RawRecord> All()
    {
        long first = Line;
        using StreamReader text = new(stream, Encoding.UTF8);
        using SepReader reader = TableHeader.Open(text, header.Delimiter);
        bool isHeader = hasHeader;
        while (!IsBroken && TryRead(reader, first, out RawRecord? row))
        {
            if (row is { } read && !isHeader)
            {
                yield return read;
            }

            isHeader &= row is null; // it may come after blank lines
        }
    }

    /// <summary>Reads the next row. One that breaks the rules for quotes is the last: where the next begins is not known then.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="first">The line of its first row.</param>
    /// <param name="row">The row; <see langword="null"/> for a blank one.</param>
    /// <returns>Whether there is one.</returns>
    private bool TryRead(SepReader reader, long first, out RawRecord? row)
    {
        row = null;
        try
        {
            if (!reader.MoveNext())
            {
                return false;
            }
        }
        catch (NotSupportedException)
        {
            IsBroken = true;
            row = new(default, Line, "The row is too long. It and what follows are not read.");
            return true;
        }

        SepReader.Row values = reader.Current;
        long at = Line;
        Line = first - 1 + values.LineNumberToExcl;
        if (values.Span.ContainsAnyExcept([header.Delimiter, ' ', '\t', '\r', '\n']))
        {
            row = Write(values, at);
        }

        return true;
    }

    private RawRecord Write(SepReader.Row values, long at)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            for (int i = 0; i < Math.Min(_columns.Count, values.ColCount) && !IsBroken; i++)
            {
                string? value = QuotedValue.Read(values[i].Span, header.Delimiter);
                IsBroken = value is null;
                if (_columns[i].Length > 0)
                {
                    writer.WriteString(_columns[i], value);
                }
            }

            writer.WriteEndObject();
        }

        if (IsBroken)
        {
            return new(default, at, "The row breaks the rules of CSV for quotes. It and what follows are not read.");
        }

        string? fault = values.ColCount == _columns.Count ? null : FormattableString.Invariant(
            $"The row has {values.ColCount} value{(values.ColCount == 1 ? "" : "s")}, and the header {_columns.Count} names: which is ")
            + "which is not known.";
        return new(buffer.WrittenMemory, at, fault);
    }
}
