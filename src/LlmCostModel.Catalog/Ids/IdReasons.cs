using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>Forms of ids that no rate card can price, each with why and what to do instead.</summary>
internal static class IdReasons
{
    private static readonly (Regex Pattern, string Reason, bool WithHost)[] Reasons =
    [
        Of(@".*['""`\s].*", "An id has no quotation marks and no blanks: take them off."),
        Of("azure/[^/]+", "On Azure the id of a call is the name that its owner gave the deployment. Say under 'LlmCostModel:Deployments' which model it is."),
        Of("arn:aws[a-z-]*:bedrock:.*:(application-inference-profile|provisioned-model|custom-model|custom-model-deployment|imported-model|prompt-router)/.+", "This resource name does not tell the model. Say under 'LlmCostModel:Deployments' which one it is (a key cannot hold ':', so write the name as Id)."),
        Of("ft:.+", "A fine-tuned model has a price of its own and never that of its base. Add it under 'LlmCostModel:RateCards'."),
        Of("bedrock/.*commitment/.+", "Provisioned throughput is billed by the hour and not by the token. Use a rate card of your own with a price per hour."),
        Of("github_copilot/.+", "Copilot is a subscription: its requests have no price per token."),

        // https://openrouter.ai/docs/guides/routing/routers/auto-router
        Of("(openrouter/)?openrouter/[a-z-]+", "A router costs what the model costs that it chose. Price the model that the response names, or take the cost that the response states."),

        // https://openrouter.ai/docs/guides/routing/model-variants
        Of("[^:]+/[^:/]+:(nitro|floor|online|exacto|extended|thinking|beta)", "A variant of OpenRouter is routed or extended at a price of its own. Take the cost that the response states."),
        Of("[^:]+/[^:/]+:free", "This free variant of OpenRouter is not in the rate cards. Add it with prices of 0 if its page still lists it."),

        // https://docs.ollama.com/api/introduction: a name and a tag
        Of("(?!ft:|.*-v[0-9]+:[0-9])[a-z0-9._-]+:[a-z0-9._-]+", "A name with a tag is a model of Ollama on a machine of yours, to which no host's price applies. Add it under 'LlmCostModel:RateCards', with prices of 0 or with what your machine costs."),
        Of("(claude|gemini|gpt|grok|o[0-9])[a-z0-9.-]*-[0-9]+k", "A size of the context is no part of an id. Use the model's id without it: the step of the price follows from the size of the call."),
        Of("(?!models/)[A-Za-z0-9-]+/[A-Za-z0-9._-]+", "Many hosts sell weights under such names, each at prices of its own. Say which one bills the call with CallContext.Host, or add a rate card.", withHost: false),
    ];

    /// <summary>Why the id has no price; <see langword="null"/> when its form does not tell.</summary>
    internal static string? For(string modelId, string? host)
    {
        foreach ((Regex pattern, string reason, bool withHost) in Reasons)
        {
            if ((withHost || host is null) && pattern.IsMatch(modelId))
            {
                return reason;
            }
        }

        return null;
    }

    private static (Regex Pattern, string Reason, bool WithHost) Of(string pattern, string reason, bool withHost = true) =>
        (new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), reason, withHost);
}
