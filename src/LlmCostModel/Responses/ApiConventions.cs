using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>
/// The inclusion rules of every API, as data. Sources are in <c>docs/usage-readers.md</c>; each row is held to recorded responses by a test.
/// </summary>
internal static class ApiConventions
{
    private const ApiEvidence Prompt = ApiEvidence.PromptTokens;
    private const ApiEvidence Input = ApiEvidence.InputTokens;
    private const ApiEvidence Total = ApiEvidence.OnlyTotal;

    internal static readonly ImmutableArray<ApiConvention> All =
    [
        //  API                             name                       counts named         cache         reasoning
        new(ApiFormat.OpenAIChatCompletions, "openai.chat.completions", Prompt,              Place.Inside, Place.ByTotal) { OtherNames = ["openai.completions", "openai.assistants"] },
        new(ApiFormat.OpenAIResponses,       "openai.responses",        Input,               Place.Inside, Place.Inside) { OtherNames = ["openai.batch"] },
        new(ApiFormat.OpenAIRealtime,        "openai.realtime",         Input,               Place.Inside, Place.Inside) { StreamAddsUp = true },
        new(ApiFormat.OpenAIEmbeddings,      "openai.embeddings",       Prompt | Total,      Place.Inside, Place.Inside) { OtherNames = ["embeddings"], ZeroIsLeftOut = true },
        new(ApiFormat.OpenAIImages,          "openai.images",           Input,               Place.Inside, Place.Inside) { OtherNames = ["images"], OutputIsImage = true },
        new(ApiFormat.OpenAITranscriptions,  "openai.transcriptions",   Input | Prompt | ApiEvidence.Seconds, Place.Inside, Place.Inside) { OtherNames = ["audio.transcriptions"] },
        new(ApiFormat.AzureOpenAI,           "azure.openai",            Prompt | Input,      Place.Inside, Place.ByTotal) { OtherNames = ["azure"] },
        new(ApiFormat.AnthropicMessages,     "anthropic.messages",      Input,               Place.Apart,  Place.Inside) { OtherNames = ["anthropic"], TierStatesBatch = true },
        new(ApiFormat.GeminiGenerateContent, "gemini.generateContent",  ApiEvidence.Gemini,    Place.Inside, Place.Apart) { OtherNames = ["gemini", "vertex.generateContent", "gemini.embedContent"], ZeroIsLeftOut = true },
        new(ApiFormat.GeminiInteractions,    "gemini.interactions",     ApiEvidence.Interactions, Place.Inside, Place.Apart) { ZeroIsLeftOut = true },
        new(ApiFormat.GeminiOpenAI,          "gemini.openai",           Prompt,              Place.Inside, Place.RestOfTotal),
        new(ApiFormat.BedrockConverse,       "bedrock.converse",        ApiEvidence.Converse,  Place.Apart,  Place.Inside),
        new(ApiFormat.BedrockInvokeModel,    "bedrock.invoke",          ApiEvidence.InvokeModel, Place.Apart, Place.Inside) { OtherNames = ["bedrock.invokeModel"] },
        new(ApiFormat.DeepSeek,              "deepseek",                Prompt | Input,      Place.Inside, Place.Inside),
        new(ApiFormat.Mistral,               "mistral",                 Prompt,              Place.Inside, Place.Inside) { AudioApart = true },
        new(ApiFormat.Cohere,                "cohere",                  ApiEvidence.Cohere,    Place.Inside, Place.Inside) { OtherNames = ["cohere.v1", "cohere.v2"], ZeroIsLeftOut = true, CacheReadIsInput = true, CountsInputImages = true },
        new(ApiFormat.XaiChat,               "xai.chat",                Prompt,              Place.Inside, Place.Apart) { OtherNames = ["xai"], TotalMayOmitReasoning = true },
        new(ApiFormat.XaiResponses,          "xai.responses",           Input,               Place.Inside, Place.Inside),
        new(ApiFormat.Groq,                  "groq",                    Prompt | Input,      Place.Inside, Place.Inside),
        new(ApiFormat.OpenRouter,            "openrouter",              Prompt | Input,      Place.Inside, Place.ByTotal),
        new(ApiFormat.Perplexity,            "perplexity",              Prompt | Input,      Place.Inside, Place.Apart) { TotalMayOmitReasoning = true },
        new(ApiFormat.Alibaba,               "alibaba",                 Prompt | Input,      Place.Inside, Place.Inside),
        new(ApiFormat.Moonshot,              "moonshot",                Prompt,              Place.Inside, Place.Inside),
        new(ApiFormat.Together,              "together",                Prompt,              Place.Inside, Place.Inside),
        new(ApiFormat.Fireworks,             "fireworks",               Prompt | Input,      Place.Inside, Place.Inside),
        new(ApiFormat.Rerank,                "rerank",                  Prompt | Total,      Place.Inside, Place.Inside) { ZeroIsLeftOut = true },
        new(ApiFormat.Ollama,                "ollama",                  ApiEvidence.Ollama,    Place.Inside, Place.Inside) { ZeroIsLeftOut = true, OtherNames = ["ollama.chat"] },
    ];

    private static readonly ApiConvention?[] ByApi = Index();

    internal static ApiConvention Of(ApiFormat api) =>
        (uint)api < (uint)ByApi.Length && ByApi[(int)api] is { } convention
            ? convention
            : throw new ArgumentOutOfRangeException(nameof(api), api, "This is not an API convention. Use one of ApiFormat other than Detect.");

    private static ApiConvention?[] Index()
    {
        ApiConvention?[] index = new ApiConvention?[All.Max(convention => (int)convention.Api) + 1];
        foreach (ApiConvention convention in All)
        {
            index[(int)convention.Api] = convention;
        }

        return index;
    }
}
