using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads records of any API: our own usage records and providers' responses, which are told apart where the caller does not
/// say. Records are numbered from 1 over all inputs.</summary>
internal sealed class RecordReader
{
    private const string TooDeep = "it is nested deeper than 64 levels.";

    private readonly bool _isUsage;
    private readonly ApiFormat _api;
    private readonly string? _model;
    private SessionLines _session = new();
    private EventLines _events;
    private int _records;

    private RecordReader(bool isUsage, ApiFormat api, string? model) =>
        (_isUsage, _api, _model, _events) = (isUsage, api, model, new EventLines(model));

    public static RecordReader For(string? apiName, string? model)
    {
        bool isUsage = string.Equals(apiName, "usage", StringComparison.OrdinalIgnoreCase);
        if (apiName is null || isUsage)
        {
            return new(isUsage, ApiFormat.Detect, model);
        }

        return ApiFormatNames.TryParse(apiName, out ApiFormat api)
            ? new(false, api, model)
            : throw new CliException($"'{apiName}' is not an API that can be read. Known: usage, {string.Join(", ", ApiFormatNames.All)}.");
    }

    /// <summary>Reads all records of a log, as they are enumerated.</summary>
    /// <param name="raw">The log, gzip or not.</param>
    /// <param name="name">What it is called when it is refused.</param>
    /// <param name="asked">What the command line says of every call; the record's own values win.</param>
    public IEnumerable<PriceRecord> ReadAll(Stream raw, string name, CallContext asked)
    {
        (_session, _events) = (new(), new(_model)); // a file is a session, or several
        using Stream stream = RecordFile.Unpacked(raw, name, out bool isEventStream);
        if (isEventStream)
        {
            foreach (PriceRecord answer in ReadEvents(stream, asked))
            {
                yield return answer;
            }

            yield break;
        }

        foreach (RecordText record in RecordFile.Records(stream))
        {
            foreach (PriceRecord read in record.Fault is null ? ReadText(record.Text, asked) : [Rejected(record.Fault, record.Text)])
            {
                yield return read;
            }
        }

        foreach (PriceRecord read in _events.Finish().Select(one => OfEvent(one, asked)))
        {
            yield return read;
        }
    }

