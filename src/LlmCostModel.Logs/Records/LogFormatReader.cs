using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads the records of one log, in their order.</summary>
public abstract class LogFormatReader
{
    /// <summary>The line of the log on which the record begins that is being read.</summary>
    internal long Line { get; set; }

    /// <summary>Reads a record.</summary>
    /// <param name="record">A JSON value; of CSV, a row as an object of texts.</param>
    /// <returns>The calls that it tells of, none where it tells of none; <see langword="null"/> when it is not of this format.</returns>
    public abstract IEnumerable<LogEntry>? Read(JsonElement record);

    /// <summary>Ends the log.</summary>
    /// <returns>The calls that could only be read when all records were there; none by default.</returns>
    public virtual IEnumerable<LogEntry> Finish() => [];
}
