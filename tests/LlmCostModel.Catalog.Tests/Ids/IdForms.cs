namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>A made-up id for each rule, and what the rules make of it.</summary>
public static class IdForms
{
    private const string Maker = "(name of the maker in front)";
    private const string Vertex = "(resource name of Vertex AI)";
    private const string Date = "(date of a snapshot)";
    private const string Response = "(name in responses of Bedrock)";
    private const string Image = "size and quality of an image in the path";

    /// <summary>Id, provider of the call, and the candidates: the model at a provider in a region with what is said of the call, of a day,
    /// and the steps that led to it.</summary>
    public static TheoryData<string, string?, string> Paths => new()
    {
        { "arn:aws:bedrock:us-east-1:123456789012:inference-profile/some", null, "some at bedrock in us-east-1 (resource name of Bedrock)" },
        { "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/some", null,
            "some at bedrock in us-gov-west-1 (resource name of Bedrock)" },
        { "bedrock/us-gov-west-1/some", null, "some at bedrock in us-gov (region in the path)" },
        { "bedrock/eu-central-1/some", null, "some at bedrock in eu-central-1 (region in the path)" },
        { "bedrock/some", null, "some at bedrock (path of Bedrock)" },
        { "bedrock/converse/some", null, "some at bedrock (path of Bedrock)" },
        { "bedrock/converse_like/some", null, "some at bedrock (path of Bedrock)" },
        { "us.maker.some", null, "maker.some at bedrock in us (geography of an inference profile)" },
        { "us-gov.maker.some", null, "maker.some at bedrock in us-gov (geography of an inference profile)" },
        { "eu.maker.some", null, "maker.some at bedrock in eu (geography of an inference profile)" },
        { "apac.maker.some", null, "maker.some at bedrock in apac (geography of an inference profile)" },
        { "au.maker.some", null, "maker.some at bedrock in au (geography of an inference profile)" },
        { "jp.maker.some", null, "maker.some at bedrock in jp (geography of an inference profile)" },
        { "ca.maker.some", null, "maker.some at bedrock in ca (geography of an inference profile)" },
        { "global.maker.some", null, "maker.some at bedrock in global (geography of an inference profile)" },
        { "arn:aws:bedrock:us-east-1:1:inference-profile/us.maker.some", null, "us.maker.some at bedrock in us-east-1 (resource name of Bedrock)"
            + " | maker.some at bedrock in us-east-1 (resource name of Bedrock, geography of an inference profile)" },
        { "arn:aws:bedrock:us-east-1:1:inference-profile/global.maker.some", null,
            "global.maker.some at bedrock in us-east-1 (resource name of Bedrock)"
            + " | maker.some at bedrock in global (resource name of Bedrock, geography of an inference profile)" },
        { "bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/some", null,
            "arn:aws:bedrock:us-east-1:1:inference-profile/some at bedrock (path of Bedrock)"
            + " | some at bedrock in us-east-1 (path of Bedrock, resource name of Bedrock)" },

        { "publishers/maker/models/some-maas", null, $"maker/some-maas at vertex {Vertex} | some-maas at vertex {Vertex}" },
        { "projects/p/locations/us-east5/publishers/maker/models/some-maas", null,
            $"maker/some-maas at vertex in us-east5 {Vertex} | some-maas at vertex in us-east5 {Vertex}" },
        { "projects/p/locations/us-east5/publishers/maker/models/some", null, $"some at vertex in us-east5 {Vertex}" },
        { "publishers/maker/models/some", null, $"some at vertex {Vertex}" },
        { "mistralai/some", "vertex", $"some at vertex {Maker}" },
        { "vertex_ai/some", null, "some at vertex (path of Vertex AI)" },
        { "models/some", null, "some at google (resource name of the Gemini API)" },
        { "models/some", "vertex", "some at vertex (resource name of the Gemini API)" },
        { "gemini/gemma", null, "gemma at google (path of the Gemini API)" },

        { "azure/eu/some", null, "some at azure in eu (data zone in the path)" },
        { "azure/us/some", null, "some at azure in us (data zone in the path)" },
        { "azure/1024-x-1536/some", null, "1024-x-1536/some at azure (path of Azure OpenAI)" },
        { "azure/hd/1024-x-1536/some", null, "hd/1024-x-1536/some at azure (path of Azure OpenAI)" },
        { "azure/global/some", null, "some at azure in global (deployment type in the path)" },
        { "azure/global-standard/some", null, "some at azure in global (deployment type in the path)" },
        { "azure/some", null, "some at azure (path of Azure OpenAI)" },
        { "azure/some", "AZURE", "some at azure (path of Azure OpenAI)" },
        { "azure_ai/eu/some", null, "some at azure_ai in eu (region in the path) | eu/some at azure_ai (path of Azure AI models)" },
        { "azure_ai/some", null, "some at azure_ai (path of Azure AI models)" },

        { "github-copilot/some", null, "some at github_copilot (path of Copilot)" },
        { "vercel/maker/some", null, "maker/some at vercel_ai_gateway (path of Vercel AI Gateway)" },
        { "@cf/some", null, "some at cloudflare (path of Workers AI)" },
        { "~maker/some", null, "~maker/some at openrouter (alias that only OpenRouter uses)" },
        { "openrouter/maker/some", null, "maker/some at openrouter (path of OpenRouter)" },
        { "openrouter:maker/some", null, "maker/some at openrouter (path of OpenRouter)" },
        { "maker/some:free", null, "maker/some:free at openrouter (free variant of OpenRouter)"
            + " | *:free at openrouter (any free variant of OpenRouter)" },
        { "anthropic/claude-some:thinking", "openrouter",
            $"claude-some:thinking at openrouter {Maker} | anthropic/claude-some at openrouter (variant at the price of the model)"
            + $" | claude-some at openrouter (variant at the price of the model, {Maker[1..]}" },
        { "together_ai/some", null, "some at together (path of Together)" },
        { "fireworks_ai/some", null, "some at fireworks (path of Fireworks)"
            + " | accounts/fireworks/models/some at fireworks (path of Fireworks, short name of Fireworks)" },
        { "accounts/fireworks/models/some", null, "accounts/fireworks/models/some at fireworks (resource name of Fireworks)" },
        { "accounts/fireworks/routers/some", null, "accounts/fireworks/routers/some at fireworks (resource name of Fireworks)" },
        { "groq/some", null, "some at groq (path of Groq)" },
        { "databricks-some", null, "databricks-some at databricks (name that only Databricks uses)" },
        { "llama-3.1-8b-instant", null, "llama-3.1-8b-instant at groq (name that only Groq uses)" },
        { "llama-3.3-70b-versatile", null, "llama-3.3-70b-versatile at groq (name that only Groq uses)" },
        { "cerebras/some", null, "some at cerebras (path of Cerebras)" },
        { "dashscope/some", null, "some at alibaba (path of Alibaba Model Studio)" },

        { "openai/some", null, $"some at openai {Maker}" },
        { "openai/some", "azure", $"some at azure {Maker}" },
        { "anthropic/some", null, $"some at anthropic {Maker}" },
        { "deepseek/deepseek-chat", null, $"deepseek-chat at deepseek {Maker}" },
        { "deepseek/deepseek-v4-pro", null, $"deepseek-v4-pro at deepseek {Maker}" },
        { "xai/some", null, $"some at xai {Maker}" },
        { "x-ai/some", null, $"some at xai {Maker}" },
        { "mistral/some", null, $"some at mistral {Maker}" },
        { "cohere/some", null, $"some at cohere {Maker}" },
        { "mistral/cohere/some", null, $"some at cohere {Maker}" },
        { "perplexity/some", null, $"some at perplexity {Maker}" },
        { "moonshot/some", null, $"some at moonshot {Maker}" },
        { "zai/some", null, $"some at zhipu {Maker}" },
        { "minimax/some", null, $"some at minimax {Maker}" },
        { "voyage/some", null, $"some at voyage {Maker}" },
    };

