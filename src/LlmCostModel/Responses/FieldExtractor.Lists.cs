using System.Text.Json;

namespace LlmCostModel;

/// <content>Lists: modalities, cache writes and Anthropic's calls within a call.</content>
internal ref partial struct FieldExtractor
{
    private enum IterationKind
    {
        None,
        Message,
        Compaction,
        Advisor,
        Fallback,
        Unknown,
    }

    private void ReadModalities(ApiField field, ref RawUsage raw)
    {
        RequireArray(field);
        Span<long> counts = [0, 0, 0];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            RequireObject(field);
            int? modality = null;
            string? unknown = null;
            long? count = null;
            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                if (_json.ValueTextEquals("modality"u8))
                {
                    RequireFirst(modality is null, field);
                    modality = ReadModality(out unknown);
                }
                else if (_json.ValueTextEquals("tokenCount"u8)
                    || _json.ValueTextEquals("tokens"u8)
                    || _json.ValueTextEquals("token_count"u8))
                {
                    RequireFirst(count is null, field);
                    count = ReadCount(field.Name);
                }
                else
                {
                    SkipUnknown(JsonScope.Usage, field.Name, ref raw);
                }
            }

            if (unknown is not null && count > 0)
            {
                string value = count.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
                (raw.Unknown ??= new()).Add($"{field.Name}.{unknown}", value);
            }

            if (modality is { } index and >= 0)
            {
                counts[index] = checked(counts[index] + (count ?? 0));
            }
        }

        for (int i = 0; i < counts.Length; i++)
        {
            raw.Set(field.Stated + i, counts[i]);
        }
    }

    /// <summary>0 audio, 1 image, 2 video, -1 text, and what is not known, which is counted as text. Vertex also
    /// writes the numbers of its enumeration.</summary>
    /// <remarks>Pages of documents are read as images: https://ai.google.dev/gemini-api/docs/document-processing</remarks>
    private readonly int ReadModality(out string? unknown)
    {
        unknown = null;
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out int number) && number is >= 0 and <= 5)
        {
            return number switch { 2 or 5 => 1, 3 => 2, 4 => 0, _ => -1 };
        }

        if (_json.TokenType == JsonTokenType.String)
        {
            if (Is("TEXT"u8) || Is("MODALITY_UNSPECIFIED"u8))
            {
                return -1;
            }

            if (Is("IMAGE"u8) || Is("DOCUMENT"u8))
            {
                return 1;
            }

            if (Is("AUDIO"u8))
            {
                return 0;
            }

            if (Is("VIDEO"u8))
            {
                return 2;
            }
        }

        unknown = Word();
        return -1;
    }

    private void ReadCacheWrites(ApiField field, ref RawUsage raw)
    {
        RequireArray(field);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            RequireObject(field);
            StatedCount stated = StatedCount.None;
            long? count = null;
            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                if (_json.ValueTextEquals("ttl"u8))
                {
                    RequireFirst(stated == StatedCount.None, field);
                    stated = ReadTtl();
                }
                else if (_json.ValueTextEquals("inputTokens"u8))
                {
                    RequireFirst(count is null, field);
                    count = ReadCount(field.Name);
                }
                else
                {
                    SkipUnknown(JsonScope.Usage, field.Name, ref raw);
                }
            }

            if (stated != StatedCount.None)
            {
                raw.Set(stated, checked(raw[stated] + (count ?? 0)));
            }
        }
    }

    private readonly StatedCount ReadTtl()
    {
        if (FindTimedWrite() is { } write)
        {
            return write.Stated;
        }

        UsageErrors.UnknownTtl(Word());
        return StatedCount.None;
    }

    private readonly TimedWrite? FindTimedWrite()
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            foreach (TimedWrite write in TimedWrite.All)
            {
                if (Is(write.Utf8TimeToLive))
                {
                    return write;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// OpenAI's response repeats how long what the request wrote is kept; 30 minutes is its default, and so <see
    /// cref="TokenBucket.CacheWrite"/>:
    /// https://developers.openai.com/api/reference/resources/responses/methods/create (prompt_cache_options)
    /// </summary>
    private readonly void ReadTimeToLive(ref RawUsage raw)
    {
        if (!Is("30m"u8))
        {
            raw.Kept = FindTimedWrite();
            raw.UnknownTimeToLive = raw.Kept is null ? _json.GetString() : null;
        }
    }

    /// <summary>
    /// Calls within a call. The top level sums those of kind message (after a fallback: of the model that answered); it leaves out
    /// compactions, advisors, and attempts
    /// that were declined before the fallback, which are billed where they produced output:
    /// https://platform.claude.com/docs/en/build-with-claude/compaction
    /// </summary>
    private void ReadIterations(ApiField field, ref RawUsage raw)
    {
        RequireArray(field);
        raw.HasIterations = true;
        List<RawIteration>? answers = null;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            RequireObject(field);
            RawUsage one = default;
            _iteration = IterationKind.None;
            ReadObject(JsonScope.Iteration, field.Name, ref one);
            raw.TakeDoubts(in one);
            RawIteration call = new(one.Model, UsageNormalizer.Iteration(in one, ref raw), ReadingBuilder.ReadServedOfIteration(in one));
            switch (_iteration)
            {
                case IterationKind.Compaction:
                    (raw.Nested ??= []).Add(call.ToNested(CallRole.Compaction));
                    break;
                case IterationKind.Advisor when one.Model is null:
                    raw.UnknownIteration = UsageErrors.AdvisorWithoutModel(call.Usage);
                    break;
                case IterationKind.Advisor:
                    (raw.Nested ??= []).Add(call.ToNested(CallRole.Advisor));
                    break;
                case IterationKind.Fallback:
                    AddDeclined(answers, ref raw);
                    raw.ServedBy = one.Model;
                    raw.ServedUsage = call.Usage;
                    raw.Answered = call.Usage;
                    answers = [call];
                    break;
                case IterationKind.Message:
                    (answers ??= []).Add(call);
                    raw.Answered = (raw.Answered ?? default) + call.Usage;
                    break;
                default:
                    raw.UnknownIteration = "usage.iterations holds a call of a kind that is not known, so part of the cost may be missing.";
                    break;
            }
        }
    }

    /// <summary>What was answered before a fallback took over. Attempts without output are free.</summary>
    private static void AddDeclined(List<RawIteration>? attempts, ref RawUsage raw)
    {
        foreach (RawIteration attempt in attempts ?? [])
        {
            if (attempt.Usage.TotalOutput == 0)
            {
                continue;
            }

            if (attempt.Model is null)
            {
                raw.UnknownIteration =
                    "usage.iterations holds a declined attempt whose model is not stated, so part of the cost is missing.";
                continue;
            }

            (raw.Nested ??= []).Add(attempt.ToNested(CallRole.DeclinedAttempt));
        }
    }

    private readonly record struct RawIteration(string? Model, TokenUsage Usage, CallContext Served)
    {
        internal NestedCall ToNested(CallRole role) => new() { Role = role, Model = Model, Usage = Usage, Served = Served };
    }

    /// <summary>Goes on to the value of a name that may stand once.</summary>
    private void RequireFirst(bool isFirst, ApiField field)
    {
        if (!isFirst)
        {
            UsageErrors.Duplicate($"A name in {field.Name}");
        }

        _json.Read();
    }

    private readonly void RequireArray(ApiField field)
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            UsageErrors.NotThatKind(field.Name, _json.TokenType, "a list");
        }
    }

    private readonly void RequireObject(ApiField field)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            UsageErrors.NotThatKind($"An entry of {field.Name}", _json.TokenType, "an object");
        }
    }
}
