using System.Collections.Immutable;
using static LlmCostModel.Inclusion;

namespace LlmCostModel;

/// <summary>
/// The inclusion rules of every API, as data. Sources are in <c>docs/responses.md</c>; each row is held to recorded responses by a
/// test.
/// </summary>
internal static class ApiConventions
{
    private const ApiEvidence Prompt = ApiEvidence.PromptTokens;
    private const ApiEvidence Input = ApiEvidence.InputTokens;
    private const ApiEvidence Total = ApiEvidence.OnlyTotal;

    internal static readonly ImmutableArray<ApiConvention> All =
    [
        //  API                             name                       counts named         cache   reasoning
        new(ApiFormat.OpenAIChatCompletions, "openai.chat.completions", Prompt,              Inside, ByTotal)
            { OtherNames = ["openai.completions", "openai.assistants"] },
        new(ApiFormat.OpenAIResponses,       "openai.responses",        Input,               Inside, Inside)
            { OtherNames = ["openai.batch"] },
        new(ApiFormat.OpenAIRealtime,        "openai.realtime",         Input,               Inside, Inside)
            { StreamAddsUp = true, StatesModalities = true },
        new(ApiFormat.OpenAIEmbeddings,      "openai.embeddings",       Prompt | Total,      Inside, Inside)
            { OtherNames = ["embeddings"], ZeroIsLeftOut = true },
        new(ApiFormat.OpenAIImages,          "openai.images",           Input,               Inside, Inside)
            { OtherNames = ["images"], OutputIsImage = true },
        new(ApiFormat.OpenAITranscriptions,  "openai.transcriptions",   Input | Prompt | ApiEvidence.Seconds, Inside, Inside)
            { OtherNames = ["audio.transcriptions"] },
        new(ApiFormat.AzureOpenAI,           "azure.openai",            Prompt | Input,      Inside, ByTotal) { OtherNames = ["azure"] },
        new(ApiFormat.AnthropicMessages,     "anthropic.messages",      Input,               Apart,  Inside)
            { OtherNames = ["anthropic"], TierStatesBatch = true, EarlyRefusalIsFree = true },
        new(ApiFormat.GeminiGenerateContent, "gemini.generateContent",  ApiEvidence.Gemini,    Inside, Apart)
            { OtherNames = ["gemini", "vertex.generateContent", "gemini.embedContent"], ZeroIsLeftOut = true, HidesReasoning = true },
        new(ApiFormat.GeminiInteractions,    "gemini.interactions",     ApiEvidence.Interactions, Inside, Apart)
            { ZeroIsLeftOut = true, HidesReasoning = true },
        new(ApiFormat.GeminiOpenAI,          "gemini.openai",           Prompt,              Inside, RestOfTotal),
        new(ApiFormat.BedrockConverse,       "bedrock.converse",        ApiEvidence.Converse,  Apart,  Inside),
        new(ApiFormat.BedrockInvokeModel,    "bedrock.invoke",          ApiEvidence.InvokeModel, Apart, Inside)
            { OtherNames = ["bedrock.invokeModel"] },
        new(ApiFormat.DeepSeek,              "deepseek",                Prompt | Input,      Inside, Inside),
        new(ApiFormat.Mistral,               "mistral",                 Prompt | ApiEvidence.Pages, Inside, Inside) { AudioApart = true },
        new(ApiFormat.Cohere,                "cohere",                  ApiEvidence.Cohere,    Inside, Inside)
            { OtherNames = ["cohere.v1", "cohere.v2"], ZeroIsLeftOut = true, CacheReadIsInput = true, CountsInputImages = true,
              Repeats = "usage.tokens." }, // with the template: https://docs.cohere.com/reference/chat
        new(ApiFormat.XaiChat,               "xai.chat",                Prompt,              Inside, Apart)
            { OtherNames = ["xai"], TotalMayOmitReasoning = true },
        new(ApiFormat.XaiResponses,          "xai.responses",           Input,               Inside, Inside),
        new(ApiFormat.Groq,                  "groq",                    Prompt | Input,      Inside, Inside),
        new(ApiFormat.OpenRouter,            "openrouter",              Prompt | Input,      Inside, ByTotal),
        new(ApiFormat.Perplexity,            "perplexity",              Prompt | Input,      Inside, Apart)
            { TotalMayOmitReasoning = true },
        new(ApiFormat.Alibaba,               "alibaba",                 Prompt | Input | ApiEvidence.Characters, Inside, Inside),
        new(ApiFormat.Moonshot,              "moonshot",                Prompt,              Inside, Inside),
        new(ApiFormat.Together,              "together",                Prompt,              Inside, Inside),
        new(ApiFormat.Fireworks,             "fireworks",               Prompt | Input,      Inside, Inside),
        new(ApiFormat.MiniMax,               "minimax",                 Prompt | Input | ApiEvidence.Characters, Inside, Inside),
        new(ApiFormat.Rerank,                "rerank",                  Prompt | Total,      Inside, Inside) { ZeroIsLeftOut = true },
        new(ApiFormat.Ollama,                "ollama",                  ApiEvidence.Ollama,    Inside, Inside)
            { ZeroIsLeftOut = true, OtherNames = ["ollama.chat"] },

        // Libraries between a provider and its caller. Most give out what providers count in one way, and some what they were given:
        // the total decides.
        new(ApiFormat.LiteLLM,               "litellm",                 Prompt,              ByTotal, ByTotal),
        new(ApiFormat.VercelAI,              "vercel.ai",               ApiEvidence.Converse, ByTotal, ByTotal)
            { OtherNames = ["ai-sdk"], ApartFor = ["claude", "anthropic", "amazon", "nova"],
              TotalMayOmitCache = true },
        new(ApiFormat.Copilot,               "github.copilot",          ApiEvidence.Converse, ByTotal, ByTotal),
        new(ApiFormat.LangChain,             "langchain",               Input,               ByTotal, Inside)
            { SplitReplacesWrites = true },
        new(ApiFormat.PydanticAI,            "pydantic-ai",             Input,               Inside, Inside),
        new(ApiFormat.ExtensionsAI,          "microsoft.extensions.ai", ApiEvidence.ExtensionsAI, ByTotal, ByTotal),
        new(ApiFormat.Cline,                 "cline",                   ApiEvidence.Cline,    Apart,  Inside),
    ];

