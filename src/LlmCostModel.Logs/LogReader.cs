using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads the records of logs: usage records, providers' responses and batch files, agents' sessions, spans, and what else a
/// format is known for. What each record is, is found out.</summary>
/// <remarks>Records are numbered over all logs that one reader reads. Not thread-safe: one log after the other.</remarks>
public sealed partial class LogReader
{
    /// <summary>The name of what no format knows: providers' responses.</summary>
    internal const string ResponseFormat = "response";

    private const string TooDeep = "it is nested deeper than 64 levels.";

    private readonly LogFormat[] _formats;
    private readonly LogFormat? _only;
    private readonly ApiFormat _api;
    private readonly string? _model;
    private readonly CallContext _asked;
    private readonly ColumnMap? _map;
    private readonly FormatMarks _marks;
    private readonly HashSet<string> _saidOfLog = new(StringComparer.Ordinal);
    private List<(LogFormat Format, LogFormatReader Reader)> _readers = [];
    private string? _log;
    private int _records;

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
        _map = ColumnMap.Of(options.Map);
        _formats = only is not null ? [only]
            : _api switch
            {
                ApiFormat.Detect => [.. options.Formats],
                ApiFormat.OpenAIRealtime => [.. options.Formats.Where(format => format is RealtimeFormat or ManagedAgentsFormat)],
                _ => [],
            };
        _marks = new(_formats);
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
        _log = name;
        _readers = [.. _formats.Select(format => (format, _only is null ? format.Open() : format.OpenChosen()))];
        _saidOfLog.Clear();
        using Stream unpacked = RecordFile.Unpacked(log, name, out bool isEventStream);
        Stream stream = unpacked;
        if (isEventStream)
        {
            foreach (LogRecord answer in ReadEvents(stream))
            {
                yield return answer;
            }

            yield break;
        }

        IEnumerable<LogRecord> records = TableFile.Find(ref stream) is { } table ? ReadTable(table)
            : RecordFile.Records(stream).SelectMany(record =>
                record.Fault is null ? ReadText(record.Text) : [Rejected(record.Fault, record.Text)]);
        foreach (LogRecord record in records)
        {
            yield return record;
        }

        foreach ((LogFormat format, LogFormatReader reader) in _readers)
        {
            foreach (LogEntry entry in reader.Finish().Where(IsNews))
            {
                yield return Record(entry, format.Name, entry.Record);
            }
        }
    }

    /// <summary>Reads a record, or an array of them: each of its elements is one, unless all are the pieces of one answer.</summary>
    private IEnumerable<LogRecord> ReadText(string text)
    {
        JsonDocument document;
        LogRecord? rejected = null;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            document = JsonDocument.Parse("null");
            rejected = Rejected($"The record is not valid JSON: {(IsTooDeep(text) ? TooDeep : JsonFaultText.Of(exception))}", text);
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

    /// <summary>The records of one JSON value: as the map says or of the first format that knows it, otherwise of a response.</summary>
    private IEnumerable<LogRecord> ReadElement(JsonElement element) =>
        ReadKnown(element, _map) ?? (_only is not null
            ? [Rejected($"The record is not one of {_only.Description}.", element.GetRawText(), IdOf(element))]
            : [Record(ResponseRecords.Read(element, _api), ResponseFormat, element)]);

    /// <summary>The records of one JSON value; <see langword="null"/> when no format knows it.</summary>
    private IEnumerable<LogRecord>? ReadKnown(JsonElement element, ColumnMap? map)
    {
        if (map?.Read(element) is { } mapped)
        {
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
        ? [Rejected($"The input is a stream of server-sent events, not {_only.Description}. Leave the format out.", "")]
        : new AnswerStream(_api).ReadEvents(stream).Select(answer => OfAnswer(answer, null));

    private IEnumerable<LogRecord> ReadPieces(JsonElement pieces) =>
        new AnswerStream(_api).ReadPieces(pieces).Select(answer => OfAnswer(answer, answer.Fault is null ? null : pieces));

    private LogRecord OfAnswer((UsageReading Reading, string? Fault) answer, JsonElement? record) => Record(
        answer.Fault is { } fault ? LogEntry.Unreadable(fault) : LogEntry.Of(new ModelCall { Reading = answer.Reading }),
        ResponseFormat,
        record);

    private LogRecord Record(LogEntry entry, string format, JsonElement? record)
    {
        if (entry.Call is not { } call)
        {
            return Rejected(entry.Fault ?? "", record?.GetRawText() ?? "", record is { } faulty ? IdOf(faulty) : null)
                with
            { Format = format };
        }

        CallContext asked = call.Asked.Or(_asked);
        return new()
        {
            Number = ++_records,
            Log = _log,
            Format = format,
            Call = call with { RequestedModel = call.RequestedModel ?? (entry.HasOwnModel ? null : _model), Asked = asked },
            Tags = entry.Tags,
            Hints = record is { } line && call.Reading.Status != UsageStatus.NotBilled
                ? [.. entry.Hints, .. Exchange.Hints(line, asked)]
                : entry.Hints,
            Created = entry.Created,
            Key = entry.Key,
            Text = record?.GetRawText() ?? "",
        };
    }

    private LogRecord Rejected(string reason, string text, string? id = null) =>
        new() { Number = ++_records, Log = _log, Fault = reason, Id = id, Text = text };

    /// <summary>Whether a record is valid as far as it was read when it was too deep: 64 levels are the default of the JSON reader, here
    /// and in the library.</summary>
    private static bool IsTooDeep(string text)
    {
        try
        {
            using JsonDocument deeper = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1_000_000 });
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
