namespace LlmCostModel.Logs;

/// <summary>What the providers of the catalog call themselves and the service that they bill; where a cloud bills, as its own FOCUS rows
/// have it.</summary>
internal static class FocusProviders
{
    private static readonly Dictionary<string, (string Provider, string? Service)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alibaba"] = ("Alibaba Cloud", "Model Studio"),
        ["anthropic"] = ("Anthropic", null),
        ["azure"] = ("Microsoft", "Azure OpenAI"),
        ["azure_ai"] = ("Microsoft", "Foundry Models"),
        ["bedrock"] = ("AWS", "Amazon Bedrock"),
        ["cerebras"] = ("Cerebras", null),
        ["codex"] = ("OpenAI", "Codex"),
        ["cohere"] = ("Cohere", null),
        ["copilot_studio"] = ("Microsoft", "Copilot Studio"),
        ["databricks"] = ("Databricks", "Model Serving"),
        ["deepinfra"] = ("DeepInfra", null),
        ["deepseek"] = ("DeepSeek", null),
        ["fireworks"] = ("Fireworks AI", null),
        ["github_copilot"] = ("GitHub", "GitHub Copilot"),
        ["google"] = ("Google", "Gemini API"),
        ["groq"] = ("Groq", null),
        ["minimax"] = ("MiniMax", null),
        ["mistral"] = ("Mistral AI", null),
        ["moonshot"] = ("Moonshot AI", null),
        ["nebius"] = ("Nebius", null),
        ["novita"] = ("Novita AI", null),
        ["openai"] = ("OpenAI", null),
        ["openrouter"] = ("OpenRouter", null),
        ["perplexity"] = ("Perplexity", null),
        ["sambanova"] = ("SambaNova", null),
        ["together"] = ("Together AI", null),
        ["vercel"] = ("Vercel", "AI Gateway"),
        ["vertex"] = ("Google Cloud", "Vertex AI"),
        ["voyage"] = ("Voyage AI", null),
        ["xai"] = ("xAI", null),
        ["zhipu"] = ("Zhipu AI", null),
    };

    /// <summary>The name of a provider; its id where the catalog has none of that id.</summary>
    public static string NameOf(string id) => Names.TryGetValue(id, out (string Provider, string? Service) known) ? known.Provider : id;

    /// <summary>The service that a provider bills.</summary>
    public static string ServiceOf(string id) =>
        Names.TryGetValue(id, out (string Provider, string? Service) known) && known.Service is { } service ? service : $"{NameOf(id)} API";

    /// <summary>Whether the provider has a name here.</summary>
    public static bool Knows(string id) => Names.ContainsKey(id);
}
