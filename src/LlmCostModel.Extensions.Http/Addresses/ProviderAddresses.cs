namespace LlmCostModel;

/// <summary>Who bills the calls to an address, by the names of the catalog's providers. A client's provider name does not tell: one
/// protocol is spoken by many.</summary>
internal static class ProviderAddresses
{
    private static readonly (string Domain, string Provider)[] Known =
    [
        ("api.openai.com", "openai"),
        ("openai.azure.com", "azure"),
        ("services.ai.azure.com", "azure"),
        ("cognitiveservices.azure.com", "azure"),
        ("api.anthropic.com", "anthropic"),
        ("generativelanguage.googleapis.com", "google"),
        ("aiplatform.googleapis.com", "vertex"),
        ("api.deepseek.com", "deepseek"),
        ("api.mistral.ai", "mistral"),
        ("api.x.ai", "xai"),
        ("api.cohere.com", "cohere"),
        ("api.cohere.ai", "cohere"),
        ("api.groq.com", "groq"),
        ("api.together.xyz", "together"),
        ("api.together.ai", "together"),
        ("api.fireworks.ai", "fireworks"),
        ("api.cerebras.ai", "cerebras"),
        ("api.perplexity.ai", "perplexity"),
        ("dashscope.aliyuncs.com", "alibaba"),
        ("dashscope-intl.aliyuncs.com", "alibaba"),
        ("api.moonshot.ai", "moonshot"),
        ("api.moonshot.cn", "moonshot"),
        ("api.z.ai", "zhipu"),
        ("open.bigmodel.cn", "zhipu"),
        ("api.minimax.io", "minimax"),
        ("openrouter.ai", "openrouter"),
        ("api.voyageai.com", "voyage"),
    ];

    /// <summary>Finds the provider; <see langword="null"/> when the address is not known.</summary>
    internal static string? Find(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            return null;
        }

        string name = address.Host;
        foreach ((string domain, string provider) in Known)
        {
            if (IsWithin(name, domain) || (provider == "vertex" && name.EndsWith("-" + domain, StringComparison.OrdinalIgnoreCase)))
            {
                return provider;
            }
        }

        return name.StartsWith("bedrock-runtime", StringComparison.OrdinalIgnoreCase) && IsWithin(name, "amazonaws.com") ? "bedrock" : null;
    }

    private static bool IsWithin(string name, string domain) =>
        name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (name.Length == domain.Length || name[name.Length - domain.Length - 1] == '.');
}
