using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>
/// The inclusion rules of every wire, as data. Sources are in <c>docs/usage-readers.md</c>; each row is held to recorded responses by a test.
/// </summary>
internal static class WireConventions
{
    private const WireMarks Prompt = WireMarks.PromptTokens;
    private const WireMarks Input = WireMarks.InputTokens;
    private const WireMarks Total = WireMarks.OnlyTotal;

    internal static readonly ImmutableArray<WireConvention> All =
    [
        //  wire                             name                       counts named         cache         reasoning
        new(UsageWire.OpenAIChatCompletions, "openai.chat.completions", Prompt,              Place.Inside, Place.ByTotal) { OtherNames = ["openai.completions", "openai.assistants"] },
        new(UsageWire.OpenAIResponses,       "openai.responses",        Input,               Place.Inside, Place.Inside) { OtherNames = ["openai.batch"] },
        new(UsageWire.OpenAIRealtime,        "openai.realtime",         Input,               Place.Inside, Place.Inside) { StreamAddsUp = true },
        new(UsageWire.OpenAIEmbeddings,      "openai.embeddings",       Prompt | Total,      Place.Inside, Place.Inside) { OtherNames = ["embeddings"], ZeroIsLeftOut = true },
        new(UsageWire.OpenAIImages,          "openai.images",           Input,               Place.Inside, Place.Inside) { OtherNames = ["images"], OutputIsImage = true },
        new(UsageWire.OpenAITranscriptions,  "openai.transcriptions",   Input | Prompt | WireMarks.Seconds, Place.Inside, Place.Inside) { OtherNames = ["audio.transcriptions"] },
        new(UsageWire.AzureOpenAI,           "azure.openai",            Prompt | Input,      Place.Inside, Place.ByTotal) { OtherNames = ["azure"] },
        new(UsageWire.AnthropicMessages,     "anthropic.messages",      Input,               Place.Apart,  Place.Inside) { OtherNames = ["anthropic"], TierStatesBatch = true },
        new(UsageWire.GeminiGenerateContent, "gemini.generateContent",  WireMarks.Gemini,    Place.Inside, Place.Apart) { OtherNames = ["gemini", "vertex.generateContent", "gemini.embedContent"], ZeroIsLeftOut = true },
        new(UsageWire.GeminiInteractions,    "gemini.interactions",     WireMarks.Interactions, Place.Inside, Place.Apart) { ZeroIsLeftOut = true },
        new(UsageWire.GeminiOpenAI,          "gemini.openai",           Prompt,              Place.Inside, Place.RestOfTotal),
        new(UsageWire.BedrockConverse,       "bedrock.converse",        WireMarks.Converse,  Place.Apart,  Place.Inside),
        new(UsageWire.BedrockInvokeModel,    "bedrock.invoke",          WireMarks.InvokeModel, Place.Apart, Place.Inside) { OtherNames = ["bedrock.invokeModel"] },
        new(UsageWire.DeepSeek,              "deepseek",                Prompt | Input,      Place.Inside, Place.Inside),
        new(UsageWire.Mistral,               "mistral",                 Prompt,              Place.Inside, Place.Inside) { AudioApart = true },
        new(UsageWire.Cohere,                "cohere",                  WireMarks.Cohere,    Place.Inside, Place.Inside) { OtherNames = ["cohere.v1", "cohere.v2"], ZeroIsLeftOut = true, CacheReadIsInput = true, CountsInputImages = true },
        new(UsageWire.XaiChat,               "xai.chat",                Prompt,              Place.Inside, Place.Apart) { OtherNames = ["xai"], TotalMayOmitReasoning = true },
        new(UsageWire.XaiResponses,          "xai.responses",           Input,               Place.Inside, Place.Inside),
        new(UsageWire.Groq,                  "groq",                    Prompt | Input,      Place.Inside, Place.Inside),
        new(UsageWire.OpenRouter,            "openrouter",              Prompt | Input,      Place.Inside, Place.ByTotal),
        new(UsageWire.Perplexity,            "perplexity",              Prompt | Input,      Place.Inside, Place.Apart) { TotalMayOmitReasoning = true },
        new(UsageWire.Alibaba,               "alibaba",                 Prompt | Input,      Place.Inside, Place.Inside),
        new(UsageWire.Moonshot,              "moonshot",                Prompt,              Place.Inside, Place.Inside),
        new(UsageWire.Together,              "together",                Prompt,              Place.Inside, Place.Inside),
        new(UsageWire.Fireworks,             "fireworks",               Prompt | Input,      Place.Inside, Place.Inside),
        new(UsageWire.Rerank,                "rerank",                  Prompt | Total,      Place.Inside, Place.Inside) { ZeroIsLeftOut = true },
        new(UsageWire.Ollama,                "ollama",                  WireMarks.Ollama,    Place.Inside, Place.Inside) { ZeroIsLeftOut = true, OtherNames = ["ollama.chat"] },
    ];

    private static readonly WireConvention?[] ByWire = Index();

    internal static WireConvention Of(UsageWire wire) =>
        (uint)wire < (uint)ByWire.Length && ByWire[(int)wire] is { } convention
            ? convention
            : throw new ArgumentOutOfRangeException(nameof(wire), wire, "This is not a wire convention. Use one of UsageWire other than Detect.");

    private static WireConvention?[] Index()
    {
        WireConvention?[] index = new WireConvention?[All.Max(convention => (int)convention.Wire) + 1];
        foreach (WireConvention convention in All)
        {
            index[(int)convention.Wire] = convention;
        }

        return index;
    }
}
