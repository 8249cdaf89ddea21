using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <content>Texts. Known ones become constants, so that reading them allocates nothing.</content>
internal ref partial struct FieldExtractor
{
    private void ReadText(ApiField field, ref RawUsage raw)
    {
        if (field.Kind == FieldKind.Created)
        {
            // What is logged around a response has a time of its own; that of the response itself counts.
            if ((raw.At is null || _depth > _atDepth) && ReadInstant() is { } at)
            {
                (raw.At, _atDepth) = (at, _depth);
            }
        }
        else if (field.Kind == FieldKind.Done)
        {
            raw.Marks |= _json.TokenType switch
            {
                JsonTokenType.True => ApiEvidence.Finished,
                JsonTokenType.False => ApiEvidence.Content,
                _ => ApiEvidence.None,
            };
        }
        else if (field.Kind == FieldKind.Traffic && _json.TokenType == JsonTokenType.Number)
        {
            // Vertex also writes the numbers of its enumeration: 0 unspecified, 1 on demand, 2 provisioned throughput.
            raw.Tier ??=
                _json.ValueSpan.SequenceEqual("2"u8) ? ServiceTiers.Provisioned
                : _json.ValueSpan.SequenceEqual("1"u8) ? ServiceTiers.Standard
                : null;
        }
        else if (field.Kind == FieldKind.Answer)
        {
            raw.Marks |= IsSomething() ? ApiEvidence.Answer : ApiEvidence.None;
        }
        else if (_json.TokenType == JsonTokenType.String || field.Kind == FieldKind.ErrorCode)
        {
            ReadString(field.Kind, ref raw);
        }
    }

    private void ReadString(FieldKind kind, ref RawUsage raw)
    {
        switch (kind)
        {
            case FieldKind.ResponseId when _depth >= _idDepth:
                // The id of a wrapper (a batch line, an event) is not that of the response inside.
                _idDepth = _depth;
                raw.Identity = raw.Identity with { ResponseId = ReadId() };
                break;
            case FieldKind.RequestId:
                raw.Identity = raw.Identity with { RequestId = ReadId() };
                break;
            case FieldKind.BatchItemId:
                raw.Identity = raw.Identity with { BatchItemId = ReadId() };
                break;
            case FieldKind.Model:
                raw.Model = _json.ValueSpan.Length == 0 ? raw.Model : _json.GetString();
                break;
            case FieldKind.Tier or FieldKind.Traffic:
                raw.Tier = ReadTier() ?? raw.Tier;
                break;
            case FieldKind.TimeToLive:
                ReadTimeToLive(ref raw);
                break;
            case FieldKind.Speed:
                raw.Speed =
                    Is("fast"u8) ? ServiceTiers.Fast
                    : Is("standard"u8) || Is("normal"u8) ? ServiceTiers.Standard
                    : Is(""u8) ? null
                    : _json.GetString();
                break;
            case FieldKind.Region:
                raw.Region = Is("us"u8) ? "us" : Is("global"u8) ? "global" : Is("not_available"u8) || Is(""u8) ? null : _json.GetString();
                break;
            case FieldKind.Type:
                raw.Marks |= MarksOfType();
                raw.Failure = Is("errored"u8) ? "errored" : Is("expired"u8) ? "expired" : Is("canceled"u8) ? "canceled" : raw.Failure;
                break;
            case FieldKind.ObjectType:
                raw.Marks |= MarksOfObject();
                break;
            case FieldKind.UsageType:
                raw.Marks |= Is("tokens"u8) || Is("duration"u8) ? ApiEvidence.Transcription : ApiEvidence.None;
                break;
            case FieldKind.Finish:
                // A request that was declined has no answer.
                raw.Marks |= _json.ValueSpan.Length == 0 ? ApiEvidence.None
                    : Is("refusal"u8) ? ApiEvidence.Finished | ApiEvidence.Refused
                    : Is("content_filter"u8) ? ApiEvidence.Finished
                    : ApiEvidence.Finished | ApiEvidence.Answer;
                break;
            case FieldKind.MessageKind:
                raw.Marks |= Is("response"u8) ? ApiEvidence.PydanticAI : ApiEvidence.None;
                break;
            case FieldKind.Status:
                ReadStatus(ref raw);
                break;
            case FieldKind.BatchKey:
                raw.Marks |= ApiEvidence.Key;
                raw.BatchKey = ReadId();
                break;
            case FieldKind.ErrorCode:
                raw.ErrorCode ??= _json.TokenType is JsonTokenType.String or JsonTokenType.Number && !Is("error"u8) ? Word() : null;
                break;
            case FieldKind.ItemType:
                _itemType = _json.ValueSpan;
                break;
            case FieldKind.ItemName:
                _itemName = _json.ValueSpan;
                break;
            case FieldKind.ItemModel:
                raw.ItemModel ??= _json.ValueSpan.Length == 0 ? null : _json.GetString();
                break;
            case FieldKind.ActionType:
                _action = _json.ValueSpan;
                break;
            case FieldKind.AnswerText:
                raw.Marks |= _json.ValueSpan.Length > 0 ? ApiEvidence.AnswerText : ApiEvidence.None;
                break;
            case FieldKind.ItemStatus:
                _isFailed |= Is("failed"u8);
                break;
            case FieldKind.ResultType:
                _isFailed |= _json.ValueSpan.EndsWith("_error"u8);
                break;
            case FieldKind.IterationType:
                _iteration =
                    Is("message"u8) ? IterationKind.Message
                    : Is("compaction"u8) ? IterationKind.Compaction
                    : Is("advisor_message"u8) ? IterationKind.Advisor
                    : Is("fallback_message"u8) ? IterationKind.Fallback
                    : IterationKind.Unknown;
                break;
            case FieldKind.Quality:
                raw.Attributes = raw.Attributes with { Quality = _json.GetString() };
                break;
            case FieldKind.Size:
                raw.Attributes = raw.Attributes with { Size = _json.GetString() };
                break;
            case FieldKind.SearchContextSize:
                raw.Attributes = raw.Attributes with { SearchContextSize = _json.GetString() };
                break;
            case FieldKind.SearchType:
                raw.Attributes = raw.Attributes with { SearchType = _json.GetString() };
                break;
            case FieldKind.ToolType:
                ReadToolType(ref raw);
                break;
            case FieldKind.Task:
                raw.Marks |= Is("transcribe"u8) || Is("translate"u8) ? ApiEvidence.Transcript : ApiEvidence.None;
                break;
            case FieldKind.MissReason:
                raw.MissReason = _json.GetString();
                break;
            case FieldKind.CreditType:
                raw.Marks |= Is("redeemed"u8) ? ApiEvidence.CreditRedeemed : ApiEvidence.None;
                break;
            case FieldKind.TranscriptionModel:
                raw.TranscriptionModel = _json.GetString();
                break;
            case FieldKind.Latency:
                raw.Attributes = raw.Attributes with { Latency = Is("standard"u8) ? ServiceTiers.Standard : _json.GetString() };
                break;
        }
    }

    /// <summary>Which of OpenAI's search tools the call had: they have prices of their own. Their names may end in a date.</summary>
    private readonly void ReadToolType(ref RawUsage raw)
    {
        if (_json.ValueIsEscaped || !_json.ValueSpan.StartsWith("web_search"u8))
        {
            return;
        }

        ReadOnlySpan<byte> rest = _json.ValueSpan["web_search".Length..];
        string? tool =
            rest.IsEmpty || rest.StartsWith("_2025_"u8) ? "web_search"
            : rest.StartsWith("_preview"u8) ? "web_search_preview"
            : null;
        raw.Attributes = tool is null ? raw.Attributes : raw.Attributes with { WebSearchTool = tool };
    }

    /// <summary>An id; <see langword="null"/> when it is empty or too long to be one.</summary>
    private readonly string? ReadId()
    {
        const int Longest = 256;
        return _json.ValueSpan.Length is > 0 and <= Longest ? _json.GetString() : null;
    }

    /// <summary>The tier as stated, the standard one by one name whatever the provider calls it; <see langword="null"/> for what says
    /// nothing of the tier that served:
    /// <c>auto</c> is what was asked.</summary>
    private readonly string? ReadTier() =>
        Is("auto"u8) || Is("TRAFFIC_TYPE_UNSPECIFIED"u8) || Is("unspecified"u8) || Is(""u8) ? null
        : Is("standard"u8) || Is("default"u8) || Is("on_demand"u8) ? ServiceTiers.Standard
        : Is("batch"u8) ? ServiceTiers.Batch
        : Is("flex"u8) || Is("ON_DEMAND_FLEX"u8) ? "flex"
        : Is("priority"u8) || Is("ON_DEMAND_PRIORITY"u8) ? "priority"
        : Is("PROVISIONED_THROUGHPUT"u8) ? "provisioned"
        : Is("scale"u8) ? "scale"
        : _json.GetString();

    private readonly ApiEvidence MarksOfType() =>
        Is("message"u8) ? ApiEvidence.MessageType
        : Is("message_start"u8) ? ApiEvidence.MessageType | ApiEvidence.Start
        : Is("response.created"u8) || Is("message-start"u8) ? ApiEvidence.Start
        : Is("message_delta"u8) || Is("message_stop"u8) ? ApiEvidence.MessageType | ApiEvidence.Finished
        : Is("response.completed"u8) || Is("response.incomplete"u8) || Is("response.failed"u8)
            ? ApiEvidence.Responses | ApiEvidence.Finished
        : Is("session.created"u8) ? ApiEvidence.SessionStart
        : Is("response.done"u8) ? ApiEvidence.Realtime | ApiEvidence.Finished
        : Is("transcript.text.done"u8) ? ApiEvidence.Transcription | ApiEvidence.Finished
        : Is("image_generation.completed"u8) || Is("image_edit.completed"u8) ? ApiEvidence.ImageBody | ApiEvidence.Finished
        : Is("message-end"u8) || Is("finish"u8) ? ApiEvidence.Finished
        : Is("finish-step"u8) ? ApiEvidence.Finished | ApiEvidence.Step
        : Is("start-step"u8) ? ApiEvidence.StepStart
        : Is("conversation.item.input_audio_transcription.completed"u8)
            ? ApiEvidence.InputTranscript | ApiEvidence.Transcription | ApiEvidence.Finished

        // Codex states what the turn used up to its end, however many requests it made: the sum of them.
        : Is("turn.completed"u8) ? ApiEvidence.Responses | ApiEvidence.Finished | ApiEvidence.Sum
        : ApiEvidence.None;

    private readonly ApiEvidence MarksOfObject() =>
        Is("response"u8) || Is("response.compaction"u8) ? ApiEvidence.Responses
        : Is("chat.completion"u8) || Is("chat.completion.chunk"u8) || Is("text_completion"u8) ? ApiEvidence.Chat
        : Is("list"u8) ? ApiEvidence.List
        : Is("rerank"u8) ? ApiEvidence.Rerank
        : Is("realtime.response"u8) ? ApiEvidence.Realtime
        : Is("batch"u8) ? ApiEvidence.Responses | ApiEvidence.Batch
        : ApiEvidence.None;

    /// <summary>An ISO 8601 instant, or Unix time as a number or a text; null for anything else, which then prices as now.</summary>
    private readonly DateTimeOffset? ReadInstant()
    {
        const int Longest = 64;
        if (_json.TokenType == JsonTokenType.Number)
        {
            return _json.TryGetDecimal(out decimal number) ? StatedInstant.FromUnixTime(number) : null;
        }

        if (_json.TokenType != JsonTokenType.String || _json.ValueSpan.Length > Longest)
        {
            return null;
        }

        // System.Text.Json writes the plus sign of an offset as an escape.
        Span<byte> text = stackalloc byte[Longest];
        text = text[.._json.CopyString(text)];
        return StatedInstant.Parse(text);
    }

    private readonly bool Is(ReadOnlySpan<byte> text) =>
        _json.ValueIsEscaped ? _json.ValueTextEquals(text) : Ascii.EqualsIgnoreCase(_json.ValueSpan, text);
}
