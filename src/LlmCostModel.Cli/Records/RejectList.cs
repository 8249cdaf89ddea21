using System.Globalization;
using System.Text.RegularExpressions;
using LlmCostModel.Cli.Output;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Records;

/// <summary>Tells what was rejected: the first of every kind a line each, the rest as a number. A file, where one is written, has
/// all.</summary>
internal sealed partial class RejectList(CommandHost host, OutputFile? file, bool mayWrite = true) : IDisposable
{
    /// <summary>How many records of a kind are listed one by one.</summary>
    internal const int Shown = 10;

    /// <summary>How many kinds are listed at all.</summary>
    internal const int MostKinds = 20;

    private readonly Dictionary<string, (string Example, int Count)> _kinds = new(StringComparer.Ordinal);
    private int _others;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a rejected record.</summary>
    /// <param name="record">The record; without a number where a log could not be opened.</param>
    /// <param name="isSaid">Whether it is said elsewhere.</param>
    public void Add(LogRecord record, bool isSaid)
    {
        Count++;
        string reason = RecordPlace.ReasonOf(record);
        file?.Write(JsonText.Write(
            writer =>
            {
                writer.WriteStartObject();
                writer.WritePlace(record);
                writer.WriteString("reason", reason);
                writer.WriteString("text", record.Text);
                writer.WriteEndObject();
            },
            indented: false));
        if (!isSaid)
        {
            Tell($"{RecordPlace.Of(record)}: {reason}", Varying().Replace(reason, "…"));
        }
    }

    /// <summary>Tells how many were not told, and puts the file in its place.</summary>
    public void Finish()
    {
        foreach ((string example, int count) in _kinds.Values.Where(kind => kind.Count > Shown))
        {
            More(count - Shown, $"like the one of {example}");
        }

        if (_others > 0)
        {
            More(_others, "of other kinds");
        }

        file?.Finish();
    }

    public void Dispose() => file?.Dispose();

    private void Tell(string line, string kind)
    {
        if (!_kinds.TryGetValue(kind, out (string Example, int Count) told))
        {
            if (_kinds.Count == MostKinds)
            {
                _others++;
                return;
            }

            told = (line, 0);
        }

        _kinds[kind] = told with { Count = told.Count + 1 };
        if (told.Count < Shown)
        {
            host.Tell(line);
        }
    }

    private void More(int count, string which) => host.Tell(string.Create(
        CultureInfo.InvariantCulture,
        $"and {count:#,##0} more {which}{(file is null && mayWrite ? " (--rejects FILE writes all)" : "")}"));

    /// <summary>What differs between sentences that say the same: numbers, and what is quoted.</summary>
    [GeneratedRegex("""[0-9]+|"[^"]*"|'[^']*'""")]
    private static partial Regex Varying();
}
