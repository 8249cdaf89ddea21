namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Ids as gateways, clients and logs write them, a few for each form.</summary>
public static class WildIds
{
    /// <summary>Id, provider of the call, and what it is: the model at a provider, with the region and the tier that the id names.</summary>
    public static TheoryData<string, string?, string> Known => new()
    {
        // Pydantic AI, LangChain, promptfoo
        { "openai:chat:gpt-4o-mini", null, "gpt-4o-mini at openai" },
        { "openai:responses:gpt-5-mini", null, "gpt-5-mini at openai" },
        { "openai:embedding:text-embedding-3-small", null, "text-embedding-3-small at openai" },
        { "openai:ft:gpt-4o-2024-08-06:org::id", null, "ft:gpt-4o at openai" },
        { "openai:gpt-4o", "azure", "gpt-4o at azure" }, // a client of OpenAI's kind at another address
        { "anthropic:messages:claude-sonnet-4-5-20250929", null, "claude-sonnet-4-5 at anthropic" },
        { "google-gla:gemini-2.5-flash", null, "gemini-2.5-flash at google" },
        { "google_genai:gemini-2.5-flash-lite", null, "gemini-2.5-flash-lite at google" },
        { "google-vertex:claude-opus-4-1@20250805", null, "claude-opus-4-1 at vertex" },
        { "bedrock:converse:us.anthropic.claude-sonnet-4-20250514-v1:0", null, "anthropic.claude-sonnet-4-20250514-v1:0 at bedrock in us" },
        { "bedrock_converse:amazon.nova-pro-v1:0", null, "amazon.nova-pro-v1:0 at bedrock" },
        { "azure_openai:gpt-4.1-mini", null, "gpt-4.1-mini at azure" },
        { "mistralai:mistral-large-2411", null, "mistral-large-2411 at mistral" },
        { "xai:grok-4.3", null, "grok-4.3 at xai" },
        { "deepseek:deepseek-reasoner", null, "deepseek-reasoner at deepseek" },
        { "cohere:command-r-08-2024", null, "command-r-08-2024 at cohere" },
        { "openrouter:openai/gpt-5", null, "openai/gpt-5 at openrouter" },
        { "together:meta-llama/Llama-3.3-70B-Instruct-Turbo", null, "meta-llama/Llama-3.3-70B-Instruct-Turbo at together" },
        { "fireworks:accounts/fireworks/models/deepseek-v3p1", null, "accounts/fireworks/models/deepseek-v3p1 at fireworks" },
        { "groq:openai/gpt-oss-20b", null, "openai/gpt-oss-20b at groq" },

        // models.dev, opencode
        { "amazon-bedrock/eu.anthropic.claude-opus-4-5-20251101-v1:0", null, "anthropic.claude-opus-4-5-20251101-v1:0 at bedrock in eu" },
        { "google-vertex-anthropic/claude-sonnet-4-5@20250929", null, "claude-sonnet-4-5 at vertex" },
        { "azure-cognitive-services/gpt-5.1", null, "gpt-5.1 at azure" },
        { "azure-cognitive-services/claude-opus-4-6", null, "claude-opus-4-6 at azure_ai" },
        { "togetherai/moonshotai/Kimi-K2-Instruct", null, "moonshotai/Kimi-K2-Instruct at together" },
        { "fireworks-ai/deepseek-v3p2", null, "accounts/fireworks/models/deepseek-v3p2 at fireworks" },
        { "zhipuai/glm-4.5", null, "glm-4.5 at zhipu" },
        { "moonshotai/kimi-k2-thinking", null, "kimi-k2-thinking at moonshot" },

        // the maker's name, as OpenRouter and Vercel write it
        { "google/gemini-2.5-flash", null, "gemini-2.5-flash at google" },
        { "google/gemini-2.0-flash-001", null, "gemini-2.0-flash at google" },
        { "z-ai/glm-4.6", null, "glm-4.6 at zhipu" },
        { "qwen/qwen3-max", null, "qwen3-max at alibaba" },
        { "minimax/minimax-m2", null, "MiniMax-M2 at minimax" },
        { "anthropic/claude-4.5-haiku-20251001", null, "claude-haiku-4-5 at anthropic" },
        { "openrouter/openai/gpt-5-2025-08-07", null, "openai/gpt-5 at openrouter" },
        { "openrouter/anthropic/claude-4.5-sonnet", null, "anthropic/claude-sonnet-4.5 at openrouter" },

        // Priced in credits
        { "github_copilot/gpt-5.4", null, "gpt-5.4 at github_copilot" },
        { "github-copilot:claude-sonnet-4.6", null, "claude-sonnet-4.6 at github_copilot" },
        { "copilot/claude-sonnet-4-6", null, "claude-sonnet-4.6 at github_copilot" },
        { "github_copilot/gemini-3.5-flash", null, "gemini-3.5-flash at github_copilot" },
        { "databricks/databricks-claude-opus-4-5", null, "databricks-claude-opus-4-5 at databricks" },
        { "databricks-claude-sonnet-4-5", null, "databricks-claude-sonnet-4-5 at databricks" },
        { "codex/gpt-5.5", null, "gpt-5.5 at codex" },
        { "copilot-studio/copilot-studio", null, "copilot-studio at copilot_studio" },

        // Cursor, Copilot, Poe
        { "claude-4.5-haiku", null, "claude-haiku-4-5 at anthropic" },
        { "claude-4.5-opus-high-thinking", null, "claude-opus-4-5 at anthropic" },
        { "claude-3.7-sonnet-thought", null, "claude-3-7-sonnet at anthropic" },
        { "Claude-Haiku-3.5", null, "claude-3-5-haiku at anthropic" },
        { "claude-5-sonnet", null, "claude-sonnet-5 at anthropic" },
        { "GPT-5.1-Codex", null, "gpt-5.1-codex at openai" },
        { "sonnet-4.5-thinking", null, "claude-sonnet-4-5 at anthropic" },
        { "gemini-3-pro-high", null, "gemini-3.1-pro-preview at google" }, // the preview's name leads to its successor's price

        // effort and speed
        { "gpt-5-minimal", null, "gpt-5 at openai" },
        { "gpt-5.2-codex-xhigh", null, "gpt-5.2-codex at openai" },
        { "o4-mini-high", null, "o4-mini at openai" },
        { "claude-opus-4-6-max", null, "claude-opus-4-6 at anthropic" },
        { "openai/gpt-5.2:xhigh", null, "gpt-5.2 at openai" },
        { "claude-opus-4-5-20251101#max", null, "claude-opus-4-5 at anthropic" },
        { "grok-4.3-high", null, "grok-4.3 at xai" },
        { "gpt-5-high-fast", null, "gpt-5 at openai, priority" },
        { "claude-4.6-opus-max-thinking-fast", null, "claude-opus-4-6 at anthropic, fast" },
        { "us.anthropic.claude-sonnet-4-5-20250929-v1:0[1m]", null, "anthropic.claude-sonnet-4-5-20250929-v1:0 at bedrock in us" },

        // Bedrock and Vertex AI
        { "us.amazon.nova-pro-v1", null, "amazon.nova-pro-v1:0 at bedrock in us" },
        { "amazon.titan-embed-text-v2%3A0", null, "amazon.titan-embed-text-v2:0 at bedrock" },
        { "openai.gpt-oss-20b-1", null, "openai.gpt-oss-20b-1:0 at bedrock" },
        { "arn:aws:bedrock:ap-south-1::foundation-model/qwen.qwen3-32b-v1:0", null, "qwen.qwen3-32b-v1:0 at bedrock in ap-south-1" },
        { "arn:aws:bedrock:eu-west-1:1:inference-profile/global.anthropic.claude-opus-4-5-20251101-v1:0", null,
            "anthropic.claude-opus-4-5-20251101-v1:0 at bedrock in global" },
        { "glm-4.7-maas", null, "zai-org/glm-4.7-maas at vertex" },
        { "gpt-oss-120b-maas", null, "openai/gpt-oss-120b-maas at vertex" },
        { "gemini-2.5-flash@default", null, "gemini-2.5-flash at vertex" },

        // names without a date
        { "mistral-small", null, "mistral-small-latest at mistral" },
        { "gemini-1.5-pro-latest", null, "gemini-1.5-pro at google" },
        { "qwen-max-latest", null, "qwen-max at alibaba" },
        { "gpt-3.5-turbo-instruct:20230824-v2", null, "gpt-3.5-turbo-instruct at openai" },
    };

