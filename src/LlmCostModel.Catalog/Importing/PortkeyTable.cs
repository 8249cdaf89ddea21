using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads a provider's file of Portkey's models: prices in US <b>cents</b> per token or unit.</summary>
internal static class PortkeyTable
{
    private const decimal CentsPerTokenToDollarsPerMillion = 10_000;
    private const decimal CentsToDollars = 0.01m;
    private const string NoCounterpart = "no condition or meter here corresponds to the key";

    private static readonly PriceCondition Batch = new() { Tiers = ["batch"] };

    private static readonly Dictionary<string, TokenBucket> Tokens = new(StringComparer.Ordinal)
    {
        ["request_token"] = TokenBucket.Input,
        ["response_token"] = TokenBucket.Output,
        ["reasoning_token"] = TokenBucket.Reasoning,
        ["cache_read_input_token"] = TokenBucket.CacheRead,
        ["cache_write_input_token"] = TokenBucket.CacheWrite,
        ["cache_write_1h"] = TokenBucket.CacheWrite1h,
        ["request_audio_token"] = TokenBucket.AudioInput,
        ["response_audio_token"] = TokenBucket.AudioOutput,
        ["cache_read_audio_input_token"] = TokenBucket.AudioCacheRead,
        ["request_image_token"] = TokenBucket.ImageInput,
        ["response_image_token"] = TokenBucket.ImageOutput,
        ["cache_read_image_input_token"] = TokenBucket.ImageCacheRead,
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
                entry.Read(read => Read(read, prices, config));
            }

            yield return entry;
        }
    }

    private static void Read(ImportedEntry entry, JsonElement prices, JsonElement config)
    {
        ImportedVersion version = entry.AddVersion();
        foreach (JsonProperty field in prices.EnumerateObject())
        {
            if (field.Name == "additional_units" && field.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty unit in field.Value.EnumerateObject())
                {
                    ReadPrice(entry, version, unit, $"{field.Name}.{unit.Name}", null);
                }
            }
            else if (field.Name == "image" && field.Value.ValueKind == JsonValueKind.Object)
            {
                PortkeyImages.Read(entry, version, field.Value);
            }
            else
            {
                ReadPrice(entry, version, field, field.Name, null);
            }
        }

        foreach (JsonProperty block in config.EnumerateObject())
        {
            ReadBlock(entry, version, block);
        }

        if (version.Rates[TokenBucket.Input] is null or 0
            && version.Rates[TokenBucket.Output] is null or 0
            && version.Units.Keys.All(meter => meter.StartsWith("Training", StringComparison.Ordinal)))
        {
            entry.Refuse("has zero prices, which in this table mean free as well as unknown");
        }
    }

    /// <summary>What stands beside the prices of ordinary calls.</summary>
    private static void ReadBlock(ImportedEntry entry, ImportedVersion version, JsonProperty block)
    {
        switch (block.Name)
        {
            case "pay_as_you_go" or "currency":
                break;
            case "batch_config" when block.Value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty field in block.Value.EnumerateObject())
                {
                    ReadPrice(entry, version, field, $"{block.Name}.{field.Name}", Batch);
                }

                break;
            case "fixed_cost" when Amount(entry, block.Name, block.Value, CentsToDollars) is { } fee:
                version.Set("Request", fee == 0 ? null : new MeterPrice { Price = fee });
                break;
            case "finetune_config" when block.Value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty field in block.Value.EnumerateObject())
                {
                    ReadTraining(entry, version, field, $"{block.Name}.{field.Name}");
                }

                break;
            case "calculate":
                entry.Lose(block.Name, "says how the table's own software adds up; it is not a price");
                break;
            default:
                entry.Lose(block.Name, NoCounterpart);
                break;
        }
    }

    private static void ReadPrice(
        ImportedEntry entry, ImportedVersion version, JsonProperty field, string what, PriceCondition? batch)
    {
        if (Tokens.TryGetValue(field.Name, out TokenBucket bucket))
        {
            // Zero is written for what a provider does not charge apart; only the two that every call has can be free.
            if (Amount(entry, what, field.Value, CentsPerTokenToDollarsPerMillion) is not { } price
                || (price == 0 && (batch is not null || bucket is not (TokenBucket.Input or TokenBucket.Output))))
            {
                return;
            }

            if (batch is null)
            {
                version.Set(bucket, price);
            }
            else
            {
                version.SetIn("batch", batch, bucket, price);
            }
        }
        else if (batch is null && Units.TryGetValue(field.Name, out string? meter)
            && Amount(entry, what, field.Value, CentsToDollars) is { } unit)
        {
            version.Set(meter, new MeterPrice { Price = unit });
        }
        else
        {
            entry.Lose(what, NoCounterpart);
        }
    }

    private static void ReadTraining(ImportedEntry entry, ImportedVersion version, JsonProperty field, string what)
    {
        string? meter = field.Name switch
        {
            "pay_per_token" => "TrainingToken",
            "pay_per_hour" => "TrainingHour",
            _ => null,
        };
        if (meter is not null && Amount(entry, what, field.Value, CentsToDollars) is { } price and > 0)
        {
            version.Set(meter, new MeterPrice { Price = price });
        }
        else if (meter is null)
        {
            entry.Lose(what, NoCounterpart);
        }
    }

    /// <summary>A price; what is written in its place is reported.</summary>
    private static decimal? Amount(ImportedEntry entry, string what, JsonElement value, decimal scale)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("price", out JsonElement price))
        {
            return entry.Price(what, price, scale);
        }

        if (value.ValueKind != JsonValueKind.Null)
        {
            entry.Lose(what, "is written otherwise than with a price");
        }

        return null;
    }
}
