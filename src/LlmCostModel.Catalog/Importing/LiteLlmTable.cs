using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>Reads LiteLLM's table: one object per model, prices per token as numbers, conditions as suffixes of the keys.</summary>
internal static partial class LiteLlmTable
{
    private const decimal PerMillion = 1_000_000;
    private const string Factors = "provider_specific_entry";
    private const string ZeroIsUnknown = "is 0, which in this table means not charged apart as well as unknown";

    private static readonly Dictionary<string, TokenBucket> Tokens = new(StringComparer.Ordinal)
    {
        ["input_cost_per_token"] = TokenBucket.Input,
        ["output_cost_per_token"] = TokenBucket.Output,
        ["cache_read_input_token_cost"] = TokenBucket.CacheRead,
        ["input_cost_per_token_cache_hit"] = TokenBucket.CacheRead,
        ["cache_creation_input_token_cost"] = TokenBucket.CacheWrite,
        ["cache_creation_input_token_cost_above_1hr"] = TokenBucket.CacheWrite1h,
        ["output_cost_per_reasoning_token"] = TokenBucket.Reasoning,
        ["input_cost_per_audio_token"] = TokenBucket.AudioInput,
        ["output_cost_per_audio_token"] = TokenBucket.AudioOutput,
        ["cache_read_input_audio_token_cost"] = TokenBucket.AudioCacheRead,
        ["input_cost_per_image_token"] = TokenBucket.ImageInput,
        ["cache_read_input_image_token_cost"] = TokenBucket.ImageCacheRead,
        ["output_cost_per_image_token"] = TokenBucket.ImageOutput,
        ["output_cost_per_video_token"] = TokenBucket.VideoOutput,
    };

