namespace LlmCostModel.Catalog;

/// <summary>
/// How providers and gateways write ids, from their documentation where a link says so, else from ids met in the wild (HardIdTests). No
/// rule drops a size, a distillation, a variant or a date that has its own price:
/// ids that are in a rate card as they stand never come here.
/// </summary>
internal static class IdRules
{
    /// <summary>Prefixes of paths and gateways: they name a provider.</summary>
    internal static readonly IdRule[] Paths =
    [
        // Resource names: https://docs.aws.amazon.com/goto/WebAPI/bedrock-2023-04-20/GetInferenceProfile
        // Geographies in front of an id: https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock
        new("arn:aws[a-z-]*:bedrock:[a-z0-9-]*:[0-9]*:(inference-profile|foundation-model)/(?<id>.+)", "${id}",
            "resource name of Bedrock") { Provider = "bedrock" },
        new("bedrock/(?<region>us-gov)-[a-z]+-[0-9]/(?<id>.+)", "${id}", "region in the path") { Provider = "bedrock" },
        new("bedrock/(?<region>[a-z]{2}-[a-z]+-[0-9])/(?<id>[^*/]+)", "${id}", "region in the path") { Provider = "bedrock" },
        new("bedrock/(converse/|converse_like/)?(?<id>[^*/]+)", "${id}", "path of Bedrock") { Provider = "bedrock" },
        new(@"(?<region>us-gov|us|eu|apac|au|jp|ca|global)\.(?<id>[a-z0-9]+\..+)", "${id}", "geography of an inference profile")
            { Provider = "bedrock" },

        // https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versioning
        // Models of other publishers have their name in front:
        // https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/use-partner-models
        new("(projects/[^/]+/locations/(?<region>[^/]+)/)?publishers/(?<p>[a-z0-9-]+)/models/(?<id>[^/]+-maas)", "${p}/${id}",
            "resource name of Vertex AI") { Provider = "vertex" },
        new("(projects/[^/]+/locations/(?<region>[^/]+)/)?publishers/[a-z0-9-]+/models/(?<id>.+)", "${id}", "resource name of Vertex AI")
            { Provider = "vertex" },
        new("mistralai/(?<id>[^/]+)", "${id}", "name of the maker in front") { OnlyAt = "vertex" },
        new("vertex_ai/(?<id>.+)", "${id}", "path of Vertex AI") { Provider = "vertex" },
        new("models/(?<id>.+)", "${id}", "resource name of the Gemini API") { Maker = "google" },
        new("gemini/(?<id>gem.+)", "${id}", "path of the Gemini API") { Provider = "google" },

        // Deployment types are regions, as gateways write them.
        new("azure/(?<region>eu|us)/(?<id>.+)", "${id}", "data zone in the path") { Provider = "azure" },
        new("azure/((?<region>eu|us)/)?(?<id>([a-z]+/)?[0-9]+-x-[0-9]+/[^/]+)", "${id}", "path of Azure OpenAI") { Provider = "azure" },
        new("azure/(?<region>global)(-standard)?/(?<id>.+)", "${id}", "deployment type in the path") { Provider = "azure" },
        new("azure/(?<id>[^/]+)", "${id}", "path of Azure OpenAI") { Provider = "azure" },
        new("azure_ai/(?<region>eu|us|global)/(?<id>.+)", "${id}", "region in the path") { Provider = "azure_ai" },
        new("azure_ai/(?<id>.+)", "${id}", "path of Azure AI models") { Provider = "azure_ai" },
        new("github_copilot/(?<id>.+)", "${id}", "a subscription, which has no price per token") { Provider = "github_copilot" },
        new("vercel_ai_gateway/(?<id>.+)", "${id}", "path of a gateway with its own prices") { Provider = "vercel_ai_gateway" },
        new("@cf/(?<id>.+)", "${id}", "path of Workers AI") { Provider = "cloudflare" },
        new("(?<id>~[a-z0-9-]+/[a-z0-9.-]+)", "${id}", "alias that only OpenRouter uses") { Provider = "openrouter" },
        new("openrouter/(?<id>.+/.+)", "${id}", "path of OpenRouter") { Provider = "openrouter" },
        new("together_ai/(?<id>.+)", "${id}", "path of Together") { Provider = "together" },
        new("fireworks_ai/(?<id>.+)", "${id}", "path of Fireworks") { Provider = "fireworks" },
        new("(?<id>accounts/fireworks/(models|routers)/.+)", "${id}", "resource name of Fireworks") { Provider = "fireworks" },
        new("groq/(?<id>.+)", "${id}", "path of Groq") { Provider = "groq" },
        new("(?<id>llama-3\\.[0-9]-[0-9]+b-(versatile|instant))", "${id}", "name that only Groq uses") { Provider = "groq" },
        new("cerebras/(?<id>.+)", "${id}", "path of Cerebras") { Provider = "cerebras" },
        new("openai/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "openai" },
        new("anthropic/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "anthropic" },
        new("deepseek/(?<id>deepseek-(chat|reasoner|flash|v4-flash|v4-pro))", "${id}", "name of the maker in front") { Maker = "deepseek" },
        new("xai/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "xai" },
        new("x-ai/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "xai" },
        new("mistral/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "mistral" },
        new("(mistral/)?cohere/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "cohere" },
        new("perplexity/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "perplexity" },
        new("dashscope/(?<id>[^/]+)", "${id}", "path of Alibaba Model Studio") { Provider = "alibaba" },
        new("moonshot/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "moonshot" },
        new("zai/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "zhipu" },
        new("minimax/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "minimax" },
        new("voyage/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "voyage" },
        new("(?<id>[a-z0-9-]+/[^/:]+:free)", "${id}", "free variant of OpenRouter") { Provider = "openrouter" },
    ];

    /// <summary>Spellings of the same name.</summary>
    internal static readonly IdRule[] Spellings =
    [
        // Price tables write what is asked of an image in front of its model: https://docs.litellm.ai/docs/image_generation
        new("((?<quality>low|medium|high|standard|hd)/)?(?<width>[0-9]+)-x-(?<height>[0-9]+)/(?<id>(gpt-image|dall-e)[^/]*)", "${id}",
            "size and quality of an image in the path")
        {
            Attributes = [("quality", "${quality}"), ("size", "${width}x${height}")],
        },
        new(@"claude-(?<a>[0-9])\.(?<b>[0-9])-(?<c>[a-z].*)", "claude-${a}-${b}-${c}", "dot for dash") { Provider = "anthropic" },
        new(@"claude-(?<a>opus|sonnet|haiku|fable|mythos)-(?<b>[0-9])\.(?<c>[0-9].*)", "claude-${a}-${b}-${c}", "dot for dash")
            { Provider = "anthropic" },
        // The suffix asks for the long context, which costs what the size of the call makes it cost:
        // https://code.claude.com/docs/en/model-config
        new(@"(?<id>claude-[a-z0-9-]+)\[1m\]", "${id}", "long context asked for"),
        // Responses of Claude on Bedrock name the model as its maker does:
        // https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
        // From 4.5 on the profile decides the price, and the name does not tell it (IdReasons).
        new("(?<id>claude-(3(-[57])?-[a-z]+|opus-4|opus-4-1|sonnet-4)-20[0-9]{6})", "anthropic.${id}-v1:0",
            "name in responses of Bedrock") { OnlyAt = "bedrock" },
        new("(?<id>claude-3-5-sonnet-20241022)", "anthropic.${id}-v2:0", "name in responses of Bedrock") { OnlyAt = "bedrock" },
        new("claude-4-(?<a>opus|sonnet)(?<b>-[0-9]{8})?", "claude-${a}-4${b}", "order of the words") { Provider = "anthropic" },
        new("gpt-35-(?<a>.+)", "gpt-3.5-${a}", "spelling of Azure"),
        new("gpt-(?<m>[56])-(?<a>[1-9])(?<b>-[a-z].*)?", "gpt-${m}.${a}${b}", "dash for dot") { Provider = "openai" },
        new(@"grok-(?<a>[0-9])\.1-fast(?<b>.*)", "grok-${a}-1-fast${b}", "dot for dash") { Provider = "xai" },

        // A fine-tuned model has the price of fine-tuned models of its base.
        new(@"ft:(?<a>[^:]+?)(-[0-9]{4}(-[0-9]{2}-[0-9]{2})?)?(:.*)?", "ft:${a}", "owner and name of a fine-tuned model")
            { Maker = "openai" },
    ];

    /// <summary>Dates and revisions of one model at one price.</summary>
    internal static readonly IdRule[] Snapshots =
    [
        // A snapshot without its own price on the page has that of the model (ModelSnapshot).
        new("(?<a>(gpt|o[0-9]|text-embedding|whisper|tts)[a-z0-9.-]*?)-(?<date>20[0-9]{2}-[0-9]{2}-[0-9]{2})", "${a}",
            "date of a snapshot"),
        new("text-embedding-ada-002-v2", "text-embedding-ada-002", "revision in responses"),

        // A dated id is one version of the model, with @ on Vertex AI:
        // https://docs.claude.com/en/docs/build-with-claude/claude-on-vertex-ai
        new("(?<a>claude-[a-z0-9-]+)-(?<date>20[0-9]{6})", "${a}", "date of a snapshot"),
        new("(?<a>claude-[a-z0-9-]+)@((?<date>20[0-9]{6})|default)", "${a}", "date of a snapshot on Vertex AI") { Provider = "vertex" },

        // Three digits are the version of a stable model: https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versioning
        new(@"(?<a>gemini-(1\.5-(pro|flash)|2\.0-flash|2\.0-flash-lite))-00[0-9]", "${a}", "revision of a stable model"),
        new(@"(?<a>gemini-2\.5-pro)-preview-[0-9]{2}-[0-9]{2}", "${a}", "preview at the price of the model"),
    ];
}
