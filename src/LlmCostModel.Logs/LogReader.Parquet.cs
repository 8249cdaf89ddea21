namespace LlmCostModel.Logs;

// Rows of Parquet: read as those of CSV are, and counted by their numbers.
public sealed partial class LogReader
{
    private IEnumerable<LogRecord> ReadParquet(ParquetTable table)
    {
        (ColumnMap? map, string? fault) = FindMap(table.Names);
        if (fault is null && map is not null && FindNotRead(table, map) is { } column)
        {
            yield return Rejected($"The column '{column.Name}' is {column.NotRead}, which is not read.", "", line: 0);
            yield break;
        }

        int[] all = [.. Enumerable.Range(0, table.Columns.Count)];
        RowReader? reader = _sums is { } sums && fault is null && map is not null && IsOnlyMapped(table, map)
            ? sums.Open(_log!, table, map, default(CallContext).Or(_asked))
            : null;
        foreach (ParquetRows rows in table.Groups())
        {
            long counted = _sums?.Records ?? 0;
            foreach (int row in reader is null ? Enumerable.Range(0, rows.Count) : _sums!.Add(reader, rows))
            {
                _records += (_sums?.Records ?? 0) - counted;
                counted = _sums?.Records ?? 0;
                _row = rows.NumberOf(row);
                if (ReadRow(new RawRecord(rows.ToJson(row, all), 0), table.Names, map) is not { } records)
                {
                    yield return Rejected(TableFault.Of(table.Names, _only?.Description, "Parquet", fault), "", line: 0);
                    yield break;
                }

                foreach (LogRecord record in records)
                {
                    yield return record;
                }
            }

            _records += (_sums?.Records ?? 0) - counted;
            if (_sums?.ShouldStop?.Invoke() == true)
            {
                yield break;
            }
        }

        _row = null;
    }

    /// <summary>Whether rows are what the map says, and nothing that another format knows: that is seen from the names of the columns,
    /// and from a row.</summary>
    private bool IsOnlyMapped(ParquetTable table, ColumnMap map)
    {
        if (!MayBeMapped || table.Groups().FirstOrDefault(rows => rows.Count > 0) is not { } first)
        {
            return false;
        }

        // Columns that are not needed to add up are not read for this.
        string[] mapped = [.. map.Columns.Where(field => !ColumnMap.IsCount(field.Key)).Select(field => field.Value)];
        int[] read = [.. Enumerable.Range(0, table.Columns.Count).Where(column => !mapped.Contains(table.Names[column]))];
        return !IsOfFormat(first.ToJson(0, read, mapped));
    }

    /// <summary>A column that is needed and cannot be read.</summary>
    private static ParquetColumn? FindNotRead(ParquetTable table, ColumnMap map) =>
        table.Columns.FirstOrDefault(column => column.NotRead is not null && map.Columns.Values.Contains(column.Name));
}
