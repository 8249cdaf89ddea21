using System.Text.Json;

namespace LlmCostModel.Logs;

// Rows of tables: each is a record like any other, but what nobody knows is the table, and said once.
public sealed partial class LogReader
{
    /// <summary>Gets whether <see cref="LogReaderOptions.Map"/> said something of a record that was read: of a table, or of JSON that has
    /// what it names.</summary>
    public bool IsMapUsed { get; private set; }

    private IReadOnlyList<string>? _columns; // of the table whose row is read
    private ColumnMap? _rowMap;

    private IEnumerable<LogRecord> ReadTable(TableFile table)
    {
        (ColumnMap? map, string? fault) = FindMap(table.Header.Columns);
        return _sums is { } sums && map is not null && FindForm(table, map) is { } form && table.WithoutHeader() is var (rows, line)
            ? ReadPlainRows(table, map, sums, form, rows, line)
            : ReadRows(table.Rows(), table, map, fault).Records;
    }

    /// <summary>Whether all records are said to be usage records; a row is one when its columns are found or mapped.</summary>
    private bool IsUsage => _only is UsageRecordFormat;

    /// <summary>Which column is which field, and what is not clear about it.</summary>
    private (ColumnMap? Map, string? Fault) FindMap(IReadOnlyList<string> columns)
    {
        (ColumnMap? map, string? fault) = (_map, _map?.FindMissing(columns));
        if (fault is null && (_map is null ? IsUsage || (_only is null && _api == ApiFormat.Detect) : _map.IsAddition))
        {
            fault = ColumnMap.Find(columns, out map);
            map = _map is not null ? map?.With(_map) : map;
        }

        fault ??= map?.FindRepeated(columns);
        IsMapUsed |= _map is not null; // or it says why not
        return (fault is null ? map : null, fault);
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

                if (ReadRow(row, table.Header.Columns, map) is not { } records)
                {
                    isOver = true;
                    yield return Rejected(TableFault.Of(table.Header.Columns, _only?.Description, "CSV", fault), "", row.Line);
                    yield break;
                }

                foreach (LogRecord record in records)
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>Reads a row; <see langword="null"/> when nobody knows it.</summary>
    private List<LogRecord>? ReadRow(RawRecord row, IReadOnlyList<string> columns, ColumnMap? map)
    {
        (_columns, _rowMap) = (columns, _map is not null ? map : null);
        using JsonDocument document = JsonDocument.Parse(row.Json);
        Begin(row.Json, row.Line, row.Json);
        JsonElement element = document.RootElement;
        IEnumerable<LogRecord>? records = _map is not null ? (map is not null ? ReadKnown(element, map) : null)
            : (IsUsage ? null : ReadKnown(element, map: null))
                ?? (map?.Read(element) is { } entry ? [OfMap(entry)] : null);
        List<LogRecord>? read = records?.ToList();
        _columns = null; // what formats say at the end is of the log
        return read;

        LogRecord OfMap(LogEntry entry)
        {
            _rowMap = map;
            return Record(entry, LogFormats.UsageRecords.Name, element);
        }
    }

    /// <summary>Whether rows may be what the map says, and nothing that a format of somebody else knows.</summary>
    private bool MayBeMapped => _map is not null || IsUsage || _formats.All(LogFormats.All.Contains);

    /// <summary>How the rows of a table are written that can be added up in chunks.</summary>
    private Func<PlainLine>? FindForm(TableFile table, ColumnMap map)
    {
        CallContext asked = default(CallContext).Or(_asked);
        return MayBeMapped && CsvColumns.Find(table.Header.Columns, map) is { } columns
            ? () => new CsvLine(table, columns, map, asked)
            : null;
    }

    private IEnumerable<LogRecord> ReadPlainRows(
        TableFile table, ColumnMap map, PlainLineSums sums, Func<PlainLine> form, Stream rows, long line)
    {
        LineSource source = new(rows, sums.ChunkBytes, InputLimits.Default.LongAt, isQuoted: true, sums.ShouldStop);
        LineChunk first = new();
        sums.Open(_log!, default(CallContext).Or(_asked), form);
        bool isPlain = source.TryRead(first) && !IsOfFormat(table, first);
        return isPlain ? ReadChunks(source, first, line, sums, Odd) : Odd(source.ReadOn(first), line).Records;

        OddLines Odd(Stream part, long at) => ReadRows(table.Rows(part, at), table, map, fault: null);
    }

    private bool IsOfFormat(TableFile table, LineChunk first)
    {
        using MemoryStream part = new(first.Buffer, 0, first.Length, writable: false);
        foreach (RawRecord row in table.Rows(part, line: 1).All().Take(1))
        {
            return row.Fault is not null || IsOfFormat(row.Json); // who reads it says what is wrong
        }

        return false;
    }

    /// <summary>Whether one of the formats knows a row of a table, and so all: by its columns.</summary>
    private bool IsOfFormat(ReadOnlyMemory<byte> row)
    {
        if (_map is not null || IsUsage)
        {
            return false;
        }

        using JsonDocument document = JsonDocument.Parse(row);
        ulong found = _marks.Find(document.RootElement);
        return Enumerable.Range(0, _formats.Length).Any(
            format => FormatMarks.IsAmong(found, format) && _formats[format].Open().Read(document.RootElement) is not null);
    }
}
