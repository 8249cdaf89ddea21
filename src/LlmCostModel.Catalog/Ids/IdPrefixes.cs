namespace LlmCostModel.Catalog;

/// <summary>The names that gateways and clients put in front of ids, by provider of the catalog.</summary>
/// <remarks>
/// Where they are listed: https://docs.litellm.ai/docs/providers, https://models.dev, https://ai.pydantic.dev/models/overview,
/// https://python.langchain.com/docs/how_to/chat_models_universal_init, https://www.promptfoo.dev/docs/providers,
/// https://openrouter.ai/models.
/// </remarks>
internal static class IdPrefixes
{
    internal static readonly IdPrefix[] All =
    [
        Host("bedrock", "path of Bedrock",
            "amazon-bedrock", "amazon_bedrock", "aws-bedrock", "aws_bedrock", "bedrock-converse", "bedrock_converse"),
        Host("vertex", "path of Vertex AI",
            "vertex_ai", "vertex-ai", "vertexai", "vertex", "vertex_ai_beta", "google-vertex", "google_vertex", "google_vertexai",
            "google-vertexai", "google-vertex-anthropic", "google_anthropic_vertex"),
        Host("google", "path of the Gemini API",
            "gemini", "google-gla", "google_gla", "google-genai", "google_genai", "googleai", "google-ai-studio", "google_ai_studio",
            "google-generative-ai"),
        Host("azure", "path of Azure OpenAI", "azure-openai", "azure_openai", "azureopenai", "azure-cognitive-services"),
        Host("azure_ai", "path of Azure AI models",
            "azure-ai", "azureai", "azure-ai-foundry", "azure_ai_foundry", "azure-cognitive-services"),
        Host("together", "path of Together", "together_ai", "together-ai", "togetherai", "together"),
        Host("fireworks", "path of Fireworks", "fireworks_ai", "fireworks-ai", "fireworksai", "fireworks"),
        Host("groq", "path of Groq", "groq"),
        Host("cerebras", "path of Cerebras", "cerebras"),
        Host("alibaba", "path of Alibaba Model Studio", "dashscope", "alibaba"),
        Colon("bedrock", "path of Bedrock", "bedrock"),
        Colon("azure", "path of Azure OpenAI", "azure"),
        Colon("azure_ai", "path of Azure AI models", "azure_ai"),

        MadeBy("openai", "openai", "openai-chat", "openai-responses", "openai_responses", "text-completion-openai"),
        MadeBy("anthropic", "anthropic"),
        MadeBy("google", "google"),
        MadeBy("xai", "xai", "x-ai"),
        MadeBy("mistral", "mistral", "codestral"),
        MadeBy("cohere", "cohere", "cohere_chat"),
        MadeBy("perplexity", "perplexity"),
        MadeBy("moonshot", "moonshot", "moonshot-ai"),
        MadeBy("zhipu", "zai", "z-ai", "zhipu", "zhipuai"),
        MadeBy("minimax", "minimax"),
        MadeBy("voyage", "voyage", "voyageai"),
        WeightsOf("alibaba", "qwen"),
        WeightsOf("moonshot", "moonshotai"),
        new("name of the maker in front", "deepseek") { Maker = "deepseek", ColonOnly = true },
        new("name of the maker in front", "mistralai") { Maker = "mistral", ColonOnly = true }, // with a slash: Hugging Face, OpenRouter
    ];

    private static IdPrefix Host(string provider, string description, params string[] names) =>
        new(description, names) { Provider = provider };

    private static IdPrefix Colon(string provider, string description, params string[] names) =>
        new(description, names) { Provider = provider, ColonOnly = true };

    private static IdPrefix MadeBy(string maker, params string[] names) => new("name of the maker in front", names) { Maker = maker };

    /// <summary>Hugging Face has the weights under the same name, which anyone may sell: written in capitals.</summary>
    private static IdPrefix WeightsOf(string maker, params string[] names) =>
        new("name of the maker in front", names) { Maker = maker, LowerCaseOnly = true };
}
