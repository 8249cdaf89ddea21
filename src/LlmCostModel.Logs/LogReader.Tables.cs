using System.Text.Json;

namespace LlmCostModel.Logs;

// Rows of tables: each is a record like any other, but what nobody knows is the table, and said once.
public sealed partial class LogReader
{
    private IEnumerable<LogRecord> ReadTable(TableFile table)
    {
        ColumnMap? found = null;
        string? fault = _map is not null ? _map.FindMissing(table.Columns)
            : IsUsage || (_only is null && _api == ApiFormat.Detect) ? ColumnMap.Find(table.Columns, out found)
            : null;
        foreach (RawRecord row in table.Rows())
        {
            if (row.Fault is not null)
            {
                yield return Rejected(row.Fault, row.Text, row.Line);
                continue;
            }

            using JsonDocument document = JsonDocument.Parse(row.Json);
            Begin(row.Json, row.Line);
            if (ReadRow(document.RootElement, found, isMapped: fault is null) is not { } records)
            {
                yield return Rejected(TableFault.Of(table.Columns, _only?.Description, fault), "", row.Line);
                yield break;
            }

            foreach (LogRecord record in records)
            {
                yield return record;
            }
        }
    }

    /// <summary>Whether all records are said to be usage records; a row is one when its columns are found or mapped.</summary>
    private bool IsUsage => _only is UsageRecordFormat;

    private IEnumerable<LogRecord>? ReadRow(JsonElement row, ColumnMap? found, bool isMapped) =>
        _map is not null ? (isMapped ? ReadKnown(row, _map) : null)
        : (IsUsage ? null : ReadKnown(row, map: null))
            ?? (found?.Read(row) is { } entry ? [Record(entry, LogFormats.UsageRecords.Name, row)] : null);
}
