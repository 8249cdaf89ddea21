using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads llm-prices: vendors with models and their price history, per 1,000,000 tokens; dates from inclusive, to
/// exclusive.</summary>
internal static class LlmPricesTable
{
    private static readonly string[] Known = ["input", "output", "input_cached", "from_date", "to_date"];

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        // The files of the project one by one, or several in one object by vendor.
        IEnumerable<JsonElement> vendors = root.TryGetProperty("models", out _)
            ? [root]
            : root.EnumerateObject().Select(vendor => vendor.Value);
        foreach ((int index, JsonElement vendor) in vendors.Index())
        {
            string provider = vendor.Text("vendor") ?? $"#{index}";
            foreach ((int number, JsonElement model) in vendor.List("models").Index())
            {
                string id = model.Text("id") ?? $"#{number}";
                yield return new ImportedEntry($"{provider}/{id}", provider, id).Read(entry => Read(entry, model));
            }
        }
    }

    private static void Read(ImportedEntry entry, JsonElement model)
    {
        if (model.Text("id") is null || entry.Provider.StartsWith('#'))
        {
            entry.Refuse("has no id, or its vendor has none");
        }

        foreach (JsonElement period in model.Required("price_history").EnumerateArray())
        {
            ImportedVersion version = entry.AddVersion(Date(period, "from_date"), Date(period, "to_date"));
            version.Set(TokenBucket.Input, entry.Price("input", period.Required("input"), 1));
            version.Set(TokenBucket.Output, entry.Price("output", period.Required("output"), 1));
            if (period.TryGetProperty("input_cached", out JsonElement cached))
            {
                version.Set(TokenBucket.CacheRead, entry.Price("input_cached", cached, 1));
            }

            foreach (JsonProperty other in period.EnumerateObject().Where(field => !Known.Contains(field.Name)))
            {
                entry.Lose(other.Name, "no condition or meter here corresponds to the key");
            }
        }

        if (entry.Versions.Count == 0)
        {
            entry.Refuse("has no prices");
        }
    }

    private static DateTimeOffset? Date(JsonElement period, string name) =>
        period.TryGetProperty(name, out JsonElement date) && date.ValueKind == JsonValueKind.String
            ? TableJson.Date(name, date.GetString()!)
            : null;
}
