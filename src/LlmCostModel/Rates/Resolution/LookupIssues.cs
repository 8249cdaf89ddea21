using System.Globalization;

namespace LlmCostModel;

/// <summary>Writes the reasons why an id leads to no price: the cause, then the fix.</summary>
internal static class LookupIssues
{
    /// <summary>How much of a text that is too long is shown.</summary>
    private const int Shown = 64;

    internal static CostIssue TooLong(string modelId)
    {
        string beginning = modelId[..Shown] + "...";
        return new(CostIssueKind.UnknownModel, beginning, string.Create(
            CultureInfo.InvariantCulture,
            $"No price for model '{beginning}': it has {modelId.Length} characters, and an id has at most {IdResolver.LongestId}. "
                + $"Pass the id of the model alone."));
    }

    internal static CostIssue UnknownModel(string modelId, bool withoutCatalog, string? similar) => UnknownModel(
        modelId,
        (withoutCatalog
            ? "Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog."
            : "Add it under 'LlmCostModel:RateCards', or say under 'LlmCostModel:Deployments' which model it is.")
            + (similar is null ? "" : $" Did you mean '{similar}'?"));

    internal static CostIssue UnknownModel(string modelId, string reason) =>
        new(CostIssueKind.UnknownModel, modelId, $"No price for model '{modelId}'. {reason}");

    internal static CostIssue UnlistedSnapshot(string modelId, CompiledPricing pricing) => UnknownModel(
        modelId,
        $"It is a snapshot of '{pricing.Model.Id}' that is younger than the prices in rate card '{pricing.Card.Name}', and may have its "
            + $"own price. If the provider's page states the same price, map it to '{pricing.Model.Id}' under 'LlmCostModel:Deployments'.");

    internal static CostIssue DeploymentWithoutPrice(string name, string model, string? provider) => new(
        CostIssueKind.UnknownModel,
        name,
        $"Deployment '{name}' is mapped to '{model}', which has no price{(provider is null ? "" : $" at provider '{provider}'")}. "
            + $"Correct the map under 'LlmCostModel:Deployments' or add a rate card.");

    internal static CostIssue AmbiguousProvider(string modelId, IEnumerable<string> providers) => new(
        CostIssueKind.AmbiguousProvider,
        modelId,
        $"Providers sell model '{modelId}' at their own prices; known at {string.Join(", ", providers)}. Say which one bills the call "
            + $"with CallContext.Provider.");

    internal static CostIssue UnknownProvider(string modelId, string provider, IEnumerable<string> providers) => new(
        CostIssueKind.UnknownProvider,
        provider,
        $"No price for model '{modelId}' at provider '{provider}'; it is known at {string.Join(", ", providers)}. Correct "
            + $"CallContext.Provider or add a rate card for '{provider}'.");
}
