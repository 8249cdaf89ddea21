using System.Globalization;
using System.Text.Json;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Where a record stands, in words and as JSON.</summary>
internal static class RecordPlace
{
    /// <summary>Such as <c>b.jsonl:3 (id call-7)</c>, as editors and compilers write it; where there are no lines
    /// <c>b.parquet: row 3</c>, and of standard input the number of the record.</summary>
    public static string Of(LogRecord record)
    {
        string log = record.Log is null or InputFile.Standard ? "" : record.Log;
        string number = record.Row is { } row
            ? string.Create(CultureInfo.InvariantCulture, $"row {row}")
            : string.Create(CultureInfo.InvariantCulture, $"record {record.Number}");
        string place =
            log.Length == 0 ? number
            : record.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{log}:{line}")
            : record.Number == 0 ? log
            : $"{log}: {number}";
        return VisibleText.OneLine(record.Id is null ? place : $"{place} (id {VisibleText.Short(record.Id, 200)})");
    }

    /// <summary>Why a record is rejected, in words of the command.</summary>
    public static string ReasonOf(LogRecord record) => CommandWords.Of(record.Fault!);

    /// <summary>Writes number, file, line and id; what is not known is null. The row is there where there are no lines.</summary>
    public static void WritePlace(this Utf8JsonWriter writer, LogRecord record, string? id = null)
    {
        if (record.Number == 0)
        {
            writer.WriteNull("record");
        }
        else
        {
            writer.WriteNumber("record", record.Number);
        }

        writer.WriteString("file", record.Log);
        if (record.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }
        else
        {
            writer.WriteNull("line");
        }

        if (record.Row is { } row)
        {
            writer.WriteNumber("row", row);
        }

        writer.WriteString("id", id ?? record.Id);
    }
}
