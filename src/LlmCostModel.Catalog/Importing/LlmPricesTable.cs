using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads llm-prices: vendors with models and their price history, per 1,000,000 tokens; dates from inclusive, to exclusive.</summary>
internal static class LlmPricesTable
{
    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        // The files of the project one by one, or several in one object by vendor.
        IEnumerable<JsonElement> vendors = root.TryGetProperty("models", out _) ? [root] : root.EnumerateObject().Select(vendor => vendor.Value);
        foreach (JsonElement vendor in vendors)
        {
            string host = vendor.GetProperty("vendor").GetString()!;
            foreach (JsonElement model in vendor.GetProperty("models").EnumerateArray())
            {
                string id = model.GetProperty("id").GetString()!;
                ImportedEntry entry = new($"{host}/{id}", host, id);
                foreach (JsonElement period in model.GetProperty("price_history").EnumerateArray())
                {
                    ImportedVersion version = entry.AddVersion(Date(period, "from_date"), Date(period, "to_date"));
                    version.Set(TokenBucket.Input, entry.Price("input", period.GetProperty("input"), 1));
                    version.Set(TokenBucket.Output, entry.Price("output", period.GetProperty("output"), 1));
                    if (period.TryGetProperty("input_cached", out JsonElement cached))
                    {
                        version.Set(TokenBucket.CacheRead, entry.Price("input_cached", cached, 1));
                    }
                }

                if (entry.Versions.Count == 0)
                {
                    entry.Refuse("has no prices");
                }

                yield return entry;
            }
        }
    }

    private static DateTimeOffset? Date(JsonElement period, string name) =>
        period.TryGetProperty(name, out JsonElement date) && date.ValueKind == JsonValueKind.String
            ? new DateTimeOffset(DateOnly.Parse(date.GetString()!, CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero)
            : null;
}
