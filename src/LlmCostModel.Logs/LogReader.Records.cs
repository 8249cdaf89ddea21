using System.Text.Json;

namespace LlmCostModel.Logs;

// Records as they come: usage records mostly, which are read without a document.
public sealed partial class LogReader
{
    private List<string> _unseen = []; // fields of the map that are counts, and that no record had so far

    private IEnumerable<LogRecord> ReadRecords(IRecordSource source)
    {
        while (source.TryRead(out RawRecord raw))
        {
            if (raw.Fault is not null)
            {
                yield return Rejected(raw.Fault, raw.Text, raw.Line);
                continue;
            }

            if (ReadUsageLine(raw) is { } usage)
            {
                yield return usage;
                continue;
            }

            foreach (LogRecord record in ReadJson(raw))
            {
                yield return record;
            }
        }
    }

    /// <summary>Reads a usage record as most are; <see langword="null"/> when the record is another.</summary>
    private LogRecord? ReadUsageLine(RawRecord raw) => _usageLines?.Read(raw.Json.Span, out Dictionary<string, string>? tags) is { } call
        ? new()
        {
            Number = ++_records,
            Log = _log,
            Line = raw.Line,
            Format = LogFormats.UsageRecords.Name,
            Call = call,
            Tags = EquatableTexts.Of(tags),
            Text = _keepsText ? raw.Text.Trim() : "",
        }
        : null;

    /// <summary>The records of one JSON value: as the map says or of the first format that knows it, otherwise of a response.</summary>
    private IEnumerable<LogRecord> ReadElement(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            _unseen.RemoveAll(field => ColumnMap.Has(element, _map!.Columns[field]));
        }

        return ReadKnown(element, _map) ?? (_only is not null
            ? [Rejected($"The record is not one of {_only.Description}.", TextOf(element), _lines.Of(element), IdOf(element))]
            : [Record(ResponseRecords.Read(element, _api), LogRecord.ResponseFormat, element)]);
    }

    /// <summary>Which counts of the map no record of JSON has, though they have others; <see langword="null"/> when all are there. Of a
    /// table the header says it.</summary>
    private string? FindUnseen()
    {
        int counts = _map is null ? 0 : _map.Columns.Keys.Count(ColumnMap.IsCount);
        return _unseen.Count == 0 || _unseen.Count == counts ? null
            : $"No record has {string.Join(" or ", _unseen.Select(field => $"'{_map!.Columns[field]}', which the map says is {field}"))}. "
                + "Correct the name, or leave it out of the map.";
    }
}
