using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Tests.Conformance;

/// <summary>Costs that others worked out or measured, from the evaluation data.</summary>
public class WorkedCaseTests
{
    private const string Examples = "cost-cases/worked_examples.jsonl";
    private const string Measured = "cost-cases/aider_measured.jsonl";

    /// <summary>37 M tokens cost at least 37 x 3 = 111 and 37 x 5 = 185 USD; the page prints what 0.6 USD per million would give.</summary>
    private static readonly Dictionary<string, decimal> WrongSources = new() { ["we-an-support-sonnet"] = 111m, ["we-an-support-opus"] = 185m };

    [SharedDataFact]
    public void WorkedExamples_AreReproduced()
    {
        int count = 0;
        foreach (JsonElement example in SharedData.ReadLines(Examples).Select(line => JsonDocument.Parse(line).RootElement))
        {
            count++;
            string id = example.GetProperty("id").GetString()!;
            PriceVersion version = WorkedPrices.Read(example.GetProperty("prices"));
            JsonElement usage = example.GetProperty("usage");
            decimal expected = Decimal(example.GetProperty("expected_cost_usd"));
            if (WrongSources.TryGetValue(id, out decimal atLeast))
            {
                long tokens = usage.GetProperty("conversations").GetInt64() * usage.GetProperty("tokens_per_conversation").GetInt64();
                decimal least = Price(version, new TokenUsage { Input = tokens }, null);
                Assert.Equal(atLeast, least);
                Assert.True(expected < least, $"{id} would no longer be a wrong source");
                continue;
            }

            string rule = example.GetProperty("rule").GetString() ?? "";
            decimal cost = Price(version, WorkedPrices.Usage(usage, rule.Contains("includes cached", StringComparison.Ordinal)), Text(usage, "service_tier"));
            Assert.True(Math.Abs(cost - expected) <= Decimal(example.GetProperty("tolerance_usd")), $"{id}: {cost}, the source says {expected}");
        }

        Assert.Equal(31, count);
    }

    /// <summary>
    /// Totals of whole runs. Where they need cache hits, the source gives the share that explains its own cost, rounded to four digits.
    /// ai-d-05 is not reproduced by the prices that its source assumes (10.0111 against 8.5625); the source does not say why, and neither do we.
    /// </summary>
    [SharedDataFact]
    public void MeasuredRuns_WithKnownPrices_AreReproduced()
    {
        List<string> reproduced = [];
        List<string> others = [];
        foreach (JsonElement run in SharedData.ReadLines(Measured).Select(line => JsonDocument.Parse(line).RootElement))
        {
            string id = run.GetProperty("id").GetString()!;
            if (!run.TryGetProperty("prices_assumed_usd_per_mtok", out JsonElement prices) || prices.ValueKind != JsonValueKind.Object)
            {
                others.Add(id);
                continue;
            }

            PriceVersion version = new()
            {
                PerMillionTokens = new TokenRates { Input = Decimal(prices.GetProperty("input")), CacheRead = Optional(prices, "cache_read"), Output = Decimal(prices.GetProperty("output")) },
            };
            long prompt = run.GetProperty("usage").GetProperty("prompt_tokens").GetInt64();
            decimal share = Optional(run, "implied_cache_hit_fraction") ?? 0;
            long cached = (long)decimal.Round(share * prompt, MidpointRounding.ToEven);
            decimal cost = Price(version, TokenUsage.FromInclusive(prompt, run.GetProperty("usage").GetProperty("completion_tokens").GetInt64(), cacheRead: cached), null);
            decimal shareError = share == 0 ? 0 : 0.00005m * prompt * (version.PerMillionTokens.Input!.Value - version.PerMillionTokens.CacheRead!.Value) / 1_000_000;
            bool isNear = Math.Abs(cost - Decimal(run.GetProperty("expected_cost_usd"))) <= 0.0001m + shareError;
            (isNear ? reproduced : others).Add(id);
        }

        Assert.Equal(["ai-d-00", "ai-d-05", "ai-d-13"], others); // the price of 00 and 13 at a router on that day is not known
        Assert.Equal(11, reproduced.Count);
    }

    private static decimal Price(PriceVersion version, TokenUsage usage, string? tier)
    {
        RateCard card = new() { Name = "case", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [version] }] };
        return new CostEstimator(card).Estimate("m", usage, new CallContext { Tier = tier }).GetRequiredTotal().Amount;
    }

    internal static decimal Decimal(JsonElement number) => decimal.Parse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static decimal? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? Decimal(number) : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
}
