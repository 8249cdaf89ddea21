namespace LlmCostModel.Catalog;

/// <summary>Who stands in front of an id: what the model costs behind it is not the maker's price.</summary>
/// <remarks>The id behind the name is looked for at the provider of that name, in the catalog's card or the user's own; where there
/// is none, the reason says who stands there.</remarks>
internal static class Gateways
{
    private const string Subscription = "{0} is a subscription: its requests have no price per token.";
    private const string Credits = "{0} bills in credits of its own, and what this model costs in them is not in the rate cards. Add a "
        + "rate card of provider '{1}'.";
    private const string Gateway = "{0} is a gateway that bills at its own prices. Take the cost that its response states, or add a rate "
        + "card of provider '{1}'.";
    private const string Listed = "{0} is a gateway that bills at its own prices. Take the cost that its response states, or name provider "
        + "'vercel', whose list the catalog has, with the id without this prefix: 'openai/gpt-5'.";
    private const string Seller = "{0} sells it at its own prices, which are not in the rate cards. Add a card of provider '{1}'.";
    private const string InPart = "{0} sells it at its own prices, and the rate card of provider '{1}' does not have it. Add it to a card "
        + "of yours.";
    private const string Region = "{0} is priced apart from the international platform, in another currency. Add a rate card of provider "
        + "'{1}'.";
    private const string Proxy = "Behind a proxy a model has the name that its owner gave it. Say under 'LlmCostModel:Deployments' which "
        + "model it is.";
    private const string Local = "{0} runs it on a machine of yours, to which no provider's price applies. Add it under "
        + "'LlmCostModel:RateCards', with prices of 0 or with what your machine costs.";

    private static readonly (string Reason, string Name, IdPrefix Prefix)[] All =
    [
        Of(Credits, "Copilot", "github_copilot", "github-copilot", "githubcopilot", "copilot"),
        Of(Credits, "Copilot Studio", "copilot_studio", "copilot-studio"),
        Of(Credits, "Codex", "codex"),
        Of(Credits, "Databricks", "databricks"),

        Of(Subscription, "Cursor", "cursor", "cursor-acp", "cursor-cli"),
        Of(Subscription, "A coding plan", "coding-plan", "zai-coding-plan", "zhipuai-coding-plan", "minimax-coding-plan",
            "minimax-cn-coding-plan", "alibaba-coding-plan", "alibaba-coding-plan-cn", "kimi-for-coding"),

        Of(Listed, "Vercel AI Gateway", "vercel_ai_gateway", "vercel-ai-gateway", "vercel"),
        Of(Gateway, "OpenCode Zen", "opencode", "opencode-zen", "opencode-go"),
        Of(Gateway, "SAP AI Core", "sap", "sap-ai-core", "sap_ai_core"),
        Of(Gateway, "Snowflake Cortex", "snowflake", "snowflake-cortex"),
        Of(Gateway, "Cloudflare", "cloudflare", "cloudflare-ai", "cloudflare-ai-gateway", "cloudflare-workers-ai", "workers-ai"),
        Of(Gateway, "GitHub Models", "github", "github-models", "github_models"),
        Of(Gateway, "Poe", "poe"),
        Of(Gateway, "Requesty", "requesty"),
        Of(Gateway, "Portkey", "portkey", "portkey-ai"),
        Of(Gateway, "Helicone", "helicone"),
        Of(Gateway, "Kilo", "kilo", "kilocode"),
        Of(Gateway, "ZenMux", "zenmux"),
        Of(Gateway, "AIHubMix", "aihubmix"),
        Of(Gateway, "LLM Gateway", "llmgateway"),
        Of(Gateway, "NanoGPT", "nano-gpt", "nanogpt"),
        Of(Gateway, "AI/ML API", "aiml", "aimlapi"),
        Of(Gateway, "Heroku", "heroku"),
        Of(Gateway, "watsonx", "watsonx"),
        Of(Gateway, "Oracle", "oci"),

        Of(Seller, "Replicate", "replicate"),
        Of(InPart, "Novita", "novita", "novita-ai", "novitaai"),
        Of(Seller, "Hugging Face", "huggingface", "hf"),
        Of(Seller, "NVIDIA", "nvidia_nim", "nvidia-nim"),
        Of(InPart, "DeepInfra", "deepinfra"),
        Of(InPart, "Nebius", "nebius", "nebius-ai-studio"),
        Of(InPart, "SambaNova", "sambanova"),
        Of(Seller, "Hyperbolic", "hyperbolic"),
        Of(Seller, "Baseten", "baseten"),
        Of(Seller, "Chutes", "chutes"),
        Of(Seller, "FriendliAI", "friendliai", "friendli"),
        Of(Seller, "Featherless", "featherless_ai", "featherless"),
        Of(Seller, "Nscale", "nscale"),
        Of(Seller, "Lambda", "lambda_ai", "lambda"),
        Of(Seller, "SiliconFlow", "siliconflow", "siliconflow-cn"),
        Of(Seller, "OVHcloud", "ovhcloud"),
        Of(Seller, "Scaleway", "scaleway"),
        Of(Seller, "Volcengine", "volcengine"),
        Of(Seller, "Anyscale", "anyscale"),
        Of(Seller, "Weights & Biases", "wandb"),
        Of(Seller, "Venice", "venice"),
        Of(Seller, "Meta's Llama API", "meta_llama"),
        Of(Seller, "SageMaker", "sagemaker", "sagemaker_chat"),
        Of(Seller, "Ollama's cloud", "ollama-cloud", "ollama_cloud"),
        Of(Region, "Moonshot's Chinese platform", "moonshotai-cn", "moonshot-cn"),
        Of(Region, "Alibaba's Chinese platform", "alibaba-cn"),
        Of(Region, "MiniMax's Chinese platform", "minimax-cn"),

        Of(Proxy, "LiteLLM", "litellm_proxy", "litellm-proxy", "litellm"),
        Of(Proxy, "A proxy", "custom_openai", "openai_like", "openai-like", "openai-compatible", "custom", "proxy"),
        Of(Local, "Ollama", "ollama", "ollama_chat"),
        Of(Local, "LM Studio", "lmstudio", "lm_studio", "lm-studio"),
        Of(Local, "vLLM", "vllm", "hosted_vllm"),
        Of(Local, "llama.cpp", "llamacpp", "llama_cpp", "llama.cpp", "llama-cpp", "llamafile"),
        Of(Local, "Xinference", "xinference"),
    ];

    internal static readonly IdPrefix[] Prefixes = [.. All.Select(row => row.Prefix)];

    /// <summary>Why an id behind such a name has no price; <see langword="null"/> when none stands in front.</summary>
    internal static string? ReasonFor(string modelId)
    {
        foreach ((string reason, string name, IdPrefix prefix) in All)
        {
            if (prefix.Matches(modelId))
            {
                return reason.Replace("{0}", name, StringComparison.Ordinal).Replace("{1}", prefix.Provider, StringComparison.Ordinal);
            }
        }

        return null;
    }

    private static (string Reason, string Name, IdPrefix Prefix) Of(string reason, string name, params string[] names) =>
        (reason, name, new IdPrefix($"path of {name}", names) { Provider = names[0] });
}
