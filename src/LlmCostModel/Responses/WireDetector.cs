using System.Numerics;

namespace LlmCostModel;

/// <summary>Finds the convention of a body from what it shows, where that is safe.</summary>
internal static class WireDetector
{
    /// <summary>The convention to read by: the named one if the body can be of it, else the one that the body shows.</summary>
    /// <param name="raw">What the body states.</param>
    /// <param name="named">What the caller says.</param>
    /// <param name="hasCounts">Whether there are counts to convert at all.</param>
    internal static WireConvention Choose(in RawUsage raw, UsageWire named, bool hasCounts)
    {
        WireMarks family = Family(in raw);
        if (named != UsageWire.Detect)
        {
            WireConvention convention = WireConventions.Of(named);
            if (hasCounts && (family & ~convention.Families) != 0)
            {
                UsageErrors.NotOfWire(convention, family);
            }

            return convention;
        }

        if (BitOperations.PopCount((uint)family) > 1)
        {
            UsageErrors.Ambiguous("it names its counts in more than one way.");
        }

        return WireConventions.Of(Detect(in raw, family));
    }

    /// <summary>How the counts are named. A total or seconds alone are a family of their own; beside other counts they are not.</summary>
    internal static WireMarks Family(in RawUsage raw)
    {
        WireMarks family = raw.Marks & WireMarks.Families;
        if ((family & ~WireMarks.Seconds) != 0)
        {
            return family & ~WireMarks.Seconds;
        }

        return family == 0 && raw.Has(Slot.Total) ? WireMarks.OnlyTotal : family;
    }

    private static UsageWire Detect(in RawUsage raw, WireMarks family)
    {
        switch (family)
        {
            case WireMarks.Gemini:
                return UsageWire.GeminiGenerateContent;
            case WireMarks.Interactions:
                return UsageWire.GeminiInteractions;
            case WireMarks.Converse:
                return UsageWire.BedrockConverse;
            case WireMarks.InvokeModel:
                return UsageWire.BedrockInvokeModel;
            case WireMarks.Cohere:
                return UsageWire.Cohere;
            case WireMarks.Ollama:
                return UsageWire.Ollama;
            case WireMarks.PromptTokens:
                return DetectPrompt(in raw);
            case WireMarks.InputTokens:
                return DetectInput(in raw);
            case WireMarks.Seconds:
                return UsageWire.OpenAITranscriptions;
            case WireMarks.OnlyTotal when raw.Has(WireMarks.List):
                return UsageWire.OpenAIEmbeddings;
            case WireMarks.OnlyTotal when raw.Has(WireMarks.Rerank):
                return UsageWire.Rerank;
            case WireMarks.OnlyTotal:
                UsageErrors.Ambiguous("total_tokens alone does not say how many of them are input.");
                break;
        }

        return DetectWithoutCounts(in raw);
    }

    private static UsageWire DetectWithoutCounts(in RawUsage raw)
    {
        if (raw.Has(WireMarks.Xai))
        {
            return raw.Has(WireMarks.Responses) ? UsageWire.XaiResponses : UsageWire.XaiChat;
        }

        if (raw.Has(WireMarks.MessageType))
        {
            return UsageWire.AnthropicMessages;
        }

        if (raw.Has(WireMarks.Responses))
        {
            return UsageWire.OpenAIResponses;
        }

        if (!raw.Has(WireMarks.Chat))
        {
            UsageErrors.NotRecognised();
        }

        return UsageWire.OpenAIChatCompletions;
    }

    private static UsageWire DetectPrompt(in RawUsage raw)
    {
        if (raw.Has(WireMarks.AnthropicCache) && (raw[Slot.CacheRead] > 0 || raw[Slot.CacheWrite] > 0))
        {
            UsageErrors.Ambiguous("it has prompt_tokens as OpenAI and cached tokens as Anthropic, and does not say whether the one contains the other.");
        }

        if (raw.Has(WireMarks.List))
        {
            return UsageWire.OpenAIEmbeddings;
        }

        if (raw.Has(WireMarks.Rerank))
        {
            return UsageWire.Rerank;
        }

        if (raw.Has(WireMarks.DeepSeekCache))
        {
            return UsageWire.DeepSeek;
        }

        if (raw.Has(WireMarks.PerplexityCost))
        {
            return UsageWire.Perplexity;
        }

        if (raw.Has(WireMarks.Mistral))
        {
            return UsageWire.Mistral;
        }

        // Not xAI's own rule when xAI's marks are there: gateways keep the marks and rewrite the counts. The total decides.
        if (!raw.Has(Slot.Total) && raw[Slot.Reasoning] > 0)
        {
            UsageErrors.Ambiguous("without total_tokens it does not say whether reasoning is inside completion_tokens (OpenAI) or apart (xAI).");
        }

        return raw.Has(WireMarks.OpenRouterCost) ? UsageWire.OpenRouter : UsageWire.OpenAIChatCompletions;
    }

    private static UsageWire DetectInput(in RawUsage raw)
    {
        bool anthropic = raw.Has(WireMarks.MessageType | WireMarks.AnthropicCache);
        if (anthropic && raw.Has(WireMarks.Responses | WireMarks.Details | WireMarks.Realtime))
        {
            UsageErrors.Ambiguous("it counts caches both as Anthropic and as OpenAI.");
        }

        if (anthropic)
        {
            return UsageWire.AnthropicMessages;
        }

        if (raw.Has(WireMarks.Realtime))
        {
            return UsageWire.OpenAIRealtime;
        }

        if (raw.Has(WireMarks.Transcription))
        {
            return UsageWire.OpenAITranscriptions;
        }

        if (raw.Has(WireMarks.ImageBody) && !raw.Has(WireMarks.Responses))
        {
            return UsageWire.OpenAIImages;
        }

        if (!raw.Has(WireMarks.Responses | WireMarks.Details))
        {
            UsageErrors.Ambiguous("input_tokens and output_tokens are the names of Anthropic Messages, OpenAI Responses, images and transcriptions, and nothing else tells which it is.");
        }

        return raw.Has(WireMarks.Xai) ? UsageWire.XaiResponses : raw.Has(WireMarks.OpenRouterCost) ? UsageWire.OpenRouter : UsageWire.OpenAIResponses;
    }
}
