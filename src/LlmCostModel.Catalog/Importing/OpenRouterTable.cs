using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads OpenRouter's list of models: prices per single unit, as strings.</summary>
internal static class OpenRouterTable
{
    private const decimal PerMillion = 1_000_000;
    private const string MinimumTokens = "min_prompt_tokens";

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

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["request"] = "Request",
        ["image"] = "InputImage",
        ["web_search"] = "WebSearch",
    };

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        JsonElement[] models = [.. (root.ValueKind == JsonValueKind.Array ? root : root.Required("data")).EnumerateArray()];

        // Responses name models by these; free variants share them with what they are variants of.
        HashSet<string> ids = [.. models.Select(model => model.Text("id")).OfType<string>()];
        HashSet<string> slugs =
        [
            .. models
                .Select(Slug)
                .OfType<string>()
                .GroupBy(slug => slug)
                .Where(group => group.Count() == 1 && !ids.Contains(group.Key))
                .Select(group => group.Key),
        ];
        foreach ((int index, JsonElement model) in models.Index())
        {
            string? id = model.Text("id");
            ImportedEntry entry = new(id ?? $"#{index}", "openrouter", id ?? $"#{index}");
            if (Slug(model) is { } slug && slugs.Contains(slug) && !entry.ModelId.Contains(':', StringComparison.Ordinal))
            {
                entry.Alias = slug;
            }

            if (id is null || model.Object("pricing") is not { } pricing)
            {
                entry.Refuse(id is null ? "has no id" : "has no pricing");
                yield return entry;
            }
            else
            {
                yield return entry.Read(read => Read(read, pricing));
            }
        }
    }

    private static void Read(ImportedEntry entry, JsonElement pricing)
    {
        ImportedVersion version = entry.AddVersion();
        foreach (JsonProperty field in pricing.EnumerateObject())
        {
            if (Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                if (bucket == TokenBucket.Reasoning
                    && pricing.TryGetProperty("completion", out JsonElement completion)
                    && completion.ToString() == field.Value.ToString())
                {
                    continue; // Billed as output, also where long prompts make output costlier.
                }

                // Zero means nothing is charged apart, except for the two that every call has.
                if (TokenPrice(entry, field.Name, field, bucket, pricing) is { } price
                    && (price > 0 || bucket is TokenBucket.Input or TokenBucket.Output))
                {
                    version.Set(bucket, price);
                }
            }
            else if (Units.TryGetValue(field.Name, out string? meter))
            {
                if (entry.Price(field.Name, field.Value, 1) is { } price and > 0)
                {
                    if (field.Name == "image"
                        && pricing.TryGetProperty("prompt", out JsonElement prompt)
                        && prompt.ToString() == field.Value.ToString())
                    {
                        entry.Lose(field.Name, "equals the price of a prompt token: that of an image's token, not of an image");
                    }
                    else
                    {
                        version.Set(meter, new MeterPrice { Price = price });
                    }
                }
            }
            else if (field.Name == "overrides" && field.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement prices in field.Value.EnumerateArray())
                {
                    ReadOverride(entry, version, prices);
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

    /// <summary>Prices of prompts of so many tokens or more.</summary>
    private static void ReadOverride(ImportedEntry entry, ImportedVersion version, JsonElement prices)
    {
        if (!prices.TryGetProperty(MinimumTokens, out JsonElement minimum) || !minimum.TryGetInt64(out long tokens))
        {
            entry.Lose("overrides", "a condition other than the size of the prompt");
            return;
        }

        PriceCondition when = new() { Tokens = [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.From, tokens)] };
        foreach (JsonProperty field in prices.EnumerateObject().Where(field => field.Name != MinimumTokens))
        {
            if (!Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                entry.Lose($"overrides.{field.Name}", "no condition or meter here corresponds to the key");
            }
            else if (TokenPrice(entry, $"overrides.{field.Name}", field, bucket, prices) is { } price)
            {
                version.SetIn($"from {tokens / 1_000}k", when, bucket, price);
            }
        }
    }

    /// <summary>A price per million tokens; for Gemini the table states what storing costs, without the input that is charged as
    /// well.</summary>
    private static decimal? TokenPrice(ImportedEntry entry, string what, JsonProperty field, TokenBucket bucket, JsonElement prices)
    {
        decimal? price = entry.Price(what, field.Value, PerMillion);
        bool isBesidesInput =
            bucket is TokenBucket.CacheWrite
            && price > 0
            && prices.TryGetProperty("prompt", out JsonElement prompt)
            && decimal.TryParse(prompt.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal input)
            && price < input * PerMillion;
        if (isBesidesInput)
        {
            entry.Lose(what, "is below the price of fresh input: it may be charged besides it");
        }

        return isBesidesInput ? null : price;
    }

    private static string? Slug(JsonElement model) => model.Text("canonical_slug") ?? model.Text("id");
}
