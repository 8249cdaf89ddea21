using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LlmCostModel.Logs;

/// <summary>Reads the records of logs: usage records, providers' responses and batch files, agents' sessions, spans, and what else a
/// format is known for. What each record is, is found out.</summary>
/// <remarks>Records are numbered over all logs that one reader reads. Not thread-safe: one log after the other.</remarks>
public sealed partial class LogReader
{
    /// <summary>A reason quotes what is wrong; no line of megabytes is read in it, but our own lists of names are, whole.</summary>
    private const int MostOfFault = 600;

    private const string TooDeep = "it is nested deeper than 64 levels.";

    private readonly LogFormat[] _formats;
    private readonly LogFormat? _only;
    private readonly ApiFormat _api;
    private readonly string? _model;
    private readonly CallContext _asked;
    private readonly ColumnMap? _map;
    private readonly FormatMarks _marks;
    private readonly bool _keepsText;
    private readonly UsageLine? _usageLines;
    private readonly DocumentLines _lines = new();
    private readonly HashSet<string> _saidOfLog = new(StringComparer.Ordinal);
    private List<(LogFormat Format, LogFormatReader Reader)> _readers = [];
    private string? _log;
    private long? _row; // of a table without lines
    private long _records;

    /// <summary>Makes a reader that finds out what each record is.</summary>
    /// <param name="options">What is known beforehand; <see langword="null"/> for nothing.</param>
    /// <exception cref="ArgumentException">The map names a field that usage records do not have.</exception>
    public LogReader(LogReaderOptions? options = null)
        : this(options ?? new(), only: null)
    {
    }

    private LogReader(LogReaderOptions options, LogFormat? only)
    {
        (_api, _model, _asked, _only) = (options.Api, options.Model, options.Asked, only);
        _keepsText = options.KeepText;
        _map = ColumnMap.Of(options.Map);
        _formats = only is not null ? [only]
            : _api switch
            {
                ApiFormat.Detect => [.. options.Formats],
                ApiFormat.OpenAIRealtime => [.. options.Formats.Where(format => format is RealtimeFormat or ManagedAgentsFormat)],
                _ => [],
            };
        _marks = new(_formats);

        // A format of somebody else's may take usage records before they are known.
        int ofUsage = _map is null ? Array.IndexOf(_formats, LogFormats.UsageRecords) : -1;
        bool isFirst = ofUsage >= 0 && _formats.Take(ofUsage).All(LogFormats.All.Contains);
        _usageLines = isFirst ? new(default(CallContext).Or(_asked), _model) : null;
    }

    /// <summary>Makes a reader of logs whose records are all of one format; another record is a fault.</summary>
    /// <param name="format">The format.</param>
    /// <param name="options">What else is known; <see langword="null"/> for nothing.</param>
    /// <returns>The reader.</returns>
    public static LogReader Of(LogFormat format, LogReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        return new(options ?? new(), format);
    }

