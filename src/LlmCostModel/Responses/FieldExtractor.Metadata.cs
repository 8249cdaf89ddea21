using System.Text.Json;

namespace LlmCostModel;

/// <content>Objects called metadata: a provider's own, or what the caller keeps beside an answer.</content>
internal ref partial struct FieldExtractor
{
    /// <summary>An event of Bedrock's streams is its metadata, and Cohere's answers state their units in theirs; in any other answer, they
    /// are the caller's own, whatever stands in them. Which it is shows when the object ends.</summary>
    private void KeepMetadata(ApiField field, ref RawUsage raw)
    {
        if (_metadata is null)
        {
            (_metadata, _metadataDepth) = (field, _depth);
            _metadataAt = _json;
        }
        else
        {
            ReadMetadata(field, ref raw);
        }

        _json.Skip();
    }

    private void ReadMetadata(JsonScope scope, ref RawUsage raw)
    {
        if (scope == JsonScope.Root && _metadata is { } field && _metadataDepth == _depth)
        {
            Utf8JsonReader here = _json;
            _json = _metadataAt;
            ReadMetadata(field, ref raw);
            _json = here;
            _metadata = null;
        }
    }

    private void ReadMetadata(ApiField field, ref RawUsage raw)
    {
        const ApiEvidence Api = ApiEvidence.Families | ApiEvidence.Usage | ApiEvidence.Chat | ApiEvidence.Responses
            | ApiEvidence.MessageType;
        const ApiEvidence Answer = ApiEvidence.Answer | ApiEvidence.Pending | ApiEvidence.Finished; // as Cohere's have beside theirs
        bool isOfCaller = raw.Has(field.Name == "metadata" ? Api | Answer : Api);
        ReadObject(isOfCaller ? JsonScope.CallerMetadata : JsonScope.Metadata, field.Name, ref raw);
    }
}