    /// <summary>Reads a record, or an array of them: each of its elements is one, unless all are the pieces of one answer.</summary>
    private IEnumerable<PriceRecord> ReadText(string text, CallContext asked)
    {
        JsonDocument document;
        PriceRecord? rejected = null;
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
            if (rejected is not null)
            {
                yield return rejected;
            }
            else if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                foreach (PriceRecord record in ReadElement(document.RootElement, asked))
                {
                    yield return record;
                }
            }
            else if (!_isUsage && AnswerPieces.AreIn(document.RootElement))
            {
                foreach (PriceRecord answer in ReadPieces(document.RootElement, asked))
                {
                    yield return answer;
                }
            }
            else
            {
                foreach (PriceRecord record in document.RootElement.EnumerateArray().SelectMany(element => ReadElement(element, asked)))
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>The records of one JSON object: one, but for lines of sessions without a call and exports of many spans.</summary>
    private IEnumerable<PriceRecord> ReadElement(JsonElement root, CallContext asked)
    {
        if (!_isUsage && _api is ApiFormat.Detect or ApiFormat.OpenAIRealtime && _events.Read(root) is { } events)
        {
            return [.. events.Select(one => OfEvent(one, asked))];
        }

        if (_isUsage || _api != ApiFormat.Detect)
        {
            return [Read(root, in asked)];
        }

        if (SpanReader.IsExport(root))
        {
            return SpanReader.Read(root).Select(span => span.Call is { } call
                ? new PriceRecord { Number = ++_records, Call = call with { Asked = call.Asked.Or(asked) }, Tags = span.Tags }
                : Rejected(span.Fault!, root.GetRawText()));
        }

        if (InlinedResponses.Read(root) is { } answers)
        {
            return answers.SelectMany(answer => ReadText(answer, asked));
        }

        return _session.Read(root) is not { } line ? [Read(root, in asked)]
            : line.Body is null ? []
            : [ReadBody(line, root, in asked)];
    }

    private PriceRecord OfEvent((ModelCall? Call, string? Fault, JsonElement Line) one, CallContext asked) => one.Call is { } call
        ? new() { Number = ++_records, Call = call with { Asked = asked }, Raw = one.Line.GetRawText(), Tags = RecordTags.Of(one.Line) }
        : Rejected(one.Fault!, one.Line.GetRawText(), IdOf(one.Line));

    private PriceRecord ReadBody(SessionLine session, JsonElement line, in CallContext asked)
    {
        try
        {
            ModelCall call = ModelCall.FromResponse(session.Body) with { At = session.At };
            UsageReading reading = session.Doubt is { } doubt
                ? call.Reading with { Status = UsageStatus.Partial, Reason = doubt }
                : call.Reading;
            return Record(call with { Reading = reading }, in asked) with { Raw = line.GetRawText() };
        }
        catch (UsageFormatException exception)
        {
            return Rejected(exception.Message, line.GetRawText());
        }
    }

    private PriceRecord Read(JsonElement root, in CallContext asked)
    {
        if (_isUsage || (_api == ApiFormat.Detect && UsageRecordReader.IsUsageRecord(root)))
        {
            return UsageRecordReader.Read(root, ++_records, in asked);
        }

        string? id = IdOf(root);
        try
        {
            if (_api == ApiFormat.Detect && CallRecordReader.Read(root) is { } own)
            {
                return new()
                {
                    Number = ++_records,
                    Raw = root.GetRawText(),
                    Tags = own.Tags,
                    Call = own.Call with { RequestedModel = own.Call.RequestedModel ?? _model, Asked = own.Call.Asked.Or(asked) },
                };
            }

            Exchange exchange = Exchange.Find(root);
            PriceRecord record = Record(exchange.Read(root, _api), in asked);
            return record with
            {
                Call = exchange.Complete(record.Call!),
                Raw = root.GetRawText(),
                Hints = record.Call!.Reading.Status == UsageStatus.NotBilled ? [] : Exchange.Hints(root, asked),
                Tags = RecordTags.Of(root),
                Created = RecordTags.CreatedOf(root),
            };
        }
        catch (UsageFormatException exception)
            when (_api == ApiFormat.Detect && exception.Kind == UsageFaultKind.NotRecognized && UsageRecordReader.LooksLikeOne(root)
                && Exchange.Find(root) == default)
        {
            // Neither: what is missing for a usage record helps most.
            PriceRecord record = UsageRecordReader.Read(root, ++_records, in asked);
            return record.Rejection is null
                ? record
                : record with { Rejection = $"{exception.Message} As a usage record: {record.Rejection}" };
        }
        catch (FormatException exception)
        {
            return Rejected(exception.Message, root.GetRawText(), id);
        }
    }

    /// <summary>Reads a stream of server-sent events; each of the answers in it is one record.</summary>
    private IEnumerable<PriceRecord> ReadEvents(Stream stream, CallContext asked) => _isUsage
        ? [Rejected("The input is a stream of server-sent events, not usage records. Leave --api out or name its provider.", "")]
        : new AnswerStream(_api).ReadEvents(stream).Select(answer => OfAnswer(answer, "", asked));

    private IEnumerable<PriceRecord> ReadPieces(JsonElement pieces, CallContext asked) =>
        new AnswerStream(_api).ReadPieces(pieces)
            .Select(answer => OfAnswer(answer, answer.Fault is null ? "" : pieces.GetRawText(), asked));

    private PriceRecord OfAnswer((UsageReading Reading, string? Fault) answer, string raw, CallContext asked) =>
        answer.Fault is { } fault ? Rejected(fault, raw) : Record(new ModelCall { Reading = answer.Reading }, in asked);

    private PriceRecord Rejected(string reason, string raw, string? id = null) =>
        new() { Number = ++_records, Raw = raw, Rejection = reason, Id = id };

    private PriceRecord Record(ModelCall call, in CallContext asked) =>
        new() { Number = ++_records, Call = call with { RequestedModel = _model, Asked = asked } };

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