    public static TheoryData<string, string?, string> Marks => new()
    {
        { "some%3A0", null, "some:0 at any (escaped colon)" },
        { "some%3a0%2Fx", null, "some:0%2Fx at any (escaped colon) | some%3a0/x at any (escaped slash)"
            + " | some:0/x at any (escaped colon, escaped slash)" },
        { "some%4020250929", null, "some@20250929 at any (escaped at sign)" },
        { "some#xhigh", null, "some at any (effort)" },
        { "maker/claude-some:high", null, "maker/claude-some at any (effort)" },
        { "gpt-some:low", null, "gpt-some at any (effort)" },
    };

    public static TheoryData<string, string?, string> Suffixes => new()
    {
        { "gpt-5-some-minimal", null, "gpt-5-some at any (effort)" },
        { "o9-mini-high", null, "" },
        { "o4-mini-high", null, "o4-mini at any (effort)" },
        { "gpt-5.9-sol-max", null, "gpt-5.9-sol at any (effort)" },
        { "claude-some-xhigh", null, "claude-some at any (effort)" },
        { "claude-some-high-thinking", null,
            "claude-some-high at any (thinking asked for) | claude-some at any (thinking asked for, effort)" },
        { "gemini-3-some-low", null, "gemini-3-some at any (effort)" },
        { "gpt-5-some-high-fast", null, "gpt-5-some-high at any, priority (priority asked for)"
            + " | gpt-5-some at any, priority (priority asked for, effort)" },
        { "claude-some-fast", null, "claude-some at any, fast (fast answers asked for)" },
    };

