using System.Numerics;

namespace LlmCostModel;

/// <summary>Finds the convention of a body from what it shows, where that is safe.</summary>
internal static class ApiDetector
{
    /// <summary>The convention to read by: the named one if the body can be of it, else the one that the body shows.</summary>
    /// <param name="raw">What the body states.</param>
    /// <param name="named">What the caller says.</param>
    /// <param name="hasCounts">Whether there are counts to convert at all.</param>
    internal static ApiConvention Choose(in RawUsage raw, ApiFormat named, bool hasCounts)
    {
        ApiEvidence family = Family(in raw);
        if (named != ApiFormat.Detect)
        {
            ApiConvention convention = ApiConventions.Of(named);
            if (hasCounts && (family & ~convention.Families) != 0)
            {
                UsageErrors.NotOfApi(convention, family);
            }

            return convention;
        }

        if (BitOperations.PopCount((ulong)family) > 1)
        {
            UsageErrors.Ambiguous("it names its counts in more than one way.");
        }

        return ApiConventions.Of(Detect(in raw, family));
    }

    /// <summary>How the counts are named. A total, seconds, pages or characters alone are a family of their own; beside other counts they
    /// are not.</summary>
    internal static ApiEvidence Family(in RawUsage raw)
    {
        const ApiEvidence Metered = ApiEvidence.Seconds | ApiEvidence.Pages | ApiEvidence.Characters;
        ApiEvidence family = raw.Marks & ApiEvidence.Families;
        if ((family & ApiEvidence.InputTokens) != 0 && raw.Has(ApiEvidence.MessageType))
        {
            family &= ~ApiEvidence.InvokeModel; // Bedrock repeats the counts of Claude's message in metrics of its own
        }

        if ((family & ~Metered) != 0)
        {
            return family & ~Metered;
        }

        return family == 0 && raw.Has(StatedCount.Total) ? ApiEvidence.OnlyTotal : family;
    }

    private static ApiFormat Detect(in RawUsage raw, ApiEvidence family)
    {
        switch (family)
        {
            case ApiEvidence.Gemini:
                return ApiFormat.GeminiGenerateContent;
            case ApiEvidence.Interactions:
                return ApiFormat.GeminiInteractions;
            case ApiEvidence.Converse:
                return DetectCamelCase(in raw);
            case ApiEvidence.ExtensionsAI:
                return ApiFormat.ExtensionsAI;
            case ApiEvidence.Cline:
                return ApiFormat.Cline;
            case ApiEvidence.InvokeModel:
                return ApiFormat.BedrockInvokeModel;
            case ApiEvidence.Cohere:
                return ApiFormat.Cohere;
            case ApiEvidence.Ollama:
                return ApiFormat.Ollama;
            case ApiEvidence.PromptTokens:
                return DetectPrompt(in raw);
            case ApiEvidence.InputTokens:
                return DetectInput(in raw);
            case ApiEvidence.Seconds:
                return ApiFormat.OpenAITranscriptions;
            case ApiEvidence.Pages:
                return ApiFormat.Mistral;
            case ApiEvidence.Characters:
                return ApiFormat.MiniMax;
            case ApiEvidence.OnlyTotal when raw.Has(ApiEvidence.List):
                return ApiFormat.OpenAIEmbeddings;
            case ApiEvidence.OnlyTotal when raw.Has(ApiEvidence.Rerank):
                return ApiFormat.Rerank;
            case ApiEvidence.OnlyTotal:
                UsageErrors.Ambiguous("total_tokens alone does not say how many of them are input.");
                break;
        }

        return DetectWithoutCounts(in raw);
    }