    private static readonly Dictionary<string, (string Meter, decimal Per)> Units = new(StringComparer.Ordinal)
    {
        ["citation_cost_per_token"] = ("CitationToken", 1),
        ["input_cost_per_character"] = ("Character", 1),
        ["input_cost_per_audio_per_second"] = ("AudioInputSecond", 1),
        ["input_cost_per_video_per_second"] = ("VideoInputSecond", 1),
        ["output_cost_per_video_per_second"] = ("VideoOutputSecond", 1),
        ["input_cost_per_image"] = ("InputImage", 1),
        ["output_cost_per_image"] = ("Image", 1),
        ["input_cost_per_pixel"] = ("InputPixel", 1),
        ["output_cost_per_pixel"] = ("Pixel", 1),
        ["input_cost_per_query"] = ("SearchUnit", 1),
        ["input_cost_per_request"] = ("Request", 1),
        ["ocr_cost_per_page"] = ("Page", 1),
        ["annotation_cost_per_page"] = ("AnnotatedPage", 1),
        ["ocr_cost_per_credit"] = ("Credit", 1),
        ["code_interpreter_cost_per_session"] = ("ContainerSession", 1),
        ["file_search_cost_per_1k_calls"] = ("FileSearchCall", 1_000),
        ["file_search_cost_per_gb_per_day"] = ("StorageGigabyteDay", 1),
        ["vector_store_cost_per_gb_per_day"] = ("StorageGigabyteDay", 1),
    };

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            string provider = property.Value.Text("litellm_provider") ?? "";
            string id = property.Name;
            ImportedEntry entry = new(id, provider, TableProviders.IdOf(id, provider));
            if (provider.Length == 0 || id == "sample_spec")
            {
                entry.Refuse("is not a model of a provider");
                yield return entry;
            }
            else
            {
                yield return entry.Read(read => Read(read, property.Value));
            }
        }
    }

    private static void Read(ImportedEntry entry, JsonElement model)
    {
        ImportedVersion version = entry.AddVersion();
        if (model.Text("deprecation_date") is { } day && DateOnly.TryParse(day, CultureInfo.InvariantCulture, out _))
        {
            entry.Retired = (true, TableJson.Date("deprecation_date", day));
        }

        string mode = model.Text("mode") ?? "";
        bool writesNothing = mode is "embedding" or "rerank";
        foreach (JsonProperty field in model.EnumerateObject())
        {
            if (!IsPrice(field.Name) || field.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (field.Name == Factors && field.Value.ValueKind == JsonValueKind.Object)
            {
                ReadFactors(entry, version, field.Value);
            }
            else if (field.Name == "search_context_cost_per_query" && field.Value.ValueKind == JsonValueKind.Object)
            {
                ReadSearch(entry, version, field.Value);
            }
            else if (field.Name == "tiered_pricing" && field.Value.ValueKind == JsonValueKind.Array)
            {
                ReadSteps(entry, version, field.Value);
            }
            else if (field.Value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
            {
                entry.Lose(field.Name, "the structure has no counterpart here");
            }
            else
            {
                ReadField(entry, version, field, mode, writesNothing);
            }
        }

        if (version.Rates[TokenBucket.Input] == 0 && version.Rates[TokenBucket.Output] is null or 0 && version.Units.IsEmpty)
        {
            entry.Refuse("has zero prices, which in this table mean free as well as unknown");
        }
    }

    private static void ReadField(ImportedEntry entry, ImportedVersion version, JsonProperty field, string mode, bool writesNothing)
    {
        (string key, string? tier, long? above) = Split(field.Name);
        if (Tokens.TryGetValue(key, out TokenBucket bucket))
        {
            if (entry.Price(field.Name, field.Value, PerMillion) is not { } price
                || (price == 0 && writesNothing && bucket == TokenBucket.Output))
            {
                return;
            }

            if (price == 0 && bucket == TokenBucket.CacheWrite)
            {
                entry.Lose(field.Name, ZeroIsUnknown);
                return;
            }

            if (tier is not null || above is not null)
            {
                version.SetIn(NameOf(tier, above), When(tier, above), bucket, price);
            }
            else if (version.Rates[bucket] is { } known && known != price)
            {
                entry.Lose(field.Name, "is another price than that of a key that means the same, which stands first");
            }
            else
            {
                version.Set(bucket, price);
            }
        }
        else if (MeterOf(key, mode) is { } unit)
        {
            decimal? price = entry.Price(field.Name, field.Value, 1);
            if (price == 0)
            {
                entry.Lose(field.Name, ZeroIsUnknown);
            }
            else if (price is { } known && (tier is not null || above is not null))
            {
                version.SetIn(NameOf(tier, above), When(tier, above), unit.Meter, new MeterPrice { Price = known, Per = unit.Per });
            }
            else if (price is { } plain)
            {
                version.Set(unit.Meter, new MeterPrice { Price = plain, Per = unit.Per });
            }
        }
        else if (UpliftKey().Match(field.Name) is { Success: true } uplift && entry.Price(field.Name, field.Value, 1) is { } factor)
        {
            version.Multiply(
                $"{uplift.Groups["region"].Value} processing",
                new PriceCondition { Regions = [uplift.Groups["region"].Value] },
                factor);
        }
        else
        {
            entry.Lose(field.Name, "no condition or meter here corresponds to the key");
        }
    }

    private static (string Meter, decimal Per)? MeterOf(string key, string mode) => (key, mode) switch
    {
        ("input_cost_per_second", "audio_transcription" or "realtime") => ("AudioInputSecond", 1),
        ("output_cost_per_second", "audio_speech") => ("AudioOutputSecond", 1),
        ("output_cost_per_second", "video_generation") => ("VideoOutputSecond", 1),
        _ => Units.TryGetValue(key, out (string Meter, decimal Per) unit) ? unit : null,
    };

    private static bool IsPrice(string key) =>
        key.Contains("cost", StringComparison.Ordinal)
        || key is "tiered_pricing" or "off_peak_pricing" or Factors
        || UpliftKey().IsMatch(key);

    private static (string Key, string? Tier, long? Above) Split(string key)
    {
        Match match = Suffixes().Match(key);
        return (
            match.Groups["key"].Value,
            match.Groups["tier"] is { Success: true, Value: var tier } ? (tier == "batches" ? "batch" : tier) : null,
            match.Groups["above"] is { Success: true, Value: var above }
                ? long.Parse(above, CultureInfo.InvariantCulture) * 1_000
                : null);
    }

    private static string NameOf(string? tier, long? above) =>
        string.Join(", ", new[] { above is null ? null : $"above {above / 1_000}k", tier }.OfType<string>());

    private static PriceCondition When(string? tier, long? above) => new()
    {
        Tokens = above is { } tokens ? [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.Above, tokens)] : [],
        Tiers = tier is null ? [] : [tier],
    };

    [GeneratedRegex(
        "^(?<key>.+?)(_above_(?<above>[0-9]+)k_tokens)?(_(?<tier>priority|flex|batches|ultrafast))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Suffixes();

    [GeneratedRegex("^regional_(processing|endpoint)_uplift_multiplier_(?<region>[a-z]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex UpliftKey();
}
