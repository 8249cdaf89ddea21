using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads models.dev: providers with models, prices per 1,000,000 tokens.</summary>
internal static class ModelsDevTable
{
    private const long OldThreshold = 200_000;

    private static readonly Dictionary<string, TokenBucket> Tokens = new(StringComparer.Ordinal)
    {
        ["input"] = TokenBucket.Input,
        ["output"] = TokenBucket.Output,
        ["cache_read"] = TokenBucket.CacheRead,
        ["cache_write"] = TokenBucket.CacheWrite,
        ["reasoning"] = TokenBucket.Reasoning,
        ["input_audio"] = TokenBucket.AudioInput,
        ["output_audio"] = TokenBucket.AudioOutput,
    };

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        foreach (JsonProperty provider in root.EnumerateObject())
        {
            if (provider.Value.Object("models") is not { } models)
            {
                ImportedEntry none = new(provider.Name, provider.Name, provider.Name);
                none.Refuse("is a provider without models");
                yield return none;
                continue;
            }

            foreach (JsonProperty model in models.EnumerateObject())
            {
                ImportedEntry entry = new($"{provider.Name}/{model.Name}", provider.Name, model.Name);
                if (model.Value.Object("cost") is not { } cost)
                {
                    entry.Refuse("has no cost");
                    yield return entry;
                }
                else
                {
                    entry.Retired = (model.Value.Text("status") == "deprecated", null);
                    if (model.Value.Object("experimental")?.ToString().Contains("\"cost\"", StringComparison.Ordinal) == true)
                    {
                        entry.Lose("experimental", "prices of modes that are being tried out");
                    }

                    yield return entry.Read(read => Read(read, cost));
                }
            }
        }
    }

    private static void Read(ImportedEntry entry, JsonElement cost)
    {
        ImportedVersion version = entry.AddVersion();
        foreach (JsonProperty field in cost.EnumerateObject())
        {
            if (Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                version.Set(bucket, entry.Price(field.Name, field.Value, 1));
            }
            else if (field.Name == "context_over_200k")
            {
                ReadTier(entry, version, field, field.Value, OldThreshold);
            }
            else if (field.Name == "tiers")
            {
                foreach (JsonElement tier in field.Value.EnumerateArray())
                {
                    if (tier.TryGetProperty("tier", out JsonElement kind)
                        && kind.Text("type") is null or "context"
                        && kind.TryGetProperty("size", out JsonElement size)
                        && long.TryParse(size.ToString(), out long tokens))
                    {
                        ReadTier(entry, version, field, tier, tokens);
                    }
                    else
                    {
                        entry.Lose("tiers", "a tier that is not of the size of the context");
                    }
                }
            }
            else
            {
                entry.Lose(field.Name, "no condition or meter here corresponds to the key");
            }
        }

        if (version.Rates[TokenBucket.Input] is null or 0
            && version.Rates[TokenBucket.Output] is null or 0
            && !entry.ModelId.EndsWith(":free", StringComparison.Ordinal))
        {
            entry.Refuse("has zero prices, which in this table mean free, included in a plan or unknown");
        }
    }

    private static void ReadTier(ImportedEntry entry, ImportedVersion version, JsonProperty tiers, JsonElement prices, long above)
    {
        PriceCondition when = new() { Tokens = [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.Above, above)] };
        foreach (JsonProperty field in prices.EnumerateObject())
        {
            if (field.Name == "tier")
            {
                continue;
            }

            if (!Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                entry.Lose($"{tiers.Name}.{field.Name}", "no condition or meter here corresponds to the key");
            }
            else if (entry.Price($"{tiers.Name}.{field.Name}", field.Value, 1) is { } price)
            {
                version.SetIn($"above {above / 1_000}k", when, bucket, price);
            }
        }
    }
}
