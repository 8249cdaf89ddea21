namespace LlmCostModel.Logs;

/// <summary>Says of the rows and columns of a table what readers say of records and their members: who opens the table sees
/// those.</summary>
internal static class RowWords
{
    private const string OfRecord = "The record ";

    /// <summary>An entry of a row, in words of the table.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="map">Which column is which field; <see langword="null"/> where a format knows the table.</param>
    /// <param name="model">The model of calls that name none; <see langword="null"/> when it is not known.</param>
    public static LogEntry Of(LogEntry entry, IReadOnlyList<string> columns, ColumnMap? map, string? model)
    {
        if (entry.Call is not { } call)
        {
            return entry.IsOfLog ? entry : entry.Saying(Of(entry.Fault!, columns));
        }

        if (map is not null && model is null && call is { RequestedModel: null, Reading.Model: null })
        {
            return LogEntry.Unreadable(map.Columns.TryGetValue("model", out string? column)
                ? $"Column {column} of the row is empty: it names no model. Fill it in, or say --model for all such rows."
                : "No column of the table is mapped as the model. Add --map model=NAME, or say --model for all rows.");
        }

        return call.Reading.Reason == LoggedCall.Silent
            ? entry.With(call with { Reading = call.Reading with { Reason = Silent(map) } })
            : entry;
    }

    private static string Silent(ColumnMap? map) => map is null
        ? "The row does not state what the call consumed."
        : $"The row does not state what the call consumed: nothing is in {string.Join(", ", map.Columns
            .Where(field => ColumnMap.IsCount(field.Key)).Select(field => field.Value))}.";

    private static string Of(string fault, IReadOnlyList<string> columns) =>
        columns.Any(column => column.Length > 0 && fault.StartsWith($"{column} ", StringComparison.Ordinal)) ? $"Column {fault}"
        : fault.StartsWith(OfRecord, StringComparison.Ordinal) ? $"The row {fault[OfRecord.Length..]}"
        : fault == LoggedCall.TooMany ? LoggedCall.TooMany.Replace("The counts", "The counts of the row", StringComparison.Ordinal)
        : fault;
}
