namespace LlmCostModel.Catalog;

/// <summary>
/// How providers and gateways write ids, from their documentation where a link says so, else from ids met in the wild (HardIdTests). No
/// rule drops a size, a distillation, a variant or a date that has its own price:
/// ids that are in a rate card as they stand never come here.
/// </summary>
internal static class IdRules
{
    /// <summary>What stands around an id, and does not change its price.</summary>
    internal static readonly IdForm[] Marks =
    [
        // Ids of Bedrock come from paths of requests, in which they are escaped.
        new IdRule("(?<a>.*)%3A(?<b>.*)", "${a}:${b}", "escaped colon", ignoreCase: true),
        new IdRule("(?<a>.*)%2F(?<b>.*)", "${a}/${b}", "escaped slash", ignoreCase: true),
        new IdRule("(?<a>.*)%40(?<b>.*)", "${a}@${b}", "escaped at sign"),

        // The suffix asks for the long context, which costs what the size of the call makes it cost:
        // https://code.claude.com/docs/en/model-config
        new IdRule(@"(?<id>[^\[]*claude-[^\[]+)\[1m\]", "${id}", "long context asked for", ignoreCase: true),

        // How much a model thinks is billed as tokens, not by another price: variants of opencode, effort of promptfoo and gateways.
        new IdRule("(?<id>[^#]+)#(none|minimal|low|medium|high|xhigh|max)", "${id}", "effort"),
        new IdRule(
            "(?<id>([^:]*/)?(claude|gpt|o[1-9]|gemini|grok|deepseek|kimi|glm)[a-z0-9.@-]*):(none|minimal|low|medium|high|xhigh|max)",
            "${id}",
            "effort"),
    ];

    /// <summary>Prefixes of paths and gateways: they name a provider.</summary>
    internal static readonly IdForm[] Paths =
    [
        // Resource names: https://docs.aws.amazon.com/goto/WebAPI/bedrock-2023-04-20/GetInferenceProfile
        // Geographies in front of an id: https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock
        new IdRule("arn:aws[a-z-]*:bedrock:(?<region>[a-z0-9-]*):[0-9]*:(inference-profile|foundation-model)/(?<id>.+)", "${id}",
            "resource name of Bedrock") { Provider = "bedrock" },
        new IdRule("bedrock/(?<region>us-gov)-[a-z]+-[0-9]/(?<id>.+)", "${id}", "region in the path") { Provider = "bedrock" },
        new IdRule("bedrock/(?<region>[a-z]{2}-[a-z]+-[0-9])/(?<id>[^*/]+)", "${id}", "region in the path") { Provider = "bedrock" },
        new IdRule("bedrock/(converse/|converse_like/|invoke/)?(?<id>[^*/]+|arn:.+)", "${id}", "path of Bedrock") { Provider = "bedrock" },
        new IdRule(@"(?<region>us-gov|us|eu|apac|au|jp|ca|global)\.(?<id>[a-z0-9]+\..+)", "${id}", "geography of an inference profile")
            { Provider = "bedrock" },

        // https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versioning
        // Models of other publishers have their name in front:
        // https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/use-partner-models
        new IdRule("(projects/[^/]+/locations/(?<region>[^/]+)/)?publishers/(?<p>[a-z0-9-]+)/models/(?<id>[^/]+-maas)", "${p}/${id}",
            "resource name of Vertex AI") { Provider = "vertex" },
        new IdRule("(projects/[^/]+/locations/(?<region>[^/]+)/)?publishers/[a-z0-9-]+/models/(?<id>.+)", "${id}",
            "resource name of Vertex AI") { Provider = "vertex" },
        new IdRule("mistralai/(?<id>[^/]+)", "${id}", "name of the maker in front") { OnlyAt = "vertex" },
        new IdRule("models/(?<id>.+)", "${id}", "resource name of the Gemini API") { Maker = "google" },

        // Deployment types are regions, as gateways write them.
        new IdRule("azure/(?<region>eu|us)/(?<id>.+)", "${id}", "data zone in the path") { Provider = "azure" },
        new IdRule("azure/((?<region>eu|us)/)?(?<id>([a-z]+/)?[0-9]+-x-[0-9]+/[^/]+)", "${id}", "path of Azure OpenAI")
            { Provider = "azure" },
        new IdRule("azure/(?<region>global)(-standard)?/(?<id>.+)", "${id}", "deployment type in the path") { Provider = "azure" },
        new IdRule("azure/(?<id>[^/]+)", "${id}", "path of Azure OpenAI") { Provider = "azure" },
        new IdRule("azure_ai/(?<region>eu|us|global)/(?<id>.+)", "${id}", "region in the path") { Provider = "azure_ai" },
        new IdRule("azure_ai/(?<id>.+)", "${id}", "path of Azure AI models") { Provider = "azure_ai" },
        new IdRule("@cf/(?<id>.+)", "${id}", "path of Workers AI") { Provider = "cloudflare" },
        new IdRule("(?<id>~[a-z0-9-]+/[a-z0-9.-]+)", "${id}", "alias that only OpenRouter uses") { Provider = "openrouter" },
        new IdRule("openrouter[/:](?<id>.+/.+)", "${id}", "path of OpenRouter") { Provider = "openrouter" },
        new IdRule("(?<id>accounts/fireworks/(models|routers)/.+)", "${id}", "resource name of Fireworks") { Provider = "fireworks" },
        new IdRule("(?<id>llama-3\\.[0-9]-[0-9]+b-(versatile|instant))", "${id}", "name that only Groq uses") { Provider = "groq" },
        new IdRule("(?<id>databricks-[a-z0-9-]+)", "${id}", "name that only Databricks uses") { Provider = "databricks" },

        // Others sell the open weights under the same names, each at its own prices.
        new IdRule("deepseek/(?<id>deepseek-(chat|reasoner|flash|v4-flash|v4-pro))", "${id}", "name of the maker in front")
            { Maker = "deepseek" },
        new IdRule("mistral/cohere/(?<id>[^/]+)", "${id}", "name of the maker in front") { Maker = "cohere" },
        .. IdPrefixes.All,
        .. Gateways.Prefixes,

        // https://openrouter.ai/docs/guides/routing/model-variants
        new IdRule("(?<id>[a-z0-9-]+/[^/:]+:free)", "${id}", "free variant of OpenRouter") { Provider = "openrouter" },
        new IdRule("[a-z0-9-]+/[^/:]+:free", "*:free", "any free variant of OpenRouter") { Provider = "openrouter" },
        new IdRule("(?<id>anthropic/claude-[a-z0-9.-]+):(thinking|beta)", "${id}", "variant at the price of the model"),
    ];
}
