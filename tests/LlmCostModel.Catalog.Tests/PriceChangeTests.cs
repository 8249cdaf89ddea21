using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Catalog.Tests;

/// <summary>Changes of price that a public table recorded: the catalog has the price of before and the price of after, or a listed reason.</summary>
public class PriceChangeTests
{
    /// <summary>The table saw a change some days to months after it happened, so the price of before is looked for in this time.</summary>
    private const int LongestDelay = 130;

    private static readonly ICostEstimator Ours = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider().GetRequiredService<ICostEstimator>();

    private static readonly Dictionary<string, string> Reasons = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "price-changes.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').ToDictionary(line => line[..line.IndexOf(": ", StringComparison.Ordinal)], line => line);

    /// <summary>A table with a history of its own: each price of a model has the days between which it held.</summary>
    [SharedDataFact]
    public void DatedHistory_OfCatalogModels_HasTheSamePricesAroundEachDay()
    {
        List<string> changes = [];
        List<string> unexplained = [];
        foreach (JsonProperty vendor in JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("prices/simonw_llm_prices_2026-08-05.json"))).RootElement.EnumerateObject())
        {
            foreach (JsonElement model in vendor.Value.GetProperty("models").EnumerateArray())
            {
                string id = model.GetProperty("id").GetString()!;
                foreach (JsonElement price in model.GetProperty("price_history").EnumerateArray())
                {
                    foreach ((string edge, int hours) in new[] { ("from_date", 36), ("to_date", -12) })
                    {
                        if (price.GetProperty(edge).GetString() is { } day
                            && DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture).AddHours(hours) is var at
                            && Price(id, CrossCheck.ToProvider(vendor.Name), at) is { } ours)
                        {
                            string change = $"{vendor.Name} {id} {day}";
                            changes.Add(change);
                            if (ours != (PerMillion(price, "input"), PerMillion(price, "output")) && !Reasons.ContainsKey(change))
                            {
                                unexplained.Add($"{change}: {ours} {at:u}");
                            }
                        }
                    }
                }
            }
        }

        Assert.True(changes.Count >= 8, $"only {changes.Count} edges of prices of models in the catalog");
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

    [SharedDataFact]
    public void RecordedChanges_OfCatalogModels_AreInTheHistory()
    {
        Dictionary<(string Key, string Field), decimal> before = [];
        HashSet<string> changes = [];
        HashSet<string> unexplained = [];
        foreach (JsonElement row in SharedData.ReadLines("price-history/litellm_price_changes.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement))
        {
            string key = row.GetProperty("model").GetString()!;
            string tableProvider = row.TryGetProperty("litellm_provider", out JsonElement name) ? name.GetString() ?? "" : "";
            string provider = CrossCheck.ToProvider(tableProvider);
            string model = key.StartsWith(tableProvider + "/", StringComparison.Ordinal) ? key[(tableProvider.Length + 1)..] : key;
            DateTimeOffset seen = DateTimeOffset.Parse(row.GetProperty("seen").GetString() + "T12:00:00Z", CultureInfo.InvariantCulture);
            foreach ((string field, TokenBucket bucket, string? tier, int input) in Fields)
            {
                if (!row.GetProperty("prices").TryGetProperty(field, out JsonElement price) || price.ValueKind != JsonValueKind.Number)
                {
                    continue; // the table states no such price
                }

                decimal now = PerMillion(price);
                if (before.TryGetValue((key, field), out decimal old) && old != now && Price(model, provider, seen, bucket, tier, input) is { } ours)
                {
                    string change = $"{provider} {model} {seen:yyyy-MM-dd}";
                    changes.Add($"{change} {field}");
                    bool isInHistory = ours == now && Enumerable.Range(1, LongestDelay).Any(days => Price(model, provider, seen.AddDays(-days), bucket, tier, input) == old);
                    if (!isInHistory && !Reasons.ContainsKey(change))
                    {
                        unexplained.Add($"{change}: {field} {old} to {now}, ours {ours}");
                    }
                }

                before[(key, field)] = now;
            }
        }

        Assert.True(changes.Count >= 40, $"only {changes.Count} changes of models in the catalog");
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

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
            from size in new (string Suffix, int Input)[] { ("", 0), ("_above_128k_tokens", 128_001), ("_above_200k_tokens", 200_001), ("_above_272k_tokens", 272_001) }
            from tier in new (string Suffix, string? Name)[] { ("", null), ("_batches", "batch"), ("_flex", "flex"), ("_priority", "priority") }
            select (bucket.Field + size.Suffix + tier.Suffix, bucket.Bucket, tier.Name, size.Input),
    ];

    private static decimal PerMillion(JsonElement price, string name) => decimal.Parse(price.GetProperty(name).GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal PerMillion(JsonElement price) => decimal.Parse(price.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture) * 1_000_000;

    private static (decimal Input, decimal Output)? Price(string model, string provider, DateTimeOffset at) =>
        Price(model, provider, at, TokenBucket.Input) is { } input && Price(model, provider, at, TokenBucket.Output) is { } output ? (input, output) : null;

    /// <summary>What the catalog charges for a million tokens of a bucket in a call of so many input tokens.</summary>
    private static decimal? Price(string model, string provider, DateTimeOffset at, TokenBucket bucket, string? tier = null, int input = 0) =>
        Ours.PerMillionTokens(model, bucket, new CallContext { Provider = provider, At = at, Tier = tier }, input);
}
