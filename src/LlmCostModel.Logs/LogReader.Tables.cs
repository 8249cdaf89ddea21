using System.Text.Json;

namespace LlmCostModel.Logs;

// Rows of tables: each is a record like any other, but what nobody knows is the table, and said once.
public sealed partial class LogReader
{
    private IEnumerable<LogRecord> ReadTable(TableFile table)
    {
        string? fault = FindMap(table.Columns, out ColumnMap? found);
        foreach (RawRecord row in table.Rows())
        {
            if (row.Fault is not null)
            {
                yield return Rejected(row.Fault, row.Text, row.Line);
                continue;
            }

            if (ReadRow(row, found, isMapped: fault is null) is not { } records)
            {
                yield return Rejected(TableFault.Of(table.Columns, _only?.Description, "CSV", fault), "", row.Line);
                yield break;
            }

            foreach (LogRecord record in records)
            {
                yield return record;
            }
        }
    }

    /// <summary>Finds out which column is which, unless that is said.</summary>
    /// <returns>Why it is not known; <see langword="null"/> when it is, or nobody asks.</returns>
    private string? FindMap(IReadOnlyList<string> columns, out ColumnMap? found)
    {
        found = null;
        return _map is not null ? _map.FindMissing(columns)
            : IsUsage || (_only is null && _api == ApiFormat.Detect) ? ColumnMap.Find(columns, out found)
            : null;
    }

    /// <summary>Whether all records are said to be usage records; a row is one when its columns are found or mapped.</summary>
    private bool IsUsage => _only is UsageRecordFormat;

    /// <summary>Reads a row; <see langword="null"/> when nobody knows it.</summary>
    private List<LogRecord>? ReadRow(RawRecord row, ColumnMap? found, bool isMapped)
    {
        using JsonDocument document = JsonDocument.Parse(row.Json);
        Begin(row.Json, row.Line);
        JsonElement element = document.RootElement;
        IEnumerable<LogRecord>? records = _map is not null ? (isMapped ? ReadKnown(element, _map) : null)
            : (IsUsage ? null : ReadKnown(element, map: null))
                ?? (found?.Read(element) is { } entry ? [Record(entry, LogFormats.UsageRecords.Name, element)] : null);
        return records?.ToList();
    }
}
