using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Reads genai-prices: providers with models, prices per 1,000,000 tokens, with context tiers, start dates and times of
/// day.</summary>
internal static class GenAiPricesTable
{
    private static readonly Dictionary<string, TokenBucket> Tokens = new(StringComparer.Ordinal)
    {
        ["input_mtok"] = TokenBucket.Input,
        ["output_mtok"] = TokenBucket.Output,
        ["cache_read_mtok"] = TokenBucket.CacheRead,
        ["cache_write_mtok"] = TokenBucket.CacheWrite,
        ["cache_write_1h_mtok"] = TokenBucket.CacheWrite1h,
        ["output_reasoning_mtok"] = TokenBucket.Reasoning,
        ["input_audio_mtok"] = TokenBucket.AudioInput,
        ["output_audio_mtok"] = TokenBucket.AudioOutput,
        ["cache_audio_read_mtok"] = TokenBucket.AudioCacheRead,
        ["input_image_mtok"] = TokenBucket.ImageInput,
        ["output_image_mtok"] = TokenBucket.ImageOutput,
        ["cache_image_read_mtok"] = TokenBucket.ImageCacheRead,
        ["input_video_mtok"] = TokenBucket.VideoInput,
        ["output_video_mtok"] = TokenBucket.VideoOutput,
    };

    private static readonly Dictionary<string, (string Meter, decimal Per)> Units = new(StringComparer.Ordinal)
    {
        ["requests_kcount"] = ("Request", 1_000),
        ["web_searches_kcount"] = ("WebSearch", 1_000),
        ["output_citation_mtok"] = ("CitationToken", 1_000_000),
    };

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        foreach ((int index, JsonElement vendor) in root.EnumerateArray().Index())
        {
            string provider = vendor.Text("id") ?? $"#{index}";
            foreach ((int number, JsonElement model) in vendor.List("models").Index())
            {
                string id = model.Text("id") ?? $"#{number}";
                // Under Google the table has what others make and Vertex AI sells.
                string seller = provider == "google" && id.StartsWith("claude", StringComparison.Ordinal) ? "vertex" : provider;
                yield return new ImportedEntry($"{provider}/{id}", seller, id).Read(entry => Read(entry, model));
            }
        }
    }

    private static void Read(ImportedEntry entry, JsonElement model)
    {
        if (model.Text("id") is null || entry.Provider.StartsWith('#'))
        {
            entry.Refuse("has no id, or its vendor has none");
        }

        entry.Retired = (model.TryGetProperty("deprecated", out JsonElement old) && old.ValueKind == JsonValueKind.True, null);
        JsonElement prices = model.Required("prices");
        if (prices.ValueKind == JsonValueKind.Array)
        {
            ReadConditional(entry, [.. prices.EnumerateArray()]);
        }
        else
        {
            ReadPrices(entry, entry.AddVersion(), prices);
        }

        if (entry.Versions.All(version => version.IsEmpty))
        {
            entry.Refuse("has no prices");
        }
    }

    /// <summary>The first is the fallback, the last whose constraint holds wins: dates become versions, times of day rules.</summary>
    private static void ReadConditional(ImportedEntry entry, JsonElement[] prices)
    {
        DateTimeOffset?[] starts = [.. prices.Select(price => StartDate(price))];
        for (int i = 0; i < prices.Length; i++)
        {
            if (i == 0 || starts[i] is not null)
            {
                if (prices[i].Object("constraint") is { } constraint && constraint.EnumerateObject().Count() > 1)
                {
                    entry.Lose("constraint", "more than a start date");
                    continue;
                }

                DateTimeOffset? until = starts.Skip(i + 1).FirstOrDefault(start => start is not null);
                ReadPrices(entry, entry.AddVersion(i == 0 ? null : starts[i], until), prices[i].Required("prices"));
            }
            else if (prices[i].Required("constraint").TryGetProperty("start_time", out JsonElement start)
                && prices[i].Required("constraint").TryGetProperty("end_time", out JsonElement end)
                && Time(start) is { } from && Time(end) is { } to)
            {
                PriceCondition when = new() { Schedule = new WeeklySchedule { Daily = [new DailyWindow(from, to)] } };
                ReadPrices(entry, entry.Versions[^1], prices[i].Required("prices"), ($"daily {from:HH\\:mm} to {to:HH\\:mm}", when));
            }
            else
            {
                entry.Lose("constraint", "neither a start date nor a time of day");
            }
        }
    }

    private static void ReadPrices(
        ImportedEntry entry,
        ImportedVersion version,
        JsonElement prices,
        (string Name, PriceCondition When)? rule = null)
    {
        foreach (JsonProperty field in prices.EnumerateObject())
        {
            JsonElement price = field.Value.ValueKind == JsonValueKind.Object ? field.Value.Required("base") : field.Value;
            if (Tokens.TryGetValue(field.Name, out TokenBucket bucket))
            {
                ReadToken(entry, version, field, price, bucket, rule);
            }
            else if (Units.TryGetValue(field.Name, out (string Meter, decimal Per) unit)
                && rule is null
                && field.Value.ValueKind != JsonValueKind.Object)
            {
                if (entry.Price(field.Name, price, 1) is { } amount)
                {
                    version.Set(unit.Meter, new MeterPrice { Price = amount, Per = unit.Per });
                }
            }
            else
            {
                entry.Lose(field.Name, "no condition or meter here corresponds to the key");
            }
        }
    }

    private static void ReadToken(
        ImportedEntry entry,
        ImportedVersion version,
        JsonProperty field,
        JsonElement basePrice,
        TokenBucket bucket,
        (string Name, PriceCondition When)? rule)
    {
        if (entry.Price(field.Name, basePrice, 1) is { } price)
        {
            if (rule is { } named)
            {
                version.SetIn(named.Name, named.When, bucket, price);
            }
            else
            {
                version.Set(bucket, price);
            }
        }

        if (field.Value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonElement tier in field.Value.Required("tiers").EnumerateArray())
        {
            long above = tier.RequiredWhole("start");
            if (rule is not null)
            {
                entry.Lose($"{field.Name}.tiers", "a context tier inside a time of day");
            }
            else if (entry.Price($"{field.Name}.tiers", tier.Required("price"), 1) is { } higher)
            {
                PriceCondition when = new() { Tokens = [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.Above, above)] };
                version.SetIn(string.Create(CultureInfo.InvariantCulture, $"above {above}"), when, bucket, higher);
            }
        }
    }

    private static DateTimeOffset? StartDate(JsonElement price) =>
        price.TryGetProperty("constraint", out JsonElement constraint) && constraint.TryGetProperty("start_date", out JsonElement date)
            ? TableJson.Date("start_date", date.ToString())
            : null;

    private static TimeOnly? Time(JsonElement time) =>
        TimeOnly.TryParseExact(
            time.GetString()?.TrimEnd('Z'),
            "HH:mm:ss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out TimeOnly value)
            ? value
            : null;
}
