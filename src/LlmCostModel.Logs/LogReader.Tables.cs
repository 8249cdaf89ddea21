using System.Text.Json;

namespace LlmCostModel.Logs;

// Rows of tables: each is a record like any other, but what nobody knows is the table, and said once.
public sealed partial class LogReader
{
    private IEnumerable<LogRecord> ReadTable(TableFile table)
    {
        (ColumnMap? map, string? fault) = FindMap(table.Header.Columns);
        return _sums is { } sums && map is not null && FindForm(table, map) is { } form && table.WithoutHeader() is var (rows, line)
            ? ReadPlainRows(table, sums, form, rows, line)
            : ReadRows(table.Rows(), table, map, fault).Records;
    }

    /// <summary>Whether all records are said to be usage records; a row is one when its columns are found or mapped.</summary>
    private bool IsUsage => _only is UsageRecordFormat;

    /// <summary>Which column is which field, and what is not clear about it.</summary>
    private (ColumnMap? Map, string? Fault) FindMap(IReadOnlyList<string> columns)
    {
        if (_map is not null)
        {
            return _map.FindMissing(columns) is { } missing ? (null, missing) : (_map, null);
        }

        ColumnMap? found = null;
        string? fault = IsUsage || (_only is null && _api == ApiFormat.Detect) ? ColumnMap.Find(columns, out found) : null;
        return (found, fault);
    }

    private OddLines ReadRows(TableRows rows, TableFile table, ColumnMap? map, string? fault)
    {
        bool isOver = false;
        return new(Read(), () => rows.Line, () => isOver || rows.IsBroken);

        IEnumerable<LogRecord> Read()
        {
            foreach (RawRecord row in rows.All())
            {
                if (row.Fault is not null)
                {
                    yield return Rejected(row.Fault, row.Text, row.Line);
                    continue;
                }

                using JsonDocument document = JsonDocument.Parse(row.Json);
                Begin(row.Json, row.Line);
                if (ReadRow(document.RootElement, map) is not { } records)
                {
                    isOver = true;
                    yield return Rejected(TableFault.Of(table.Header.Columns, _only?.Description, fault), "", row.Line);
                    yield break;
                }

                foreach (LogRecord record in records)
                {
                    yield return record;
                }
            }
        }
    }

    private IEnumerable<LogRecord>? ReadRow(JsonElement row, ColumnMap? map) =>
        _map is not null ? (map is not null ? ReadKnown(row, map) : null)
        : (IsUsage ? null : ReadKnown(row, map: null))
            ?? (map?.Read(row) is { } entry ? [Record(entry, LogFormats.UsageRecords.Name, row)] : null);

    /// <summary>How the rows of a table are written that can be added up in chunks.</summary>
    private Func<PlainLine>? FindForm(TableFile table, ColumnMap map)
    {
        CallContext asked = default(CallContext).Or(_asked);
        return CsvColumns.Find(table.Header.Columns, map) is { } columns && (_map is not null || IsUsage || _formats.All(LogFormats.All.Contains))
            ? () => new CsvLine(table, columns, map, asked)
            : null;
    }

    private IEnumerable<LogRecord> ReadPlainRows(TableFile table, PlainLineSums sums, Func<PlainLine> form, Stream rows, long line)
    {
        LineSource source = new(rows, sums.ChunkBytes, InputLimits.Default.LongAt, isQuoted: true, sums.ShouldStop);
        LineChunk first = new();
        ColumnMap map = FindMap(table.Header.Columns).Map!;
        sums.Open(_log!, default(CallContext).Or(_asked), form);
        bool isPlain = source.TryRead(first) && !IsOfFormat(table, first);
        return isPlain ? ReadChunks(source, first, line, sums, Odd) : Odd(source.ReadOn(first), line).Records;

        OddLines Odd(Stream part, long at) => ReadRows(table.Rows(part, at), table, map, fault: null);
    }

    /// <summary>Whether one of the formats knows the rows of a table: by its columns.</summary>
    private bool IsOfFormat(TableFile table, LineChunk first)
    {
        if (_map is not null || IsUsage)
        {
            return false;
        }

        using MemoryStream part = new(first.Buffer, 0, first.Length, writable: false);
        foreach (RawRecord row in table.Rows(part, line: 1).All().Take(1))
        {
            if (row.Fault is not null)
            {
                return true; // who reads it says so
            }

            using JsonDocument document = JsonDocument.Parse(row.Json);
            ulong found = _marks.Find(document.RootElement);
            return Enumerable.Range(0, _formats.Length).Any(
                format => FormatMarks.IsAmong(found, format) && _formats[format].Open().Read(document.RootElement) is not null);
        }

        return false;
    }
}
