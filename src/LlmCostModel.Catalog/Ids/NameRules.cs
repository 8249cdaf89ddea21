namespace LlmCostModel.Catalog;

/// <summary>How the name of one model is written, without what stands in front. A letter case of its own does not count.</summary>
internal static class NameRules
{
    private const string Words = "opus|sonnet|haiku|fable|mythos";

    /// <summary>What clients append that asks for more or less thinking, or for a faster answer: Cursor, Copilot, Codex and others. The
    /// words are taken off only behind families that name no model so.</summary>
    internal static readonly IdForm[] Suffixes =
    [
        // https://platform.openai.com/docs/guides/reasoning: effort changes how many tokens are billed
        Name("(?<id>(gpt-[56](?!.*(image|chat|audio|realtime))[a-z0-9.-]*|gpt-oss-[0-9]+b|o[134](-mini|-pro)?|codex-mini-latest)"
            + "(-20[0-9]{2}-[0-9]{2}-[0-9]{2})?)-(none|minimal|low|medium|high|xhigh)", "${id}", "effort"),
        Name("(?<id>gpt-[56][0-9.]*-(sol|luna|terra|astra))-max", "${id}", "effort"), // behind codex it is part of the name
        Name("(?<id>claude-[a-z0-9.-]+)-(none|minimal|low|medium|high|xhigh|max)", "${id}", "effort"),
        Name("(?<id>(gemini-3(?!.*(image|tts|live|audio))[a-z0-9.-]*|grok-(3-mini|4)[a-z0-9.-]*))-(minimal|low|medium|high|xhigh)",
            "${id}", "effort"),
        Name("(?<id>claude-[a-z0-9.-]+|(opus|sonnet|haiku)-[0-9.]+)-(thinking|thought)", "${id}", "thinking asked for"),

        // Faster answers have a price of their own, or none: https://developers.openai.com/codex/speed,
        // https://platform.claude.com/docs/en/build-with-claude/fast-mode
        new IdRule("(?<id>gpt-[56][a-z0-9.-]*)-fast", "${id}", "priority asked for", ignoreCase: true)
            { Tier = ServiceTiers.Priority },
        new IdRule("(?<id>claude-[a-z0-9.-]+)-fast", "${id}", "fast answers asked for", ignoreCase: true)
            { Tier = ServiceTiers.Fast },
    ];

    /// <summary>Spellings of the same name.</summary>
    internal static readonly IdForm[] Spellings =
    [
        // Price tables write what is asked of an image in front of its model: https://docs.litellm.ai/docs/image_generation
        new IdRule("((?<quality>low|medium|high|standard|hd)/)?(?<width>[0-9]+)-x-(?<height>[0-9]+)/(?<id>(gpt-image|dall-e)[^/]*)",
            "${id}", "size and quality of an image in the path")
        {
            Attributes = [("quality", "${quality}"), ("size", "${width}x${height}")],
        },

        // Claude's names have the family before the version from 4 on, and behind it until 3.7. Cursor, Copilot and Poe write either for
        // both, and dots: https://docs.cursor.com/models, https://docs.github.com/copilot/reference/ai-models/supported-models
        Claude(@"claude-3[.-](?<b>[57])-(?<c>[a-z].*)", "claude-3-${b}-${c}", "dot for dash"),
        Claude($@"claude-(?<n>{Words})-(?<a>[0-9])\.(?<b>[0-9].*)", "claude-${n}-${a}-${b}", "dot for dash"),
        Claude($@"claude-(?<a>[4-9])[.-](?<b>[0-9])-(?<n>{Words})(?<c>-20[0-9]{{6}}|-latest)?", "claude-${n}-${a}-${b}${c}",
            "order of the words"),
        Claude($@"claude-(?<a>[4-9])-(?<n>{Words})(?<c>-20[0-9]{{6}}|-latest)?", "claude-${n}-${a}${c}", "order of the words"),
        Claude(@"claude-(?<n>sonnet|haiku)-3[.-](?<b>[57])(?<c>-20[0-9]{6}|-latest)?", "claude-3-${b}-${n}${c}", "order of the words"),
        Claude(@"claude-(?<n>opus|sonnet|haiku)-3", "claude-3-${n}", "order of the words"),
        Claude(@"(?<n>opus|sonnet|haiku)-(?<a>[4-9])\.(?<b>[0-9])", "claude-${n}-${a}-${b}", "name without the maker's"),
        At("openrouter", $@"anthropic/claude-(?<a>[4-9])[.-](?<b>[0-9])-(?<n>{Words})", "anthropic/claude-${n}-${a}.${b}",
            "order of the words"),
        At("openrouter", $@"anthropic/claude-(?<a>[4-9])-(?<n>{Words})", "anthropic/claude-${n}-${a}", "order of the words"),
        At("openrouter", $@"anthropic/claude-(?<n>{Words})-(?<a>[4-9])-(?<b>[0-9])", "anthropic/claude-${n}-${a}.${b}", "dash for dot"),

        // Responses of Claude on Bedrock name the model as its maker does:
        // https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
        // From 4.5 on the profile decides the price, and the name does not tell it (IdReasons).
        At("bedrock", "(?<id>claude-(3(-[57])?-[a-z]+|opus-4|opus-4-1|sonnet-4)-20[0-9]{6})", "anthropic.${id}-v1:0",
            "name in responses of Bedrock"),
        At("bedrock", "(?<id>claude-3-5-sonnet-20241022)", "anthropic.${id}-v2:0", "name in responses of Bedrock"),

        // Resource names and requests have the revision, traces and settings often not:
        // https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html
        new IdRule(@"(?<id>[a-z0-9]+\.[a-z][a-z0-9.-]*-v[0-9]+|openai\.gpt-oss-[0-9]+b-1)", "${id}:0", "revision left out")
            { Provider = "bedrock" },
        new IdRule(@"(?<id>anthropic\.claude-[a-z0-9-]+-v1):0", "${id}", "revision that the id has not") { Provider = "bedrock" },

        Name("gpt-35-(?<a>.+)", "gpt-3.5-${a}", "spelling of Azure"),
        new IdRule("gpt-(?<m>[56])-(?<a>[1-9])(?<b>-[a-z].*)?", "gpt-${m}.${a}${b}", "dash for dot", ignoreCase: true)
            { Provider = "openai" },
        new IdRule(@"grok-(?<a>[0-9])\.1-fast(?<b>.*)", "grok-${a}-1-fast${b}", "dot for dash", ignoreCase: true) { Provider = "xai" },

        // Names of Mistral without a date are its newest: https://docs.mistral.ai/getting-started/models
        new IdRule("(?<id>mistral-(small|medium|large))", "${id}-latest", "newest of the name") { Maker = "mistral" },

        // Of these there are previews alone: names of Cursor and Antigravity.
        new IdRule("(?<id>gemini-3-(pro|flash)|gemini-3\\.1-pro)", "${id}-preview", "preview left out", ignoreCase: true)
            { Maker = "google" },

        // https://cloud.google.com/vertex-ai/generative-ai/docs/models/gemini/2-5-flash-live-api
        new IdRule("(?<id>gemini-live-2\\.5-flash)-native-audio", "${id}", "released form of the preview") { Provider = "vertex" },

        // Of these there was one, so that the newest is the model itself.
        Name("(?<id>gemini-1\\.5-(pro|flash|flash-8b)|pixtral-12b|qwen-(max|vl-max|vl-plus))-latest", "${id}",
            "newest of the name"),

        // Managed models of Vertex AI have their publisher in front, which settings leave out.
        Maas("deepseek-ai", "deepseek"),
        Maas("meta", "llama"),
        Maas("qwen", "qwen"),
        Maas("openai", "gpt-oss"),
        Maas("moonshotai", "kimi"),
        Maas("minimaxai", "minimax"),
        Maas("zai-org", "glm"),
        At("fireworks", "(?<id>[a-z0-9-]+)", "accounts/fireworks/models/${id}", "short name of Fireworks"),

        // A fine-tuned model has the price of fine-tuned models of its base.
        new IdRule(@"ft:(?<a>[^:]+?)(-[0-9]{4}(-[0-9]{2}-[0-9]{2})?)?(:.*)?", "ft:${a}", "owner and name of a fine-tuned model")
            { Maker = "openai" },
    ];

