using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.PriceChanges;

/// <summary>The changes of price that the daily copies of one table and the history of another recorded.</summary>
internal static class RecordedChanges
{
    private static readonly CostEstimator Ours = BuiltInCatalog.CreateEstimator();

    /// <summary>Ends the ids by which llm-prices names the prices of prompts above 272,000 tokens.</summary>
    private const string LongPrompts = "-272k";

    /// <summary>The table's fields: what they price, for which tier and from how many input tokens.</summary>
    private static readonly (string Field, TokenBucket Bucket, string? Tier, int Input)[] Fields =
    [
        .. from bucket in new (string Field, TokenBucket Bucket)[]
            {
                ("input_cost_per_token", TokenBucket.Input),
                ("output_cost_per_token", TokenBucket.Output),
                ("output_cost_per_reasoning_token", TokenBucket.Reasoning),
                ("cache_read_input_token_cost", TokenBucket.CacheRead),
                ("cache_creation_input_token_cost", TokenBucket.CacheWrite),
                ("input_cost_per_audio_token", TokenBucket.AudioInput),
                ("output_cost_per_audio_token", TokenBucket.AudioOutput),
            }
            from size in new (string Suffix, int Input)[]
            {
                ("", 0), ("_above_128k_tokens", 128_001), ("_above_200k_tokens", 200_001), ("_above_272k_tokens", 272_001),
            }
            from tier in new (string Suffix, string? Name)[] { ("", null), ("_batches", "batch"), ("_flex", "flex"), ("_priority", "priority") }
            select (bucket.Field + size.Suffix + tier.Suffix, bucket.Bucket, tier.Name, size.Input),
    ];

    /// <summary>Every change of a token price that LiteLLM's daily copies show, at all hosts.</summary>
    internal static IEnumerable<PriceChange> OfDailyCopies()
    {
        Dictionary<(string Key, string Field), decimal> before = [];
        foreach (string line in SharedData.ReadLines("price-history/litellm_price_changes.jsonl.gz"))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            string key = row.GetProperty("model").GetString()!;
            string tableProvider = row.TryGetProperty("litellm_provider", out JsonElement name) ? name.GetString() ?? "" : "";
            DateOnly seen = DateOnly.ParseExact(row.GetProperty("seen").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            foreach ((string field, TokenBucket bucket, string? tier, int input) in Fields)
            {
                if (!row.GetProperty("prices").TryGetProperty(field, out JsonElement price) || price.ValueKind != JsonValueKind.Number)
                {
                    continue;
                }

                decimal now = Number(price) * 1_000_000;
                if (before.TryGetValue((key, field), out decimal old) && old != now)
                {
                    yield return Create(key, tableProvider, seen, field, old, now, bucket, tier, input);
                }

                before[(key, field)] = now;
            }
        }
    }

    /// <summary>The edges of the periods for which simonw/llm-prices states prices: what it has before and after each.</summary>
    internal static IEnumerable<PriceChange> OfDatedHistory()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("prices/simonw_llm_prices_2026-08-05.json")));
        foreach (JsonProperty vendor in document.RootElement.EnumerateObject())
        {
            foreach (JsonElement model in vendor.Value.GetProperty("models").EnumerateArray())
            {
                JsonElement[] periods = [.. model.GetProperty("price_history").EnumerateArray()];
                foreach (JsonElement after in periods.Where(period => period.GetProperty("from_date").ValueKind == JsonValueKind.String))
                {
                    string from = after.GetProperty("from_date").GetString()!;
                    JsonElement before = periods.Single(period => period.GetProperty("to_date").GetString() == from);
                    string id = model.GetProperty("id").GetString()!;
                    bool isLong = id.EndsWith(LongPrompts, StringComparison.Ordinal);
                    foreach ((string field, TokenBucket bucket) in new[] { ("input", TokenBucket.Input), ("output", TokenBucket.Output) })
                    {
                        yield return Create(
                            isLong ? id[..^LongPrompts.Length] : id,
                            vendor.Name,
                            DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                            isLong ? field + LongPrompts : field,
                            Number(before.GetProperty(field)),
                            Number(after.GetProperty(field)),
                            bucket,
                            input: isLong ? 272_001 : 0);
                    }
                }
            }
        }
    }

    private static PriceChange Create(
        string key,
        string tableProvider,
        DateOnly seen,
        string field,
        decimal old,
        decimal now,
        TokenBucket bucket,
        string? tier = null,
        int input = 0)
    {
        // What stands before the id may be the host alone, or a path that names a region, which the id rules read.
        string provider = CrossCheck.ToProvider(tableProvider);
        string[] ids = [key, key.StartsWith(tableProvider + "/", StringComparison.Ordinal) ? key[(tableProvider.Length + 1)..] : key];
        DateTimeOffset at = new(seen, new TimeOnly(12, 0), TimeSpan.Zero);
        string model = ids.FirstOrDefault(id => Price(id, at) is not null) ?? ids[1];
        return new PriceChange(provider, key, seen, field, old, now) { Catalog = instant => Price(model, instant) };

        decimal? Price(string id, DateTimeOffset instant) =>
            Ours.PerMillionTokens(id, bucket, new CallContext { Provider = provider, At = instant, Tier = tier }, input);
    }

    private static decimal Number(JsonElement price) => decimal.Parse(price.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
