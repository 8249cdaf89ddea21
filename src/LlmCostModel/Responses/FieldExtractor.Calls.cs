using System.Text.Json;

namespace LlmCostModel;

/// <content>How many calls a body tells of, whose, and how they stand.</content>
internal ref partial struct FieldExtractor
{
    private void ReadCallCount(ApiField field, ref RawUsage raw)
    {
        long count = ReadCount(field.Name);
        switch (field.Kind)
        {
            case FieldKind.Calls:
                raw.Calls ??= count;
                break;
            case FieldKind.CompletedCalls:
                raw.Calls = count; // Requests that failed have used nothing.
                break;
            case FieldKind.HttpStatus:
                raw.HttpStatus = count;
                break;
            case FieldKind.TierShare when count > 0:
                raw.Tier ??= field.Name;
                break;
            case FieldKind.InnerCalls when count > 0:
                raw.Marks |= ApiEvidence.Sum; // The model was called again with what each tool found.
                raw.Set(StatedCount.ServerCall, count);
                break;
            case FieldKind.Turns:
                raw.Marks |= ApiEvidence.Sum; // A turn may be several requests: their number is not known.
                break;
        }
    }

    private readonly void ReadStatus(ref RawUsage raw)
    {
        if (Is("completed"u8))
        {
            raw.Marks |= ApiEvidence.Finished | ApiEvidence.Answer;
        }
        else if (_json.ValueSpan.StartsWith("cancel"u8))
        {
            bool isEnded = !_json.ValueSpan.EndsWith("ing"u8); // in either spelling
            raw.Marks |= isEnded ? ApiEvidence.Finished : ApiEvidence.Pending;
            raw.Failure ??= isEnded ? "canceled" : null;
        }
        else if (Is("incomplete"u8))
        {
            raw.Marks |= ApiEvidence.Finished;
        }
        else if (Is("failed"u8) || Is("expired"u8))
        {
            raw.Marks |= ApiEvidence.Finished;
            raw.Failure ??= Is("failed"u8) ? "failed" : "expired";
        }
        else if (Is("queued"u8) || Is("in_progress"u8))
        {
            raw.Marks |= ApiEvidence.Content | ApiEvidence.Pending;
        }
        else if (Is("validating"u8) || Is("finalizing"u8))
        {
            raw.Marks |= ApiEvidence.Pending;
        }
        else if (_json.ValueSpan.Length > 0)
        {
            raw.StatusText ??= Word(); // Vertex: why a line of a batch failed
        }
    }

    /// <summary>Google's status of a request, in the place of its answer: https://cloud.google.com/apis/design/errors#error_model</summary>
    private void ReadStatusOfRpc(ref RawUsage raw)
    {
        RawUsage status = default;
        ReadObject(JsonScope.Error, "status", ref status);
        if (status.ErrorCode is not (null or "0"))
        {
            raw.Marks |= ApiEvidence.Error;
            raw.ErrorCode ??= status.ErrorCode;
        }
    }

    /// <summary>Claude Code's result: an object with the counts of every model by its id.</summary>
    private void ReadModelUsage(ref RawUsage raw)
    {
        List<ModelShare> shares = raw.Models = [];
        raw.Marks |= ApiEvidence.Usage | ApiEvidence.Sum;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string model = _json.GetString()!;
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                UsageErrors.NotThatKind($"modelUsage of {model}", _json.TokenType, "an object");
            }

            RawUsage one = default;
            ReadObject(JsonScope.ModelUsage, model, ref one);
            raw.TakeDoubts(in one);
            shares.Add(new ModelShare(model, UsageNormalizer.Iteration(in one, ref raw), one[StatedCount.WebSearch]));
        }
    }

    /// <summary>Whether a value is a list with something in it, or a text.</summary>
    private readonly bool IsSomething()
    {
        Utf8JsonReader ahead = _json;
        return _json.TokenType == JsonTokenType.StartArray
            ? ahead.Read() && ahead.TokenType != JsonTokenType.EndArray
            : _json.TokenType == JsonTokenType.String && _json.ValueSpan.Length > 0;
    }
}
