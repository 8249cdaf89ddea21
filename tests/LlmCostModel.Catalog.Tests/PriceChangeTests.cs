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
                            && Price(id, CrossCheck.HostOf(vendor.Name), at) is { } ours)
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
        Dictionary<string, (decimal Input, decimal Output)> before = [];
        List<string> changes = [];
        List<string> unexplained = [];
        foreach (JsonElement row in SharedData.ReadLines("price-history/litellm_price_changes.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement))
        {
            string key = row.GetProperty("model").GetString()!;
            string provider = row.TryGetProperty("litellm_provider", out JsonElement name) ? name.GetString() ?? "" : "";
            if (Prices(row.GetProperty("prices")) is not { } prices)
            {
                continue;
            }

            if (before.TryGetValue(key, out (decimal Input, decimal Output) old) && old != prices)
            {
                string host = CrossCheck.HostOf(provider);
                string model = key.StartsWith(provider + "/", StringComparison.Ordinal) ? key[(provider.Length + 1)..] : key;
                DateTimeOffset seen = DateTimeOffset.Parse(row.GetProperty("seen").GetString() + "T12:00:00Z", CultureInfo.InvariantCulture);
                if (Price(model, host, seen) is { } now)
                {
                    string change = $"{host} {model} {seen:yyyy-MM-dd}";
                    changes.Add(change);
                    bool isInHistory = now == prices && Enumerable.Range(1, LongestDelay).Any(days => Price(model, host, seen.AddDays(-days)) == old);
                    if (!isInHistory && !Reasons.ContainsKey(change))
                    {
                        unexplained.Add($"{change}: {old} to {prices}, ours {now}");
                    }
                }
            }

            before[key] = prices;
        }

        Assert.True(changes.Count >= 20, $"only {changes.Count} changes of models in the catalog");
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

    private static (decimal Input, decimal Output)? Prices(JsonElement prices) =>
        prices.TryGetProperty("input_cost_per_token", out JsonElement input) && prices.TryGetProperty("output_cost_per_token", out JsonElement output)
            ? (PerMillion(input), PerMillion(output))
            : null;

    private static decimal PerMillion(JsonElement price, string name) => decimal.Parse(price.GetProperty(name).GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal PerMillion(JsonElement price) => decimal.Parse(price.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture) * 1_000_000;

    private static (decimal Input, decimal Output)? Price(string model, string host, DateTimeOffset at)
    {
        CallContext context = new() { Host = host, At = at };
        return Ours.Estimate(model, new TokenUsage { Input = 1_000 }, context).AmountOf(TokenBucket.Input) is { } input
            && Ours.Estimate(model, new TokenUsage { Output = 1_000 }, context).AmountOf(TokenBucket.Output) is { } output
            ? (input * 1_000, output * 1_000)
            : null;
    }
}