    /// <summary>Id, provider of the call, and a part of the reason.</summary>
    public static TheoryData<string, string?, string> Unknown => new()
    {
        { "copilot/gpt-4o", null, "Copilot bills in credits" },
        { "cursor/claude-4.5-sonnet", null, "Cursor is a subscription" },
        { "zai-coding-plan/glm-4.6", null, "A coding plan is a subscription" },
        { "opencode/claude-sonnet-4-5", null, "OpenCode Zen is a gateway" },
        { "sap/anthropic--claude-4.5-sonnet", null, "SAP AI Core is a gateway" },
        { "databricks/databricks-claude-opus-9", null, "Databricks bills in credits" },
        { "deepinfra/meta-llama/Llama-3.3-70B-Instruct", null, "DeepInfra sells it at its own prices" },
        { "moonshotai-cn/kimi-k2.5", null, "in another currency" },
        { "litellm/gpt-4o", null, "Behind a proxy" },
        { "vllm/qwen3-32b", null, "on a machine of yours" },
        { "moonshotai/Kimi-K2-Thinking", null, "Many providers sell weights" }, // Hugging Face's name of the weights
        { "meta-llama/Llama-9-8B-Instruct", null, "Meta gives the weights away" },
        { "mistralai/mistral-small", null, "Many providers sell weights" }, // at OpenRouter another model than Mistral's newest
        { "databricks-claude-sonnet-9", null, "Add it under" },
        { "anthropic--claude-4.6-sonnet", null, "Add it under" },
        { "claude-sonnet-4-5-instruct", null, "Add it under" },
        { "gpt-5.1-codex-max-mini", null, "Add it under" },
        { "gpt-4o-high", null, "Add it under" }, // has no effort
        { "gpt-5-image-high", null, "Add it under" }, // a quality, which has a price
        { "kimi-k2-low", null, "Add it under" },
        { "qwen3-235b-a22b-thinking", null, "Add it under" },
        { "gemini-2.5-flash-thinking", null, "Add it under" }, // once at its own price
        { "foo:bar", null, "Add it under" },
        { "amazon.nova-lite-v1:0:300k", null, "provisioned throughput" },
        { "gpt-oss:120b-cloud", null, "runs in its cloud" },
        { "groq:gpt-4o", null, "at provider 'groq'" },
        { "gpt-4o-mimi", null, "Did you mean 'gpt-4o-mini'?" },
        { "gpt41-mini", null, "Did you mean 'gpt-4.1-mini'?" },
        { "claude-sonet-4-5", "anthropic", "Did you mean 'claude-sonnet-4-5'?" },
    };
}
