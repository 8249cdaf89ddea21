using System.Text;

namespace LlmCostModel;

/// <summary>Which names in a usage block are those of counts, and which of them are known to carry no price.</summary>
internal static class LikelyCounts
{
    private const int Longest = 80;

    /// <summary>What names of counts have in them, in lower case and without separators.</summary>
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "token", "cache", "input", "output", "audio", "prompt", "completion", "reasoning", "thinking", "thought", "image", "video",
            "second", "minute", "hour", "character", "page", "request", "call", "search", "quer", "unit", "credit", "frame", "invocation",
            "fetch", "embedding", "billed", "generated", "count", "grounding", "megapixel", "result", "tool", "turn",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Counts and objects that repeat or explain what is priced, or that nobody bills.</summary>
    private static readonly (string Name, string Source)[] NoPrice =
    [
        // Parts of a count that the parts with a price leave
        ("text_tokens", "OpenAI, LiteLLM, Alibaba: text is what audio, image and video leave of the whole"),
        ("text", "LangChain: the same"),
        ("inputTextTokenCount", "Microsoft.Extensions.AI: the same"), ("input_text_tokens", "genai-prices: the same"),
        ("output_text_tokens", "genai-prices: the same"),
        ("accepted_prediction_tokens", "OpenAI: part of completion_tokens, https://platform.openai.com/docs/guides/predicted-outputs"),
        ("rejected_prediction_tokens", "OpenAI: the same, billed as completion tokens"),
        ("OutputTokenDetails.AcceptedPredictionTokenCount", "Microsoft.Extensions.AI.OpenAI: the same"),
        ("OutputTokenDetails.RejectedPredictionTokenCount", "Microsoft.Extensions.AI.OpenAI: the same"),
        ("promptTokenDetails", "Gemini embedContent: promptTokenCount by modality (recorded)"),
        ("context_details", "xAI: the last turn of those that input_tokens and output_tokens add up (recorded)"),
        ("prompt_tokens_total", "the same as prompt_tokens"),

        // Limits and rates
        ("contextWindow", "Claude Code: what the model can hold"), ("maxOutputTokens", "Claude Code: what it may answer"),
        ("request_count", "Mistral: how many requests the block is of (recorded)"),
        ("num_requests", "vLLM: the same"),
        ("tool_calls", "Pydantic AI: calls of the caller's own tools"),
        ("doc_size_bytes", "Mistral OCR: the size of the file; pages are billed, https://docs.mistral.ai/api/#tag/ocr"),
        ("prompt_tokens_per_second", "GPUStack"), ("tokens_per_second", "GPUStack"), ("completion_tokens_per_second", "GPUStack"),
        ("output_tokens_per_second", "the same elsewhere"), ("input_tokens_per_second", "the same elsewhere"),

        // Durations, https://console.groq.com/docs/api-reference#chat-create and recorded
        ("prompt_time", "Groq"), ("completion_time", "Groq"), ("total_time", "Groq"), ("queue_time", "Groq"),
        ("time_per_output_token_ms", "GPUStack"), ("time_to_first_token_ms", "GPUStack"), ("time_to_first_token", "SambaNova"),
        ("completion_tokens_after_first_per_sec", "SambaNova"), ("completion_tokens_after_first_per_sec_first_ten", "SambaNova"),
        ("completion_tokens_per_sec", "SambaNova"), ("total_tokens_per_sec", "SambaNova"),
        ("total_latency", "SambaNova"), ("start_time", "SambaNova"), ("end_time", "SambaNova"),
        ("prompt_eval_duration", "Ollama"), ("eval_duration", "Ollama"), ("load_duration", "Ollama"), ("total_duration", "Ollama"),
        ("latency_checkpoint", "Azure"), ("ttftMs", "GitHub Copilot"), ("interTokenLatencyMs", "GitHub Copilot"),
        ("quotaSnapshots", "GitHub Copilot: what is left of the plan"),
        ("copilotUsage", "GitHub Copilot: the same counts in its own units"),

        // Money
        ("pydantic_ai_gateway", "Pydantic AI Gateway: its estimate of the cost"),
    ];

