namespace LlmCostModel.Logs;

// Records as they come: usage records mostly, which are read without a document.
public sealed partial class LogReader
{
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
}