    /// <summary>Dates and revisions of one model at one price.</summary>
    internal static readonly IdForm[] Snapshots =
    [
        // A snapshot without its own price on the page has that of the model (ModelSnapshot).
        Name("(?<a>(gpt|o[0-9]|text-embedding|whisper|tts)[a-z0-9.-]*?)-(?<date>20[0-9]{2}-[0-9]{2}-[0-9]{2})", "${a}",
            "date of a snapshot"),
        new IdRule("text-embedding-ada-002-v2", "text-embedding-ada-002", "revision in responses"),
        new IdRule("gpt-3.5-turbo-instruct:20230824-v2", "gpt-3.5-turbo-instruct", "revision in responses"),

        // A dated id is one version of the model, with @ on Vertex AI:
        // https://docs.claude.com/en/docs/build-with-claude/claude-on-vertex-ai
        Name("(?<a>claude-[a-z0-9-]+)-(?<date>20[0-9]{6})", "${a}", "date of a snapshot"),
        new IdRule("(?<a>claude-[a-z0-9-]+)@((?<date>20[0-9]{6})|default)", "${a}", "date of a snapshot on Vertex AI")
            { Provider = "vertex" },
        new IdRule(@"(?<a>gemini-[a-z0-9.-]+)@default", "${a}", "default version on Vertex AI") { Provider = "vertex" },

        // OpenRouter's own names carry the day: https://openrouter.ai/api/v1/models, canonical_slug
        At("openrouter", "(?<a>(anthropic|openai|google)/[a-z0-9.-]+?)-(?<date>20[0-9]{2}(-[0-9]{2}-[0-9]{2}|[0-9]{4}))", "${a}",
            "date in OpenRouter's own name"),

        // Three digits are the version of a stable model: https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versioning
        Name(@"(?<a>gemini-(1\.5-(pro|flash)|1\.5-flash-8b|2\.0-flash|2\.0-flash-lite))[-@]00[0-9]", "${a}",
            "revision of a stable model"),
        Name(@"(?<a>gemini-2\.5-pro)-preview-[0-9]{2}-[0-9]{2}|(?<a>gemini-2\.0-flash-lite)-preview(-02-05)?", "${a}",
            "preview at the price of the model"),
    ];

    private static IdRule Name(string pattern, string replacement, string description) =>
        new(pattern, replacement, description, ignoreCase: true);

    private static IdRule Claude(string pattern, string replacement, string description) =>
        new(pattern, replacement, description, ignoreCase: true) { Maker = "anthropic" };

    private static IdRule At(string provider, string pattern, string replacement, string description) =>
        new(pattern, replacement, description) { OnlyAt = provider };

    private static IdRule Maas(string publisher, string family) =>
        new($"(?<id>{family}[a-z0-9.-]*-maas)", $"{publisher}/${{id}}", "publisher left out") { Provider = "vertex" };
}