    /// <summary>Calls of tools in the output of OpenAI's Responses that nobody bills: those of the caller's own tools, and of servers that
    /// are not the provider's. https://platform.openai.com/docs/api-reference/responses/object (read 2026-11-26)</summary>
    private static readonly byte[][] FreeCalls =
    [
        .. new[]
        {
            "function_call", "custom_tool_call", "mcp_call", "computer_call", "local_shell_call", "shell_call", "apply_patch_call",
            "tool_search_call", "tool_call", "browser_call", "mcp_server_tool_call", "url_context_call", "code_execution_call",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] WithoutPrice = [.. NoPrice.Select(row => Normalized(Encoding.UTF8.GetBytes(row.Name)))];

    internal static IEnumerable<string> AllWithoutPrice => NoPrice.Select(row => row.Name);

    /// <summary>Whether a kind of object holds counts, so that a name that is not known there may be one.</summary>
    internal static bool AreCounted(JsonScope scope) => scope is JsonScope.Usage or JsonScope.Iteration or JsonScope.InputDetails
        or JsonScope.OutputDetails or JsonScope.CachedDetails or JsonScope.CacheCreation or JsonScope.ServerTools or JsonScope.Billed
        or JsonScope.InvocationMetrics or JsonScope.VercelInput or JsonScope.VercelOutput or JsonScope.VercelInputTotal
        or JsonScope.VercelOutputTotal or JsonScope.GeminiCli or JsonScope.AdditionalCounts or JsonScope.ModelUsage
        or JsonScope.PydanticDetails or JsonScope.UsageInfo or JsonScope.ToolUsage or JsonScope.ToolRequests or JsonScope.ServerToolMap
        or JsonScope.Connectors or JsonScope.GroundingCount;

    /// <summary>Whether whatever has a number in it is a count, by any name.</summary>
    internal static bool AreAllCounted(JsonScope scope) => scope is JsonScope.Billed or JsonScope.AdditionalCounts or JsonScope.ToolUsage
        or JsonScope.ToolRequests or JsonScope.ServerToolMap or JsonScope.Connectors or JsonScope.PydanticDetails;

    /// <summary>Whether all numbers of a kind of object are tokens, whatever they are called.</summary>
    internal static bool AreTokens(JsonScope scope) => scope is JsonScope.InputDetails or JsonScope.OutputDetails or JsonScope.CachedDetails
        or JsonScope.CacheCreation or JsonScope.VercelInput or JsonScope.VercelOutput or JsonScope.VercelInputTotal
        or JsonScope.VercelOutputTotal or JsonScope.GeminiCli;

    /// <summary>Whether a name is that of a count of a library which has its counts among other things: Cline's <c>tokensIn</c> and
    /// <c>cacheReads</c> at the top of a record, Copilot's <c>inputTokens</c> in the data of an event.</summary>
    internal static bool AreOfLibrary(JsonScope scope, ReadOnlySpan<byte> utf8Name) => scope switch
    {
        JsonScope.Root => IsFollowed(utf8Name, "tokens"u8) || IsFollowed(utf8Name, "cache"u8),
        JsonScope.CopilotData => utf8Name.EndsWith("Tokens"u8),
        _ => false,
    };

    private static bool IsFollowed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> beginning) =>
        name.StartsWith(beginning) && name.Length > beginning.Length && name[beginning.Length] is >= (byte)'A' and <= (byte)'Z'
        && !HaveNoPrice(name);

    /// <summary>Whether a name is that of an amount of money.</summary>
    internal static bool IsMoney(ReadOnlySpan<byte> utf8Name)
    {
        Span<byte> name = stackalloc byte[Longest];
        ReadOnlySpan<byte> text = name[..Normalize(utf8Name, name)];
        return text.IndexOf("cost"u8) >= 0 || text.IndexOf("price"u8) >= 0 || text.IndexOf("usd"u8) >= 0;
    }

    /// <summary>Whether a name is listed as one without a price.</summary>
    internal static bool HaveNoPrice(ReadOnlySpan<byte> utf8Name)
    {
        Span<byte> name = stackalloc byte[Longest];
        int length = Normalize(utf8Name, name);
        foreach (byte[] known in WithoutPrice)
        {
            if (name[..length].SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a name may be that of a count: it has a word of one, and none of an amount of money.</summary>
    internal static bool LooksLikeCount(ReadOnlySpan<byte> utf8Name)
    {
        Span<byte> name = stackalloc byte[Longest];
        ReadOnlySpan<byte> text = name[..Normalize(utf8Name, name)];
        if (IsMoney(utf8Name))
        {
            return false;
        }

        foreach (byte[] word in Words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type of output is the call of a tool that is not known, and so may have a price.</summary>
    internal static bool IsUnknownCall(ReadOnlySpan<byte> utf8Type)
    {
        foreach (byte[] free in FreeCalls)
        {
            if (utf8Type.SequenceEqual(free))
            {
                return false;
            }
        }

        return utf8Type.EndsWith("_call"u8);
    }

    private static byte[] Normalized(byte[] name)
    {
        byte[] text = new byte[Longest];
        return text[..Normalize(name, text)];
    }

    /// <summary>A name in lower case and without separators.</summary>
    private static int Normalize(ReadOnlySpan<byte> name, Span<byte> text)
    {
        int length = 0;
        foreach (byte letter in name)
        {
            if (length < text.Length && letter is not ((byte)'_' or (byte)'-' or (byte)'.' or (byte)' '))
            {
                text[length++] = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter + 32) : letter;
            }
        }

        return length;
    }
}
