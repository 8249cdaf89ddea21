using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>The rows of a table, each on one line as most are.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">What its columns are.</param>
/// <param name="map">Which of them is which field.</param>
/// <param name="asked">What is known of every call.</param>
internal sealed class CsvLine(TableFile table, CsvColumns columns, ColumnMap map, CallContext asked) : PlainLine
{
    /// <inheritdoc/>
    public override LineScan Scan { get; } = new CsvScan(columns, table.Header.Delimiter);

    /// <inheritdoc/>
    public override ModelCall? Read(ReadOnlySpan<byte> line, out Dictionary<string, string>? tags)
    {
        tags = null;
        if (!Scan.TryRead(line))
        {
            return null;
        }

        using JsonDocument row = JsonDocument.Parse(table.Rows(new MemoryStream(line.ToArray()), line: 1).All().Single().Json);
        if (map.Read(row.RootElement) is not { Call: { } call, Hints: [], Key: null, Created: null } entry
            || Exchange.Hints(row.RootElement, asked).Length > 0)
        {
            return null;
        }

        tags = entry.Tags.Count == 0 ? null : new(entry.Tags, StringComparer.Ordinal);
        return call with { Asked = call.Asked.Or(asked) };
    }

    /// <summary>Where the row ends: not within quotes.</summary>
    public override int EndOfLine(ReadOnlySpan<byte> text)
    {
        bool isQuoted = false;
        for (int at = 0; at < text.Length;)
        {
            int length = text[at..].IndexOf((byte)'\n');
            if (length < 0)
            {
                return -1;
            }

            isQuoted ^= text.Slice(at, length).Count((byte)'"') % 2 != 0;
            if (!isQuoted)
            {
                return at + length;
            }

            at += length + 1;
        }

        return -1;
    }
}
