using System.Text.Json;

namespace LlmCostModel;

/// <summary>Reads what only the request says of its cost: model, tier, lifetimes of cache writes, search context, size and
/// quality.</summary>
/// <remarks>
/// https://platform.openai.com/docs/api-reference, https://platform.claude.com/docs/en/build-with-claude/prompt-caching,
/// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html (read 2026-11-26).
/// </remarks>
internal ref partial struct RequestReader
{
    private const string DefaultLifetime = "5m"; // Anthropic's, where cache_control names none

    private Utf8JsonReader _json;
    private string? _model;
    private string? _tier;
    private string? _speed;
    private string? _region;
    private string? _optionsLifetime;
    private bool _isBackground;
    private long _characters;
    private HashSet<string>? _lifetimes;
    private CallAttributes _attributes;

    private RequestReader(ReadOnlySpan<byte> json)
    {
        _json = new Utf8JsonReader(json);
        _attributes = CallAttributes.Empty;
    }

    internal static RequestFacts Read(ReadOnlySpan<byte> json)
    {
        RequestReader reader = new(json);
        try
        {
            reader.ReadAll();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was read up to there holds; the provider says what is wrong with the request.
        }

        return reader.ToFacts();
    }

    private void ReadAll()
    {
        _json.Read();
        while (_json.Read())
        {
            if (_json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (_json.ValueTextEquals("cache_control"u8) || _json.ValueTextEquals("cachePoint"u8))
            {
                (_lifetimes ??= []).Add(ReadField("ttl"u8) ?? DefaultLifetime);
            }
            else if (_json.CurrentDepth == 1 && !Is("metadata"u8))
            {
                ReadProperty();
            }
            else if (IsOfCaller())
            {
                _json.Read();
                _json.Skip();
            }
        }
    }

    private void ReadProperty()
    {
        if (Is("model"u8) || Is("modelId"u8))
        {
            _model = ReadText() ?? _model;
        }
        else if (Is("service_tier"u8) || Is("serviceTier"u8))
        {
            _tier = ReadFieldOrText("type"u8);
        }
        else if (Is("speed"u8))
        {
            _speed = ReadText();
        }
        else if (Is("inference_geo"u8))
        {
            _region = ReadText();
        }
        else if (Is("background"u8) || Is("deferred"u8))
        {
            _json.Read();
            _isBackground |= _json.TokenType == JsonTokenType.True;
        }
        else if (Is("prompt_cache_options"u8))
        {
            _optionsLifetime = ReadField("ttl"u8);
        }
        else if (Is("input"u8))
        {
            _characters = ReadText()?.EnumerateRunes().Count() ?? 0;
        }
        else if (Is("tools"u8))
        {
            ReadTools();
        }
        else
        {
            ReadAttribute();
        }
    }

    private void ReadAttribute()
    {
        if (Is("size"u8))
        {
            Set(AttributeNames.Size, ReadText());
        }
        else if (Is("quality"u8))
        {
            Set(AttributeNames.Quality, ReadText());
        }
        else if (Is("resolution"u8))
        {
            Set(AttributeNames.Resolution, ReadText());
        }
        else if (Is("web_search_options"u8))
        {
            ReadSearchOptions();
        }
        else if (Is("search_type"u8))
        {
            Set(AttributeNames.SearchType, ReadText());
        }
        else if (Is("performanceConfig"u8))
        {
            Set(AttributeNames.Latency, ReadField("latency"u8));
        }
        else if (Is("enable_thinking"u8))
        {
            _json.Read();
            Set(AttributeNames.Thinking, _json.TokenType switch
            {
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                _ => null,
            });
        }
    }

    /// <summary>Whether a member holds what a model or the caller made up, in which names mean nothing: arguments and results of tools,
    /// and the schemas of both.</summary>
    private readonly bool IsOfCaller() => Is("input"u8) || Is("arguments"u8) || Is("args"u8) || Is("response"u8) || Is("json"u8)
        || Is("input_schema"u8) || Is("inputSchema"u8) || Is("parameters"u8) || Is("schema"u8) || Is("metadata"u8);

    private readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    private string? ReadText()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.String && _json.ValueSpan.Length > 0 ? _json.GetString() : Skip();
    }

    private string? ReadFieldOrText(ReadOnlySpan<byte> field)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.StartObject ? ReadFieldHere(field)
            : _json.TokenType == JsonTokenType.String ? _json.GetString()
            : Skip();
    }

    /// <summary>A text of the object that comes next.</summary>
    private string? ReadField(ReadOnlySpan<byte> field)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.StartObject ? ReadFieldHere(field) : Skip();
    }

    private string? ReadFieldHere(ReadOnlySpan<byte> field)
    {
        string? found = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = Is(field);
            string? text = ReadText();
            found = isIt ? text : found;
        }

        return found;
    }

    private string? Skip()
    {
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _json.Skip();
        }

        return null;
    }

    private void Set(string name, string? value)
    {
        // "auto" leaves it to the provider, whose answer says what it chose.
        if (!string.IsNullOrWhiteSpace(value) && value != "auto")
        {
            _attributes = _attributes.With(name, value);
        }
    }

    private readonly RequestFacts ToFacts() => new()
    {
        Model = _model,
        Asked = new CallContext
        {
            Region = _region,
            Tier = _speed is not null and not "standard" and not "normal" ? _speed : Tier(_tier),
            Attributes = _attributes.Count == 0 ? null : _attributes,
        },
        TimeToLive = _optionsLifetime ?? (_lifetimes is { Count: 1 } ? _lifetimes.First() : null),
        HasSeveralLifetimes = _lifetimes is { Count: > 1 },
        IsBackground = _isBackground,
        Characters = _characters,
    };

    /// <summary>What is left to the provider is not asked for.</summary>
    private static string? Tier(string? asked) => asked switch
    {
        null or "" or "auto" => null,
        "standard_only" or "default" or "on_demand" => ServiceTiers.Standard,
        _ => asked,
    };
}
