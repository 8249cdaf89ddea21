using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Records by themselves, or as the page that an API gives: a list in <c>data</c>.</summary>
internal static class WrappedRecords
{
    private static readonly string[] Lists = ["data", "results", "runs", "observations", "logs", "generations"];

    /// <summary>Reads a record, or the page that holds such.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isOwn">Whether fields are those of the format.</param>
    /// <param name="read">Reads one; <see langword="null"/> when it tells of no call.</param>
    /// <returns>The entries; <see langword="null"/> when the record is of another format.</returns>
    public static IEnumerable<LogEntry>? Read(JsonElement record, Func<RecordFields, bool> isOwn, Func<RecordFields, LogEntry?> read)
    {
        if (RecordFields.Of(record) is not { } fields)
        {
            return null;
        }

        return isOwn(fields) ? Entries([record], read)
            : PageOf(record, isOwn) is { } page ? Entries(page, read)
            : null;
    }

    /// <summary>The records of a page: one in <c>data</c>, or a list all of which are of the format.</summary>
    private static JsonElement[]? PageOf(JsonElement record, Func<RecordFields, bool> isOwn)
    {
        foreach (string name in Lists)
        {
            if (record.TryGetProperty(name, out JsonElement inner))
            {
                JsonElement[] records = inner.ValueKind == JsonValueKind.Array ? [.. inner.EnumerateArray()] : [inner];
                if (records.Length > 0 && records.All(one => RecordFields.Of(one) is { } fields && isOwn(fields)))
                {
                    return records;
                }
            }
        }

        return null;
    }

    private static LogEntry[] Entries(JsonElement[] records, Func<RecordFields, LogEntry?> read) =>
        [.. records.Select(one => LoggedCall.Read(() => read(new(one)))?.In(one)).OfType<LogEntry>()];
}
