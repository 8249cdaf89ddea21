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
    /// Totals of whole runs. Six are their tokens at list price. Of five the source does not say how many prompt tokens were read from the
    /// cache, so their cost can only be between all and none; a share worked out from the cost would prove nothing.
    /// ai-d-05 is between the two prices that the run's calculator had for output: thinking at 3.50, text at 0.60, and the source does not say
    /// how much was which (LiteLLM's daily copies, https://github.com/RoCry/llm-api-price). ai-d-00 and -13: the router's price of that day
    /// is not known.
    /// </summary>
    [SharedDataFact]
    public void MeasuredRuns_WithKnownPrices_AreReproducedOrBetweenTheirBounds()
    {
        List<string> exact = [];
        List<string> between = [];
        List<string> others = [];
        foreach (JsonElement run in SharedData.ReadLines(Measured).Select(line => JsonDocument.Parse(line).RootElement))
        {
            string id = run.GetProperty("id").GetString()!;
            if (!run.TryGetProperty("prices_assumed_usd_per_mtok", out JsonElement prices) || prices.ValueKind != JsonValueKind.Object)
            {
                others.Add(id);
                continue;
            }

            TokenRates rates = new()
            {
                Input = Decimal(prices.GetProperty("input")),
                CacheRead = Optional(prices, "cache_read"),
                Output = Decimal(prices.GetProperty("output")),
            };
            long prompt = run.GetProperty("usage").GetProperty("prompt_tokens").GetInt64();
            long output = run.GetProperty("usage").GetProperty("completion_tokens").GetInt64();
            decimal measured = Decimal(run.GetProperty("expected_cost_usd"));
            decimal most = Cost(rates, prompt, cached: 0, output);
            decimal least = id == "ai-d-05" ? Cost(rates with { Output = 0.60m }, prompt, cached: 0, output)
                : rates.CacheRead is null ? most : Cost(rates, prompt, prompt, output);
            (Math.Abs(most - measured) <= 0.0001m ? exact : least < measured && measured < most ? between : others).Add(id);
        }

        Assert.Equal(["ai-d-02", "ai-d-03", "ai-d-04", "ai-d-06", "ai-d-11", "ai-d-12"], exact);
        Assert.Equal(["ai-d-01", "ai-d-05", "ai-d-07", "ai-d-08", "ai-d-09", "ai-d-10"], between);
        Assert.Equal(["ai-d-00", "ai-d-13"], others);
    }

    private static decimal Cost(TokenRates rates, long prompt, long cached, long output) =>
        Price(new PriceVersion { PerMillionTokens = rates }, TokenUsage.FromInclusive(prompt, output, cacheRead: cached), null);

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