    /// <summary>How the names of models begin whose provider bills what stands in the total alone as reasoning, also behind APIs of others
    /// that pass its counts on.</summary>
    private static readonly ImmutableArray<string> HidingModels =
    [
        "gemini-", // https://ai.google.dev/gemini-api/docs/thinking#pricing
    ];

    /// <summary>How the names of models begin that search before every answer and count no search:
    /// https://platform.openai.com/docs/guides/tools-web-search (read 2026-11-26).</summary>
    private static readonly ImmutableArray<string> SearchingModels =
        ["gpt-4o-search-preview", "gpt-4o-mini-search-preview", "gpt-5-search-api"];

    private static readonly ApiConvention?[] ByApi = Index();

    internal static ApiConvention Of(ApiFormat api) =>
        unchecked((uint)api) < (uint)ByApi.Length && ByApi[(int)api] is { } convention
            ? convention
            : throw new ArgumentOutOfRangeException(nameof(api), api,
                "This is not an API convention. Use one of ApiFormat other than Detect.");

    /// <summary>Whether a model is one whose hidden tokens are reasoning. What stands before its name, up to the last slash, is who passes
    /// it on.</summary>
    internal static bool IsBilledForHiddenReasoning(string? model)
    {
        ReadOnlySpan<char> name = model.AsSpan(model is null ? 0 : model.LastIndexOf('/') + 1);
        foreach (string beginning in HidingModels)
        {
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a call of OpenAI's Chat Completions is one search, whatever its answer says.</summary>
    internal static bool IsOneSearch(ApiConvention convention, string? model)
    {
        if (convention.Api is not (ApiFormat.OpenAIChatCompletions or ApiFormat.AzureOpenAI))
        {
            return false;
        }

        foreach (string beginning in SearchingModels)
        {
            if (model?.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }

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
