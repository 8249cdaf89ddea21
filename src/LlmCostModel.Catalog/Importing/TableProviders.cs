using System.Collections.Frozen;

namespace LlmCostModel.Catalog;

/// <summary>How public tables name providers, and which of them make the models that they sell.</summary>
internal static class TableProviders
{
    /// <summary>The names of tables by those of the built-in catalog.</summary>
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string[]>
    {
        ["alibaba"] = ["dashscope", "qwen"],
        ["azure"] = ["azure-openai", "azure_text", "azure-cognitive-services"],
        ["azure_ai"] = ["azure-ai"],
        ["bedrock"] = ["amazon", "amazon-bedrock", "amazon-nova", "amazonnova", "aws", "bedrock_converse"],
        ["cohere"] = ["cohere_chat"],
        ["fireworks"] = ["fireworks-ai", "fireworks_ai", "fireworks_ai-embedding-models"],
        ["github_copilot"] = ["github-copilot"],
        ["google"] = ["gemini"],
        ["mistral"] = ["mistral-ai"],
        ["moonshot"] = ["moonshot-ai", "moonshotai"],
        ["novita"] = ["novita-ai"],
        ["openai"] = ["open-ai", "text-completion-openai"],
        ["perplexity"] = ["perplexity-ai"],
        ["together"] = ["together-ai", "together_ai", "togetherai"],
        ["vercel"] = ["vercel-ai-gateway", "vercel_ai_gateway"],
        ["vertex"] = ["google-vertex", "google-vertex-anthropic", "vertex-ai", "vertex_ai"],
        ["voyage"] = ["voyageai"],
        ["xai"] = ["x-ai"],
        ["zhipu"] = ["z-ai", "zai", "zhipuai"],
    }
        .SelectMany(pair => pair.Value.Select(name => KeyValuePair.Create(name, pair.Key)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>LiteLLM splits the models of Vertex AI by their makers.</summary>
    private const string VertexParts = "vertex_ai-";

    /// <summary>Who makes the models: of the built-in catalog, and of the tables alone.</summary>
    private static readonly FrozenSet<string> Makers = new[]
    {
        "alibaba", "anthropic", "cohere", "deepseek", "google", "minimax", "mistral", "moonshot", "openai", "perplexity", "voyage", "xai",
        "zhipu",
        "ai21", "assemblyai", "black_forest_labs", "deepgram", "elevenlabs", "inception", "jina_ai", "llama", "meta-ai", "meta_llama",
        "morph", "nova", "recraft", "runwayml", "sarvam", "soniox", "stability", "stepfun", "upstage", "xiaomi",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that the built-in catalog has for a provider of a public table, or the same when the catalog has none.</summary>
    internal static string NameOf(string tableProvider) =>
        Names.TryGetValue(tableProvider, out string? provider) ? provider
        : tableProvider.StartsWith(VertexParts, StringComparison.OrdinalIgnoreCase) ? "vertex"
        : tableProvider;

    /// <summary>Whether the provider makes its models, so that an id without a provider means its price.</summary>
    internal static bool IsMaker(string provider) => Makers.Contains(provider);

    /// <summary>The id without the name of the provider that a table writes before it, in any of the provider's names.</summary>
    internal static string IdOf(string id, string tableProvider)
    {
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < id.Length - 1
            && (id[..slash] == tableProvider || IsAnotherNameOf(id[..slash], NameOf(tableProvider)))
            ? id[(slash + 1)..]
            : id;
    }

    private static bool IsAnotherNameOf(string prefix, string provider) =>
        Names.TryGetValue(prefix, out string? named) && named == provider;
}
