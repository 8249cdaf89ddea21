namespace LlmCostModel.Logs;

/// <summary>What gateways and tracers call the providers of the catalog.</summary>
internal static class ProviderNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aws"] = "bedrock",
        ["aws-bedrock"] = "bedrock",
        ["amazon-bedrock"] = "bedrock",
        ["amazon_bedrock"] = "bedrock",
        ["bedrock_converse"] = "bedrock",
        ["azure-openai"] = "azure",
        ["azure_openai"] = "azure",
        ["azure_text"] = "azure",
        ["azure-ai"] = "azure_ai",
        ["cohere_chat"] = "cohere",
        ["dashscope"] = "alibaba",
        ["fireworks_ai"] = "fireworks",
        ["fireworks-ai"] = "fireworks",
        ["gemini"] = "google",
        ["github-copilot"] = "github_copilot",
        ["github-copilot-enterprise"] = "github_copilot",
        ["google-vertex"] = "vertex",
        ["google-vertex-anthropic"] = "vertex",
        ["google_vertexai"] = "vertex",
        ["mistral-ai"] = "mistral",
        ["openai-codex"] = "codex",
        ["perplexity-ai"] = "perplexity",
        ["text-completion-openai"] = "openai",
        ["together-ai"] = "together",
        ["together_ai"] = "together",
        ["togetherai"] = "together",
        ["vertex-ai"] = "vertex",
        ["vertex_ai"] = "vertex",
        ["vertex_ai_beta"] = "vertex",
        ["x-ai"] = "xai",
        ["zai"] = "zhipu",
    };

    /// <summary>The catalog's name of a provider; the same in lower case when the catalog has none.</summary>
    public static string? Of(string? name) =>
        name is null ? null : Names.TryGetValue(name, out string? known) ? known : name.ToLowerInvariant();
}
