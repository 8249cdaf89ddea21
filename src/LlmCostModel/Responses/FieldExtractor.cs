using System.Text;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Walks a body once, keeps the fields of <see cref="ApiFields"/> and skips everything else without decoding it.</summary>
internal ref partial struct FieldExtractor
{
    private Utf8JsonReader _json;
    private ReadOnlySpan<byte> _itemType; // of the part of an answer that is read
    private ReadOnlySpan<byte> _itemName;
    private ReadOnlySpan<byte> _action;
    private bool _isHosted;
    private bool _isFailed;
    private ApiField? _metadata; // that was met, and is read when the object around it ends
    private int _metadataDepth;
    private Utf8JsonReader _metadataAt;
    private long _queries; // of a search with Google, which are billed each
    private IterationKind _iteration;
    private int _depth; // how many wrappers are around what is read
    private int _idDepth;
    private int _atDepth;

    private FieldExtractor(ReadOnlySpan<byte> utf8Json) => _json = new Utf8JsonReader(utf8Json);

    /// <summary>Reads one JSON object.</summary>
    /// <param name="utf8Json">The whole object.</param>
    /// <param name="raw">What it states.</param>
    internal static void Read(ReadOnlySpan<byte> utf8Json, ref RawUsage raw)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8Json))
        {
            UsageErrors.NotUtf8();
        }

        try
        {
            FieldExtractor extractor = new(utf8Json);
            extractor.ReadAll(ref raw);
            raw.ForgetEmptyTotal();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader throws for text that is no Unicode, such as half a surrogate pair.
            UsageErrors.NotJson(exception);
        }
    }

    private void ReadAll(ref RawUsage raw)
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            UsageErrors.NotAnObject();
        }

        ReadObject(JsonScope.Root, "", ref raw);
        while (_json.Read())
        {
            // The reader itself throws on anything behind the object.
        }

        if (raw.Duration is not null && raw.Has(ApiEvidence.Transcript) && !raw.Has(ApiEvidence.Families))
        {
            // A verbose transcription states how long the audio is, which is what is billed where no usage is stated:
            // https://platform.openai.com/docs/api-reference/audio/verbose-json-object
            raw.Seconds = raw.Duration;
            raw.Marks |= ApiEvidence.Usage | ApiEvidence.Seconds;
        }
    }

    /// <param name="scope">What the object is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="raw">What it states.</param>
    private void ReadObject(JsonScope scope, string name, ref RawUsage raw)
    {
        FieldTable fields = ApiFields.Of(scope);
        _depth += scope == JsonScope.Root ? 1 : 0;
        UInt128 seen = default;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            int index = Find(fields);
            if (index < 0)
            {
                SkipUnknown(scope, name, ref raw);
                continue;
            }

            ApiField field = fields[index];
            UInt128 bit = UInt128.One << index;
            if ((seen & bit) != 0)
            {
                UsageErrors.Duplicate(field.Name);
            }

            seen |= bit;
            _json.Read();
            if (_json.TokenType == JsonTokenType.StartObject && field.Into == JsonScope.Metadata)
            {
                KeepMetadata(field, ref raw);
            }
            else if (_json.TokenType != JsonTokenType.Null)
            {
                raw.Marks |= field.Marks;
                ReadField(field, ref raw);
            }
        }

        ReadMetadata(scope, ref raw);
        _depth -= scope == JsonScope.Root ? 1 : 0;
    }

    private readonly int Find(FieldTable fields)
    {
        if (!_json.ValueIsEscaped)
        {
            return fields.Find(_json.ValueSpan);
        }

        for (int i = 0; i < fields.All.Length; i++)
        {
            if (_json.ValueTextEquals(fields[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }

    private void ReadField(ApiField field, ref RawUsage raw)
    {
        switch (field.Kind)
        {
            case FieldKind.Count:
            case FieldKind.CountOrObject when _json.TokenType != JsonTokenType.StartObject:
                SetOnce(field, ReadCount(field.Name), ref raw);
                break;
            case FieldKind.AddedCount:
                raw.Set(field.Stated, checked(raw[field.Stated] + ReadCount(field.Name)));
                break;
            case FieldKind.Object when _json.TokenType != JsonTokenType.StartObject:
                UsageErrors.NotThatKind(field.Name, _json.TokenType, "an object");
                break;
            case FieldKind.Object or FieldKind.ObjectOrOther or FieldKind.CountOrObject or FieldKind.DetailsOrModalities
                or FieldKind.Error or FieldKind.DataOrObject or FieldKind.ResultOrTexts when _json.TokenType == JsonTokenType.StartObject:
                if (field.Into is JsonScope.VercelInputTotal or JsonScope.VercelOutputTotal)
                {
                    // Bedrock has numbers of these names, the AI SDK objects.
                    raw.Marks |= ApiEvidence.VercelAI;
                }

                ReadObject(field.Into, field.Name, ref raw);
                break;
            case FieldKind.Items or FieldKind.Answer when _json.TokenType == JsonTokenType.StartArray:
                ReadItems(field.Into, ref raw);
                break;
            case FieldKind.ResultOrTexts when _json.TokenType == JsonTokenType.StartArray:
                ReadTexts(ref raw);
                break;
            case FieldKind.Items when _json.TokenType == JsonTokenType.StartObject:
                raw.Marks |= ApiEvidence.Answer; // Converse: one output
                break;
            case FieldKind.PassedOn or FieldKind.Whole or FieldKind.Body when _json.TokenType == JsonTokenType.StartObject:
            case FieldKind.Steps or FieldKind.Breakdown or FieldKind.Generations or FieldKind.DataOrObject
                when _json.TokenType == JsonTokenType.StartArray:
                ReadPart(field, ref raw);
                break;
            case FieldKind.Length when _json.TokenType == JsonTokenType.StartArray:
                raw.Set(field.Stated, checked(raw[field.Stated] + ReadLength()));
                break;
            case FieldKind.DetailsOrModalities when raw.Has(ApiEvidence.PromptTokens):
                UsageErrors.NotThatKind(field.Name, _json.TokenType, "an object");
                break;
            case FieldKind.Modalities or FieldKind.DetailsOrModalities:
                ReadModalities(field, ref raw);
                break;
            case FieldKind.CacheWrites:
                ReadCacheWrites(field, ref raw);
                break;
            case FieldKind.Iterations:
                ReadIterations(field, ref raw);
                break;
            case FieldKind.ModelUsage when _json.TokenType == JsonTokenType.StartObject:
                ReadModelUsage(ref raw);
                break;
            case FieldKind.Status when _json.TokenType == JsonTokenType.StartObject:
                ReadStatusOfRpc(ref raw);
                break;
            case FieldKind.Piece when _json.TokenType == JsonTokenType.StartObject:
                ReadPiece(field, ref raw);
                break;
            case FieldKind.GroundingCounts:
                ReadGroundingCounts(field, ref raw);
                break;
            case FieldKind.Queries when _json.TokenType == JsonTokenType.StartArray:
                _queries += ReadLength();
                break;
            case FieldKind.Hosted:
                _isHosted = _json.TokenType == JsonTokenType.True;
                break;
            case FieldKind.Present:
                raw.Set(field.Stated, 1);
                break;
            case FieldKind.Calls or FieldKind.CompletedCalls or FieldKind.Turns or FieldKind.HttpStatus or FieldKind.TierShare
                or FieldKind.InnerCalls
                when _json.TokenType == JsonTokenType.Number:
                ReadCallCount(field, ref raw);
                break;
            case FieldKind.Cost or FieldKind.CostInWords or FieldKind.TotalCost or FieldKind.Ticks or FieldKind.Upstream or FieldKind.OwnKey
                or FieldKind.Currency or FieldKind.Seconds or FieldKind.Duration:
                ReadMoney(field, ref raw);
                break;
            default:
                ReadText(field, ref raw);
                break;
        }

        // What was not read is skipped; after reading, the reader stands on the value's last token and this does nothing.
        _json.Skip();
    }

    private long ReadLength()
    {
        long length = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            // Google does not bill empty queries, and lists them: https://ai.google.dev/gemini-api/docs/google-search
            length += _json.TokenType == JsonTokenType.String && _json.ValueSpan.IsEmpty ? 0 : 1;
            _json.Skip();
        }

        return length;
    }

    private static void SetOnce(ApiField field, long value, ref RawUsage raw)
    {
        if (raw.Has(field.Stated) && raw[field.Stated] != value)
        {
            UsageErrors.Conflict(field.Name, value, raw[field.Stated]);
        }

        raw.Set(field.Stated, value);
    }

    private readonly long ReadCount(string name)
    {
        if (_json.TokenType == JsonTokenType.Number)
        {
            if (_json.TryGetInt64(out long count) && count >= 0)
            {
                return count;
            }

            // Some providers write whole numbers as 5.0.
            if (_json.TryGetDecimal(out decimal value) && value is >= 0 and <= long.MaxValue && decimal.IsInteger(value))
            {
                return (long)value;
            }
        }

        UsageErrors.NotACount(name, Found());
        return 0;
    }

    /// <summary>The token as a message shows it, shortened.</summary>
    private readonly string Found() => _json.TokenType == JsonTokenType.String ? $"the text '{Word()}'" : Word();

    /// <summary>The same for a message that puts it in quotes.</summary>
    private readonly string Word()
    {
        const int Longest = 40;
        return _json.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.String
            ? Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(_json.ValueSpan.Length, Longest)])
            : JsonWords.Of(_json.TokenType);
    }
}
