using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads a provider's file of Portkey's models: prices in US <b>cents</b> per token or unit.</summary>
internal static class PortkeyTable
{
    private const decimal CentsPerTokenToDollarsPerMillion = 10_000;

    private static readonly Dictionary<string, TokenBucket> Tokens = new(StringComparer.Ordinal)
    {
        ["request_token"] = TokenBucket.Input,
        ["response_token"] = TokenBucket.Output,
        ["cache_read_input_token"] = TokenBucket.CacheRead,
        ["cache_write_input_token"] = TokenBucket.CacheWrite,
        ["request_audio_token"] = TokenBucket.AudioInput,
        ["response_audio_token"] = TokenBucket.AudioOutput,
        ["cache_read_audio_input_token"] = TokenBucket.AudioCacheRead,
    };

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["web_search"] = "WebSearch",
        ["file_search"] = "FileSearchCall",
        ["x_search"] = "XSearch",
        ["code_execution"] = "CodeExecution",
        ["attachment_search"] = "AttachmentSearch",
        ["maps"] = "MapsQuery",
        ["enterprise_web_search"] = "EnterpriseWebSearch",
        ["megapixels"] = "Megapixel",
    };

    internal static IEnumerable<ImportedEntry> Read(JsonElement root, string provider)
    {
        foreach (JsonProperty model in root.EnumerateObject())
        {
            ImportedEntry entry = new(model.Name, provider, model.Name);
            if (model.Name == "default")
            {
                entry.Refuse("is the fallback of the provider; a price that is not a model's own is a guess");
            }
            else if (model.Value.Object("pricing_config") is not { } config || config.Object("pay_as_you_go") is not { } prices)
            {
                entry.Refuse("has no pay-as-you-go prices");
            }
            else if (config.Text("currency") is { } code && code != "USD")
            {
                entry.Refuse($"is in {code}; this format is read in US cents");
            }
            else
            {
                entry.Read(read => Read(read, prices));
            }

            yield return entry;
        }
    }

    private static void Read(ImportedEntry entry, JsonElement prices)
    {
        ImportedVersion version = entry.AddVersion();
        foreach (JsonProperty field in prices.EnumerateObject())
        {
            if (field.Name == "additional_units" && field.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty unit in field.Value.EnumerateObject())
                {
                    if (Units.TryGetValue(unit.Name, out string? meter) && Amount(entry, unit, 0.01m) is { } price)
                    {
                        version.Set(meter, new MeterPrice { Price = price });
                    }
                    else
                    {
                        entry.Lose($"additional_units.{unit.Name}", "no meter here corresponds to the unit");
                    }
                }
            }
            else if (Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                // Zero is written for what a provider does not charge apart; only the two that every call has can be free.
                if (Amount(entry, field, CentsPerTokenToDollarsPerMillion) is { } price
                    && (price > 0 || bucket is TokenBucket.Input or TokenBucket.Output))
                {
                    version.Set(bucket, price);
                }
            }
            else
            {
                entry.Lose(field.Name, "no condition or meter here corresponds to the key");
            }
        }

        if (version.Rates[TokenBucket.Input] is null or 0 && version.Rates[TokenBucket.Output] is null or 0 && version.Units.IsEmpty)
        {
            entry.Refuse("has zero prices, which in this table mean free as well as unknown");
        }
    }

    private static decimal? Amount(ImportedEntry entry, JsonProperty field, decimal scale) =>
        field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("price", out JsonElement price)
            ? entry.Price(field.Name, price, scale)
            : null;
}
