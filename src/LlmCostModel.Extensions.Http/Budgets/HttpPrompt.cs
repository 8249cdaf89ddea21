using System.Text.Json;

namespace LlmCostModel;

/// <summary>What of a request bounds its cost: how much input it has, and how much output it allows. What is not known to be text alone is
/// taken for more than text, so that a bound holds.</summary>
/// <remarks>
/// https://platform.openai.com/docs/api-reference, https://platform.claude.com/docs/en/api/messages,
/// https://ai.google.dev/api/generate-content, https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html (read
/// 2026-11-28).
/// </remarks>
internal sealed class HttpPrompt
{
    /// <summary>Members with what the model reads.</summary>
    private static readonly HashSet<string> Inputs = new(StringComparer.Ordinal)
    {
        "messages", "input", "instructions", "system", "contents", "systemInstruction", "system_instruction", "prompt", "content",
    };

    /// <summary>Types of content that are text, and so are counted.</summary>
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "text", "input_text", "output_text", "summary_text", "reasoning_text", "refusal", "message", "function", "custom", "function_call",
        "function_call_output", "custom_tool_call", "custom_tool_call_output", "tool_use", "tool_result", "thinking", "redacted_thinking",
        "reasoning", "ephemeral",
    };

    /// <summary>Parts of APIs whose parts have no type.</summary>
    private static readonly HashSet<string> OtherParts = new(StringComparer.Ordinal)
    {
        "inlineData", "inline_data", "fileData", "file_data", "image", "document", "video", "audio", "images",
    };

    /// <summary>What callers and tools made up, in which names mean nothing.</summary>
    private static readonly HashSet<string> OfCaller = new(StringComparer.Ordinal) { "arguments", "args", "response", "json" };

    /// <summary>Input that the provider keeps, and the request only names.</summary>
    private static readonly string[] Kept =
        ["previous_response_id", "conversation", "container", "cached_content", "cachedContent", "previous_interaction_id"];

    /// <summary>What a provider searches or runs besides.</summary>
    private static readonly string[] Hosted = ["web_search_options", "mcp_servers", "plugins", "search_parameters"];

    private readonly Func<string, int>? _count;

    private HttpPrompt(Func<string, int>? count) => _count = count;

    /// <summary>The tokens that were counted; without a counter the bytes of the request.</summary>
    internal long Tokens { get; private set; }

    /// <summary>Messages, parts and tools.</summary>
    internal long Parts { get; private set; }

    /// <summary>The most output tokens of all choices; <see langword="null"/> where the request sets no limit.</summary>
    internal long? MaxOutput { get; private set; }

    /// <summary>How many answers are asked for.</summary>
    internal long Choices { get; private set; } = 1;

    internal bool HasOtherThanText { get; private set; }

    internal bool HasHostedTools { get; private set; }

    /// <summary>Reads a body; <see langword="null"/> when it is not an object of JSON.</summary>
    internal static HttpPrompt? Read(ReadOnlyMemory<byte> json, Func<string, int>? count)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(json);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            HttpPrompt prompt = new(count);
            prompt.Read(body.RootElement);
            prompt.Tokens = count is null ? json.Length : prompt.Tokens;
            return prompt;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Read(JsonElement root)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            JsonElement value = member.Value;
            switch (member.Name)
            {
                case "max_completion_tokens" or "max_tokens" or "max_output_tokens" or "maxOutputTokens" or "maxTokens" or "num_predict":
                    MaxOutput = Max(MaxOutput, Number(value));
                    break;
                case "n" or "candidateCount" or "candidate_count" or "best_of":
                    Choices = Math.Max(Choices, Number(value) ?? 1);
                    break;
                case "generationConfig" or "generation_config" or "inferenceConfig" or "options" when IsObject(value):
                    Read(value);
                    break;
                case "tools" when value.ValueKind == JsonValueKind.Array:
                    ReadTools(value);
                    break;
                case "toolConfig" when IsObject(value):
                    CountRaw(value);
                    ReadToolsOf(value);
                    break;
                case "response_format" or "text" or "output_format" or "responseSchema" or "functions":
                    CountRaw(value);
                    break;
                default:
                    ReadOther(member.Name, value);
                    break;
            }
        }
    }

    private void ReadOther(string name, JsonElement value)
    {
        bool isThere = value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined);
        HasOtherThanText |= isThere && (Kept.Contains(name) || (name == "prompt" && value.ValueKind == JsonValueKind.Object));
        HasHostedTools |= isThere && Hosted.Contains(name);
        if (Inputs.Contains(name))
        {
            Walk(value);
        }
    }

    private void ReadToolsOf(JsonElement config)
    {
        if (config.TryGetProperty("tools", out JsonElement tools) && tools.ValueKind == JsonValueKind.Array)
        {
            HasHostedTools |= tools.EnumerateArray().Any(tool => !Has(tool, "toolSpec") && !Has(tool, "cachePoint"));
            Parts += tools.GetArrayLength();
        }
    }

    /// <summary>Tools of the caller are functions; what else there is runs at the provider, or adds text of its own.</summary>
    private void ReadTools(JsonElement tools)
    {
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            Parts++;
            CountRaw(tool);
            string? type = tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("type", out JsonElement stated)
                && stated.ValueKind == JsonValueKind.String ? stated.GetString() : null;
            HasHostedTools |= type is null
                ? !(Has(tool, "input_schema") || Has(tool, "functionDeclarations") || Has(tool, "function_declarations"))
                    || Has(tool, "googleSearch") || Has(tool, "google_search") || Has(tool, "codeExecution") || Has(tool, "urlContext")
                : type is not ("function" or "custom");
        }
    }

    /// <summary>Counts the texts of what the model reads, and looks whether it is all text.</summary>
    private void Walk(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Count(value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Walk(item);
                }

                break;
            case JsonValueKind.Object:
                WalkObject(value);
                break;
            case JsonValueKind.Number:
                Tokens += _count is null ? 0 : 1; // input that is tokens already
                break;
        }
    }

    private void WalkObject(JsonElement value)
    {
        Parts++;
        bool isToolUse = false;
        if (value.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String)
        {
            HasOtherThanText |= !Texts.Contains(type.GetString()!);
            isToolUse = type.ValueEquals("tool_use"u8) || type.ValueEquals("custom_tool_call"u8);
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            bool isOfCaller = OfCaller.Contains(member.Name) || (isToolUse && member.NameEquals("input"u8))
                || (member.NameEquals("input"u8) && Has(value, "toolUseId"));
            HasOtherThanText |= !isOfCaller && OtherParts.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null;
            if (isOfCaller && member.Value.ValueKind != JsonValueKind.String)
            {
                CountRaw(member.Value);
            }
            else
            {
                Walk(member.Value);
            }
        }
    }

    private void CountRaw(JsonElement value)
    {
        if (_count is not null)
        {
            Count(value.GetRawText());
        }
    }

    private void Count(string text) => Tokens = checked(Tokens + (_count is null || text.Length == 0 ? 0 : _count(text)));

    private static bool Has(JsonElement value, string name) =>
        IsObject(value) && value.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null;

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    private static long? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0 ? number : null;

    private static long? Max(long? one, long? other) => one is null || other > one ? other : one;
}
