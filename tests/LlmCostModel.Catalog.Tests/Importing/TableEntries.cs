using System.Text.Json;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>The entries of a public table and what in them is a price, found without the importers.</summary>
internal static class TableEntries
{
    internal static IEnumerable<(string Id, string Provider, string Model, JsonElement Prices, Func<string, bool> IsPrice)> Of(PriceTableFormat format, JsonElement root) => format switch
    {
        PriceTableFormat.LiteLlm =>
            from entry in root.EnumerateObject()
            where entry.Value.TryGetProperty("litellm_provider", out _) && entry.Name != "sample_spec"
            let provider = entry.Value.GetProperty("litellm_provider").GetString()!
            select (entry.Name, TableProviders.NameOf(provider), TableProviders.IdOf(entry.Name, provider), entry.Value, (Func<string, bool>)IsLiteLlmPrice),
        PriceTableFormat.ModelsDev =>
            from provider in root.EnumerateObject()
            from model in provider.Value.GetProperty("models").EnumerateObject()
            where model.Value.TryGetProperty("cost", out JsonElement cost) && cost.ValueKind == JsonValueKind.Object
            select ($"{provider.Name}/{model.Name}", TableProviders.NameOf(provider.Name), model.Name, model.Value,
                (Func<string, bool>)(path => path.Contains("cost.", StringComparison.Ordinal) && !path.EndsWith(".size", StringComparison.Ordinal))),
        PriceTableFormat.OpenRouter =>
            from model in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : root.GetProperty("data").EnumerateArray()
            select (model.GetProperty("id").GetString()!, "openrouter", model.GetProperty("id").GetString()!, model.GetProperty("pricing"),
                (Func<string, bool>)(path => !path.EndsWith("min_prompt_tokens", StringComparison.Ordinal))),
        PriceTableFormat.GenAiPrices =>
            from provider in root.EnumerateArray()
            from model in provider.GetProperty("models").EnumerateArray()
            let ids = (Provider: provider.GetProperty("id").GetString()!, Model: model.GetProperty("id").GetString()!)
            let seller = ids.Provider == "google" && ids.Model.StartsWith("claude", StringComparison.Ordinal) ? "vertex" : ids.Provider
            select ($"{ids.Provider}/{ids.Model}", TableProviders.NameOf(seller), ids.Model, model,
                (Func<string, bool>)(path => path.StartsWith("prices", StringComparison.Ordinal) && !path.EndsWith(".start", StringComparison.Ordinal))),
        PriceTableFormat.LlmPrices =>
            from vendor in root.TryGetProperty("models", out _) ? [root] : root.EnumerateObject().Select(vendor => vendor.Value)
            from model in vendor.GetProperty("models").EnumerateArray()
            let ids = (Provider: vendor.GetProperty("vendor").GetString()!, Model: model.GetProperty("id").GetString()!)
            select ($"{ids.Provider}/{ids.Model}", TableProviders.NameOf(ids.Provider), ids.Model, model,
                (Func<string, bool>)(path => path.StartsWith("price_history", StringComparison.Ordinal))),
        _ =>
            from model in root.EnumerateObject()
            select (model.Name, "p", model.Name, model.Value.GetProperty("pricing_config"), (Func<string, bool>)(path => true)),
    };

    /// <summary>What stands in the metadata repeats a price in another unit, for readers.</summary>
    private static bool IsLiteLlmPrice(string path) =>
        (path.Contains("cost", StringComparison.Ordinal) || path.Contains("pricing", StringComparison.Ordinal) || path.Contains("multiplier", StringComparison.Ordinal)
            || path.StartsWith("provider_specific_entry", StringComparison.Ordinal))
        && !path.EndsWith(".range", StringComparison.Ordinal)
        && !path.StartsWith("metadata.", StringComparison.Ordinal);
}
