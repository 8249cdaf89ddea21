using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>Forms of ids that no rate card can price, each with why and what to do instead.</summary>
internal static class IdReasons
{
    private const string NoProvider = "";

    private static readonly (Regex Pattern, string Reason, string? At)[] Reasons =
    [
        Of(@".*['""`\s].*", "An id has no quotation marks and no blanks: take them off."),
        Of("azure[/:][^/]+", "On Azure the id of a call is the name that its owner gave the deployment. Say under "
            + "'LlmCostModel:Deployments' which model it is."),
        Of(
            "arn:aws[a-z-]*:bedrock:.*:"
                + "(application-inference-profile|provisioned-model|custom-model|custom-model-deployment|imported-model|prompt-router)/.+",
            "This resource name does not tell the model. Say under 'LlmCostModel:Deployments' which one it is "
                + "(a key cannot hold ':', so write the name as Id)."),
        Of("ft:.+", "A fine-tuned model has its own price and never that of its base. Add it under 'LlmCostModel:RateCards'."),
        Of(
            "bedrock/.*commitment/.+",
            "Provisioned throughput is billed by the hour and not by the token. Use a rate card of your own with a price per hour."),
        // https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock: global and regional endpoints
        Of("claude-(?!(opus|sonnet)-4(-1)?(-20[0-9]{6})?$)(opus|sonnet|haiku|fable|mythos)-[0-9].*", "On Bedrock a geographic profile of "
            + "this model costs more than the global one, and its name in a response does not tell which it was. Price the id of the "
            + "request, such as global.anthropic.claude-...", at: "bedrock"),
        // https://openrouter.ai/docs/guides/routing/routers/auto-router
        Of("(openrouter/)?openrouter/[a-z-]+", "A router costs what the model costs that it chose. Price the model that the response "
            + "names, or take the cost that the response states."),

        // https://openrouter.ai/docs/guides/routing/model-variants
        Of(
            "[^:]+/[^:/]+:(nitro|floor|online|exacto|extended|thinking|beta)",
            "A variant of OpenRouter is routed or extended at its own price. Take the cost that the response states."),
        Of(
            "[^:]+/[^:/]+:free",
            "This free variant of OpenRouter is not in the rate cards. Add it with prices of 0 if its page still lists it."),
        // https://docs.aws.amazon.com/bedrock/latest/userguide/prov-thru-supported.html
        Of(
            @".*[a-z0-9]+\..+-v[0-9]+:[0-9]+:[0-9]+k",
            "With a context size behind it the id is one of provisioned throughput, which is billed by the hour and not by the token. "
                + "Use a rate card of your own with a price per hour."),

        // https://docs.ollama.com/cloud
        Of(
            "[A-Za-z0-9._/-]+:([0-9.]+[bmt]-)?cloud",
            "A model of Ollama with this tag runs in its cloud, whose prices are not in the rate cards. Add a card of provider "
                + "'ollama-cloud'."),

        // https://docs.ollama.com/api/introduction: a name and a tag, which is a size, a quantization or the latest
        Of(
            "(?!ft:)[A-Za-z0-9._/-]+:"
                + "(latest|([a-z]+-)?(e?[0-9]+x)?e?[0-9.]+[bBmMtT](-[A-Za-z0-9_.-]+)?|.*[qQ][0-9](_[A-Za-z0-9]+)*|.*fp16)",
            "A name with such a tag is a model of Ollama on a machine of yours, to which no provider's price applies. Add it under "
                + "'LlmCostModel:RateCards', with prices of 0 or with what your machine costs."),
        Of("(?!gpt-(3\\.5-turbo|35-turbo|4)-(16|32)k)(claude|gemini|gpt|grok|o[0-9])[a-z0-9.-]*-[0-9]+k", "The context size is not part "
            + "of the id. Use the model's id without it: the step of the price follows from the size of the call."),

        // https://openrouter.ai/api/v1/models
        Of("~[a-z0-9-]+/[a-z0-9.-]+-latest", "OpenRouter leads such a name to the newest model of a kind; which one is not in the "
            + "rate cards. Price calls by the model that the response names."),
        Of("(meta-llama|meta)/[A-Za-z0-9._-]+", "Meta gives the weights away and many providers sell them, each at its own prices. Say "
            + "which one bills the call with CallContext.Provider, or add a rate card.", at: NoProvider),
        // A provider or a maker that keeps its models to itself in front says who is meant.
        Of("(?!(models|openai|anthropic|google|x-?ai|cohere|perplexity|groq|cerebras|bedrock|openrouter)/)[A-Za-z0-9-]+/[A-Za-z0-9._-]+",
            "Many providers sell weights under such names, each at its own prices. Say which one "
                + "bills the call with CallContext.Provider, or add a rate card.", at: NoProvider),
    ];

    /// <summary>Why the id has no price; <see langword="null"/> when its form does not tell.</summary>
    internal static string? For(string modelId, string? provider)
    {
        if (Gateways.ReasonFor(modelId) is { } gateway)
        {
            return gateway;
        }

        foreach ((Regex pattern, string reason, string? at) in Reasons)
        {
            if ((at is null || at.Equals(provider ?? NoProvider, StringComparison.OrdinalIgnoreCase)) && pattern.IsMatch(modelId))
            {
                return reason;
            }
        }

        return null;
    }

    /// <param name="pattern">What the whole id looks like.</param>
    /// <param name="reason">The cause and what to do.</param>
    /// <param name="at">The provider that the call must name, or <see cref="NoProvider"/>; <see langword="null"/> for any call.</param>
    private static (Regex Pattern, string Reason, string? At) Of(string pattern, string reason, string? at = null) =>
        (new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), reason, at);
}