    public static TheoryData<string, string?, string> Names => new()
    {
        { "low/1024-x-1536/gpt-image-9", null, $"gpt-image-9 at any [quality=low, size=1024x1536] ({Image})" },
        { "256-x-512/dall-e-9", null, $"dall-e-9 at any [size=256x512] ({Image})" },
        { "azure/256-x-512/dall-e-9", null, "256-x-512/dall-e-9 at azure (path of Azure OpenAI)"
            + $" | dall-e-9 at azure [size=256x512] (path of Azure OpenAI, {Image})" },
        { "claude-3.5-some", null, "claude-3-5-some at anthropic (dot for dash)" },
        { "claude-opus-4.5", null, "claude-opus-4-5 at anthropic (dot for dash)" },
        { "claude-some-9[1m]", null, "claude-some-9 at any (long context asked for)" },
        { "claude-opus-4-1-20250805", "bedrock",
            $"anthropic.claude-opus-4-1-20250805-v1:0 at bedrock {Response} | claude-opus-4-1 at bedrock of 2025-08-05 {Date}" },
        { "claude-3-haiku-20240307", "bedrock",
            $"anthropic.claude-3-haiku-20240307-v1:0 at bedrock {Response} | claude-3-haiku at bedrock of 2024-03-07 {Date}" },
        { "claude-3-haiku-20240307", null, $"claude-3-haiku at any of 2024-03-07 {Date}" },
        { "claude-3-5-sonnet-20241022", "bedrock", $"anthropic.claude-3-5-sonnet-20241022-v1:0 at bedrock {Response}"
            + $" | anthropic.claude-3-5-sonnet-20241022-v2:0 at bedrock {Response} | claude-3-5-sonnet at bedrock of 2024-10-22 {Date}" },
        { "Claude-9.5-Sonnet", null, "claude-Sonnet-9-5 at anthropic (order of the words)" },
        { "claude-haiku-3.5", null, "claude-haiku-3-5 at anthropic (dot for dash) | claude-3-5-haiku at anthropic (order of the words)" },
        { "claude-opus-3", null, "claude-3-opus at anthropic (order of the words)" },
        { "sonnet-9.5", null, "claude-sonnet-9-5 at anthropic (name without the maker's)" },
        { "anthropic/claude-9.5-opus", "openrouter", "claude-9.5-opus at openrouter (name of the maker in front)"
            + " | anthropic/claude-opus-9.5 at openrouter (order of the words)"
            + " | claude-opus-9-5 at openrouter (name of the maker in front, order of the words)" },
        { "anthropic/claude-9-opus", "openrouter", "claude-9-opus at openrouter (name of the maker in front)"
            + " | anthropic/claude-opus-9 at openrouter (order of the words)"
            + " | claude-opus-9 at openrouter (name of the maker in front, order of the words)" },
        { "anthropic/claude-opus-9-5", "openrouter", "claude-opus-9-5 at openrouter (name of the maker in front)"
            + " | anthropic/claude-opus-9.5 at openrouter (dash for dot)" },
        { "maker.some-v1", null, "maker.some-v1:0 at bedrock (revision left out)" },
        { "anthropic.claude-some-v1:0", null, "anthropic.claude-some-v1 at bedrock (revision that the id has not)" },
        { "mistral-medium", null, "mistral-medium-latest at mistral (newest of the name)" },
        { "gemini-3-flash", null, "gemini-3-flash-preview at google (preview left out)" },
        { "gemini-live-2.5-flash-native-audio", null, "gemini-live-2.5-flash at vertex (released form of the preview)" },
        { "qwen-max-latest", null, "qwen-max at any (newest of the name)" },
        { "deepseek-some-maas", null, "deepseek-ai/deepseek-some-maas at vertex (publisher left out)" },
        { "llama-some-maas", null, "meta/llama-some-maas at vertex (publisher left out)" },
        { "qwen-some-maas", null, "qwen/qwen-some-maas at vertex (publisher left out)" },
        { "gpt-oss-some-maas", null, "openai/gpt-oss-some-maas at vertex (publisher left out)" },
        { "kimi-some-maas", null, "moonshotai/kimi-some-maas at vertex (publisher left out)" },
        { "minimax-some-maas", null, "minimaxai/minimax-some-maas at vertex (publisher left out)" },
        { "glm-some-maas", null, "zai-org/glm-some-maas at vertex (publisher left out)" },
        { "some", "fireworks", "accounts/fireworks/models/some at fireworks (short name of Fireworks)" },
        { "claude-4-sonnet", null, "claude-sonnet-4 at anthropic (order of the words)" },
        { "claude-4-opus-20250514", null, "claude-opus-4-20250514 at anthropic (order of the words)"
            + $" | claude-4-opus at any of 2025-05-14 {Date}"
            + " | claude-opus-4 at anthropic of 2025-05-14 (order of the words, date of a snapshot)" },
        { "gpt-35-some", null, "gpt-3.5-some at any (spelling of Azure)" },
        { "azure/eu/gpt-35-some", null, "gpt-35-some at azure in eu (data zone in the path)"
            + " | gpt-3.5-some at azure in eu (data zone in the path, spelling of Azure)" },
        { "gpt-5-6", null, "gpt-5.6 at openai (dash for dot)" },
        { "gpt-6-1-some", null, "gpt-6.1-some at openai (dash for dot)" },
        { "grok-4.1-fast-some", null, "grok-4-1-fast-some at xai (dot for dash)" },
        { "ft:some-2024-08-06:owner::id", null, "ft:some at openai (owner and name of a fine-tuned model)" },
        { "ft:some-0613:owner::id", null, "ft:some at openai (owner and name of a fine-tuned model)" },
        { "ft:some", null, "ft:some at openai (owner and name of a fine-tuned model)" },

        { "gpt-some-2024-08-06", null, $"gpt-some at any of 2024-08-06 {Date}" },
        { "o9-2024-08-06", "azure", $"o9 at azure of 2024-08-06 {Date}" },
        { "text-embedding-ada-002-v2", null, "text-embedding-ada-002 at any (revision in responses)" },
        { "gpt-3.5-turbo-instruct:20230824-v2", null, "gpt-3.5-turbo-instruct at any (revision in responses)" },
        { "gemini-some@default", null, "gemini-some at vertex (default version on Vertex AI)" },
        { "openai/gpt-some-2025-08-07", "openrouter", $"gpt-some-2025-08-07 at openrouter {Maker}"
            + $" | openai/gpt-some at openrouter of 2025-08-07 (date in OpenRouter's own name)"
            + " | gpt-some at openrouter of 2025-08-07 (name of the maker in front, date of a snapshot)" },
        { "claude-some-20250929", null, $"claude-some at any of 2025-09-29 {Date}" },
        { "claude-some@20250929", null, "claude-some at vertex of 2025-09-29 (date of a snapshot on Vertex AI)" },
        { "claude-some@default", null, "claude-some at vertex (date of a snapshot on Vertex AI)" },
        { "gemini-1.5-pro-002", null, "gemini-1.5-pro at any (revision of a stable model)" },
        { "gemini-2.0-flash-lite-001", null, "gemini-2.0-flash-lite at any (revision of a stable model)" },
        { "gemini-2.5-pro-preview-06-05", null, "gemini-2.5-pro at any (preview at the price of the model)" },
    };

    /// <summary>Id and provider of the call that no rule has an answer to.</summary>
    public static TheoryData<string, string?> None => new()
    {
        { "some", null },
        { "some", "openai" },
        { "us.some", null }, // no maker
        { "bedrock/*/some", null },
        { "mistralai/some", null }, // only at Vertex AI
        { "mistralai/some", "together" },
        { "deepseek/deepseek-r1", null }, // sold by many
        { "azure/other/some", null },
        { "azure/some", "openai" }, // a contradiction
        { "llama-3.1-8b", null },
        { "claude-9-haiku-20240307x", "bedrock" },
        { "gpt-5-0", null },
        { "gpt-4-1", null },
        { "gpt-some-2024-13-06", null }, // no such day
        { "claude-some-20251399", null },
        { "claude-some@20250230", null },
    };
}