    private static ApiFormat DetectWithoutCounts(in RawUsage raw)
    {
        if (raw.Has(ApiEvidence.Xai))
        {
            return raw.Has(ApiEvidence.Responses) ? ApiFormat.XaiResponses : ApiFormat.XaiChat;
        }

        if (raw.Has(ApiEvidence.MessageType))
        {
            return ApiFormat.AnthropicMessages;
        }

        if (raw.Has(ApiEvidence.Responses))
        {
            return ApiFormat.OpenAIResponses;
        }

        if (raw.Has(ApiEvidence.ImageList) && !raw.Has(ApiEvidence.Chat))
        {
            return ApiFormat.OpenAIImages; // DALL-E states no usage: what is billed is the list itself
        }

        if (!raw.Has(ApiEvidence.Chat) && raw.Has(ApiEvidence.Error))
        {
            UsageErrors.IsError();
        }

        if (!raw.Has(ApiEvidence.Chat))
        {
            UsageErrors.NotRecognized();
        }

        return ApiFormat.OpenAIChatCompletions;
    }

    private static ApiFormat DetectPrompt(in RawUsage raw)
    {
        if (raw.Has(ApiEvidence.AnthropicCache) && (raw[StatedCount.CacheRead] > 0 || raw[StatedCount.CacheWrite] > 0))
        {
            return ApiFormat.LiteLLM;
        }

        if (raw.Has(ApiEvidence.List))
        {
            return ApiFormat.OpenAIEmbeddings;
        }

        if (raw.Has(ApiEvidence.Rerank))
        {
            return ApiFormat.Rerank;
        }

        if (raw.Has(ApiEvidence.DeepSeekCache))
        {
            return ApiFormat.DeepSeek;
        }

        if (raw.Has(ApiEvidence.PerplexityCost))
        {
            return ApiFormat.Perplexity;
        }

        if (raw.Has(ApiEvidence.Mistral))
        {
            return ApiFormat.Mistral;
        }

        // Not xAI's own rule when xAI's marks are there: gateways keep the marks and rewrite the counts. The total decides.
        if (!raw.Has(StatedCount.Total) && raw[StatedCount.Reasoning] > 0)
        {
            UsageErrors.Ambiguous(
                "without total_tokens it does not say whether reasoning is inside completion_tokens (OpenAI) or apart (xAI).");
        }

        return raw.Has(ApiEvidence.OpenRouterCost) ? ApiFormat.OpenRouter : ApiFormat.OpenAIChatCompletions;
    }

    /// <summary>Bedrock, unless there are names that only a library has.</summary>
    private static ApiFormat DetectCamelCase(in RawUsage raw) =>
        raw.Has(ApiEvidence.Copilot) ? ApiFormat.Copilot
        : raw.Has(ApiEvidence.VercelAI) ? ApiFormat.VercelAI
        : ApiFormat.BedrockConverse;

    private static ApiFormat DetectInput(in RawUsage raw)
    {
        bool anthropic = raw.Has(ApiEvidence.MessageType | ApiEvidence.AnthropicCache);
        if (anthropic && raw.Has(ApiEvidence.Responses | ApiEvidence.Details | ApiEvidence.Realtime))
        {
            UsageErrors.Ambiguous("it counts caches both as Anthropic and as OpenAI.");
        }

        if (anthropic)
        {
            return ApiFormat.AnthropicMessages;
        }

        if (raw.Has(ApiEvidence.PydanticAI))
        {
            return ApiFormat.PydanticAI;
        }

        if (raw.Has(ApiEvidence.LangChain))
        {
            return ApiFormat.LangChain;
        }

        if (raw.Has(ApiEvidence.Realtime))
        {
            return ApiFormat.OpenAIRealtime;
        }

        if (raw.Has(ApiEvidence.Transcription))
        {
            return ApiFormat.OpenAITranscriptions;
        }

        if (raw.Has(ApiEvidence.ImageBody) && !raw.Has(ApiEvidence.Responses))
        {
            return ApiFormat.OpenAIImages;
        }

        if (!raw.Has(ApiEvidence.Responses | ApiEvidence.Details))
        {
            UsageErrors.Ambiguous("input_tokens and output_tokens are the names of Anthropic Messages, OpenAI Responses, images and "
                + "transcriptions, and nothing else tells which it is.");
        }

        return raw.Has(ApiEvidence.Xai) ? ApiFormat.XaiResponses
            : raw.Has(ApiEvidence.OpenRouterCost) ? ApiFormat.OpenRouter
            : ApiFormat.OpenAIResponses;
    }
}
