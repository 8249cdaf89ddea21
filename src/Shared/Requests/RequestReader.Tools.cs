using System.Text.Json;

namespace LlmCostModel;

/// <content>What a request says of searches: options of models that search, and tools.</content>
internal ref partial struct RequestReader
{
    /// <summary>How much and how a search model searches; the second is Perplexity's.</summary>
    private void ReadSearchOptions()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Skip();
            return;
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string? name = Is("search_context_size"u8) ? AttributeNames.SearchContextSize
                : Is("search_type"u8) ? AttributeNames.SearchType
                : null;
            string? text = ReadText();
            if (name is not null)
            {
                Set(name, text);
            }
        }
    }

    /// <summary>OpenAI's search tools, which differ in price; their names carry the day of a version.</summary>
    private void ReadTools()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.StartObject)
        {
            int depth = _json.CurrentDepth;
            string? type = null;
            string? size = null;
            while (_json.Read() && !(_json.TokenType == JsonTokenType.EndObject && _json.CurrentDepth == depth))
            {
                if (_json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (Is("cache_control"u8) || Is("cachePoint"u8))
                {
                    (_lifetimes ??= []).Add(ReadField("ttl"u8) ?? DefaultLifetime);
                }
                else if (IsOfCaller())
                {
                    _json.Read();
                    _json.Skip();
                }
                else if (_json.CurrentDepth == depth + 1 && Is("type"u8))
                {
                    type = ReadText();
                }
                else if (_json.CurrentDepth == depth + 1 && Is("search_context_size"u8))
                {
                    size = ReadText();
                }
            }

            if (type?.StartsWith("web_search", StringComparison.Ordinal) == true)
            {
                Set(AttributeNames.SearchContextSize, size);
                Set(AttributeNames.WebSearchTool,
                    type.StartsWith("web_search_preview", StringComparison.Ordinal) ? "web_search_preview"
                    : type is "web_search" or "web_search_2025_08_26" ? "web_search"
                    : null);
            }
        }
    }
}
