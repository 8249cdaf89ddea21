using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads OpenRouter's list of models: prices per single unit, as strings.</summary>
internal static class OpenRouterTable
{
    private const decimal PerMillion = 1_000_000;

    private static readonly Dictionary<string, TokenBucket> Tokens = new(StringComparer.Ordinal)
    {
        ["prompt"] = TokenBucket.Input,
        ["completion"] = TokenBucket.Output,
        ["input_cache_read"] = TokenBucket.CacheRead,
        ["input_cache_write"] = TokenBucket.CacheWrite,
        ["input_cache_write_1h"] = TokenBucket.CacheWrite1h,
        ["internal_reasoning"] = TokenBucket.Reasoning,
        ["audio"] = TokenBucket.AudioInput,
        ["audio_output"] = TokenBucket.AudioOutput,
        ["input_audio_cache"] = TokenBucket.AudioCacheRead,
        ["image_token"] = TokenBucket.ImageInput,
        ["image_output"] = TokenBucket.ImageOutput,
    };

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["request"] = "Request", ["image"] = "InputImage", ["web_search"] = "WebSearch" };

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        foreach (JsonElement model in (root.ValueKind == JsonValueKind.Array ? root : root.GetProperty("data")).EnumerateArray())
        {
            string id = model.GetProperty("id").GetString()!;
            ImportedEntry entry = new(id, "openrouter", id);
            if (!model.TryGetProperty("pricing", out JsonElement pricing))
            {
                entry.Refuse("has no pricing");
            }
            else
            {
                Read(entry, pricing);
            }

            yield return entry;
        }
    }

    private static void Read(ImportedEntry entry, JsonElement pricing)
    {
        ImportedVersion version = entry.AddVersion();
        foreach (JsonProperty field in pricing.EnumerateObject())
        {
            if (Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                // Zero means nothing is charged apart, except for the two that every call has.
                if (entry.Price(field.Name, field.Value, PerMillion) is { } price && (price > 0 || bucket is TokenBucket.Input or TokenBucket.Output))
                {
                    version.Set(bucket, price);
                }
            }
            else if (Units.TryGetValue(field.Name, out string? meter))
            {
                if (entry.Price(field.Name, field.Value, 1) is { } price and > 0)
                {
                    version.Set(meter, new UnitPrice { Price = price });
                }
            }
            else if (field.Name != "discount" || field.Value.ToString() != "0")
            {
                entry.Lose(field.Name, "no condition or meter here corresponds to the key");
            }
        }

        bool isFree = version.Rates[TokenBucket.Input] == 0 && version.Rates[TokenBucket.Output] is null or 0 && version.Units.IsEmpty;
        if (isFree && !entry.ModelId.EndsWith(":free", StringComparison.Ordinal))
        {
            entry.Refuse("has zero prices without being a free variant");
        }
    }
}