    /// <summary>Reads all records of a log, as they are enumerated.</summary>
    /// <param name="log">The log, packed or not. It is disposed of at the end.</param>
    /// <param name="name">What it is called: in records, and when it is refused.</param>
    /// <returns>The records in their order; those whose calls need the whole log come last.</returns>
    /// <exception cref="LogFormatException">The log cannot be read as a whole.</exception>
    public IEnumerable<LogRecord> Read(Stream log, string name)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(name);
        return ReadAll(log, name);
    }

    private IEnumerable<LogRecord> ReadAll(Stream log, string name)
    {
        (_log, _row, _columns) = (name, null, null);
        _readers = [.. _formats.Select(format => (format, _only is null ? format.Open() : format.OpenChosen()))];
        _saidOfLog.Clear();
        _mayHoldHalves = false;
        _unseen = _map is null ? [] : [.. _map.Columns.Keys.Where(ColumnMap.IsCount)];
        Stream stream = log;
        ParquetTable? parquet = log.CanSeek ? ParquetTable.Find(ref stream, name) : null;
        using Stream unpacked = parquet is null ? PackedFiles.Open(log, name, takesParquet: true) : log;
        stream = unpacked;
        if ((parquet ?? ParquetTable.Find(ref stream, name)) is { } rows)
        {
            foreach (LogRecord record in ReadParquet(rows).Concat(Finish()))
            {
                yield return record;
            }

            yield break;
        }

        if (OtlpFile.Find(ref stream, name) is { } messages)
        {
            foreach (LogRecord record in ReadRecords(messages).Concat(Finish()))
            {
                yield return record;
            }

            yield break;
        }

        stream = RecordFile.OpenText(stream, out bool isEventStream);
        if (isEventStream)
        {
            foreach (LogRecord answer in ReadEvents(stream))
            {
                yield return answer;
            }

            yield break;
        }

        IEnumerable<LogRecord> records =
            TableFile.Find(ref stream) is { } table ? ReadTable(table) : ReadText(stream);
        foreach (LogRecord record in records.Concat(Finish()))
        {
            yield return record;
        }
    }

    /// <summary>The calls that could only be read when all records were there.</summary>
    private IEnumerable<LogRecord> Finish()
    {
        if (FindUnseen() is { } fault)
        {
            yield return Rejected(fault, "", line: 0);
        }

        foreach ((LogFormat format, LogFormatReader reader) in _readers)
        {
            foreach (LogEntry entry in reader.Finish().Where(IsNews))
            {
                yield return Record(entry, format.Name, entry.Record, entry.Line);
            }
        }
    }

    /// <summary>Reads a record, or an array of them: each of its elements is one, unless all are the pieces of one answer.</summary>
    private IEnumerable<LogRecord> ReadJson(RawRecord raw)
    {
        ReadOnlyMemory<byte> written = Utf8.IsValid(raw.Json.Span) ? raw.Json : Encoding.UTF8.GetBytes(raw.Text);
        ReadOnlyMemory<byte> json = HalfCharacters.Replace(written);
        JsonDocument document;
        LogRecord? rejected = null;
        try
        {
            document = JsonDocument.Parse(json);
            Begin(json, raw.Line, written);
        }
        catch (JsonException exception)
        {
            document = JsonDocument.Parse("null");
            string fault = IsTooDeep(json) ? TooDeep : JsonFaultText.Of(exception);
            rejected = Rejected($"The record is not valid JSON: {fault}", raw.Text, raw.Line);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            IEnumerable<LogRecord> records =
                rejected is not null ? [rejected]
                : root.ValueKind != JsonValueKind.Array ? ReadElement(root)
                : _only is null && AnswerPieces.AreIn(root) ? ReadPieces(root)
                : root.EnumerateArray().SelectMany(ReadElement);
            foreach (LogRecord record in records)
            {
                yield return record;
            }
        }
    }

    /// <summary>The records of one JSON value; <see langword="null"/> when no format knows it.</summary>
    private IEnumerable<LogRecord>? ReadKnown(JsonElement element, ColumnMap? map)
    {
        if (map?.Read(element) is { } mapped)
        {
            IsMapUsed |= _map is not null;
            return [Record(mapped, LogFormats.UsageRecords.Name, element)];
        }

        ulong found = _marks.Find(element);
        for (int i = 0; i < _readers.Count; i++)
        {
            (LogFormat format, LogFormatReader reader) = _readers[i];
            if (FormatMarks.IsAmong(found, i) && reader.Read(element) is { } entries)
            {
                return entries.Where(IsNews).Select(entry => Record(entry, format.Name, entry.Record ?? element));
            }
        }

        return null;
    }

    /// <summary>Whether an entry is not said already: what is of the log as a whole is said once.</summary>
    private bool IsNews(LogEntry entry) => !entry.IsOfLog || _saidOfLog.Add(entry.Fault!);

    /// <summary>Reads a stream of server-sent events; each of the answers in it is one record.</summary>
    private IEnumerable<LogRecord> ReadEvents(Stream stream) => _only is not null
        ? [Rejected($"The input is a stream of server-sent events, not {_only.Description}. Leave the format out.", "", line: 1)]
        : new AnswerStream(_api).ReadEvents(stream).Select(answer => OfAnswer((answer.Reading, answer.Fault), null, answer.Line));

    private IEnumerable<LogRecord> ReadPieces(JsonElement pieces) =>
        new AnswerStream(_api).ReadPieces(pieces).Select(answer =>
            OfAnswer(answer, answer.Fault is null ? null : pieces, _lines.Of(pieces)));

    private LogRecord OfAnswer((UsageReading Reading, string? Fault) answer, JsonElement? record, long line) => Record(
        answer.Fault is { } fault ? LogEntry.Unreadable(fault) : LogEntry.Of(new ModelCall { Reading = answer.Reading }),
        LogRecord.ResponseFormat,
        record,
        line);

    private LogRecord Record(LogEntry entry, string format, JsonElement record) => Record(entry, format, record, _lines.Of(record));

    private LogRecord Record(LogEntry entry, string format, JsonElement? record, long? line)
    {
        entry = _columns is null ? entry : RowWords.Of(entry, _columns, _rowMap, _model);
        entry = _mayHoldHalves ? WithoutHalves(entry, record) : entry;
        if (entry.Call is not { } call)
        {
            return Rejected(entry.Fault ?? "", TextOf(record), line, record is { } faulty ? IdOf(faulty) : null)
                with
            { Format = format };
        }

        CallContext asked = call.Asked.Or(_asked);
        return new()
        {
            Number = ++_records,
            Log = _log,
            Line = LineOrNone(line),
            Row = _row,
            Format = format,
            Call = call with { RequestedModel = call.RequestedModel ?? (entry.HasOwnModel ? null : _model), Asked = asked },
            Tags = entry.Tags,
            Hints = record is { } stated && call.Reading.Status != UsageStatus.NotBilled
                ? [.. entry.Hints, .. Exchange.Hints(stated, asked)]
                : entry.Hints,
            Created = entry.Created,
            Key = entry.Key,
            Text = _keepsText ? TextOf(record) : "",
        };
    }

    private LogRecord Rejected(string reason, string text, long? line, string? id = null) => new()
    {
        Number = ++_records,
        Log = _log,
        Line = LineOrNone(line),
        Row = _row,
        Fault = VisibleText.Short(line is null or 0 ? reason : WithoutFirstLine(reason), MostOfFault),
        Id = id?.Replace(HalfCharacters.Mark, '\uFFFD'),
        Text = text,
    };

    /// <summary>A place within the record has no line of its own where the record's is known.</summary>
    private static string WithoutFirstLine(string reason) => reason.Replace("(line 1, byte ", "(byte ", StringComparison.Ordinal);

    /// <summary>What is in a file that is no text stands on no line.</summary>
    private static long? LineOrNone(long? line) => line == 0 ? null : line;

    /// <summary>Whether a record is valid as far as it was read when it was too deep: 64 levels are the default of the JSON reader, here
    /// and in the library.</summary>
    private static bool IsTooDeep(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument deeper = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000_000 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The id that a record states, so that it can be found where it cannot be read.</summary>
    internal static string? IdOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (root.TryGetProperty("id", out JsonElement id) || root.TryGetProperty("custom_id", out id))
        && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? id.ToString()
            : null;
}
