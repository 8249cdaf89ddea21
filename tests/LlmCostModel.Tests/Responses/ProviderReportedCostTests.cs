using System.Text;
using System.Text.Json;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Responses;

/// <summary>Costs that providers stated themselves, against list prices of the same date.</summary>
public sealed class ProviderReportedCostTests(ITestOutputHelper output)
{
    /// <summary>List prices of the date where the data names none: per million tokens, then per search.</summary>
    private static readonly Dictionary<string, string> MoreListPrices = new()
    {
        ["x-ai/grok-4"] = """{"input":3,"output":15,"cache_read":0.75}""", // https://docs.x.ai/docs/models
        ["grok-4.3"] = """{"input":1.25,"output":2.5,"cache_read":0.2,"search":0.005}""", // the same page: 5 USD per 1,000 searches
        ["openai/gpt-4o-mini"] = """{"input":0.15,"output":0.6,"cache_read":0.075}""", // https://platform.openai.com/docs/pricing
        ["text-embedding-ada-002-v2"] = """{"input":0.1,"output":0}""",
        ["text-embedding-3-small"] = """{"input":0.02,"output":0}""",
    };

    [SharedDataFact]
    public void Read_EveryRow_ReportsWhatTheProviderStated()
    {
        int rows = 0;
        foreach (JsonElement row in Rows())
        {
            rows++;
            decimal stated = row.GetProperty("expected_cost_usd").GetDecimal();
            Assert.Equal(new Money(stated, "USD"), Reading(row, withCounts: false).Reported!.Value.Charged);
        }

        Assert.Equal(131, rows);
    }

    [SharedDataFact]
    public void Estimate_ListPriceOfTheDateKnown_ReproducesTheBill()
    {
        int exact = 0;
        SortedDictionary<string, int> others = new(StringComparer.Ordinal);
        foreach (JsonElement row in Rows())
        {
            string id = row.GetProperty("id").GetString()!;
            string? outcome = null;
            if (row.GetProperty("provider").GetString() == "perplexity" && row.GetProperty("model").GetString() == "sonar")
            {
                // 1 USD per million tokens each way and 5 USD per 1,000 requests (https://docs.perplexity.ai/getting-started/pricing); two parts, each rounded to 5 decimals.
                UsageReading reading = Reading(row, withCounts: true);
                CostEstimate cost = Cards.Model("\"PerMillionTokens\": { \"Input\": 1, \"Output\": 1 }, \"PerMeter\": { \"Request\": 0.005 }").Estimate("m", reading.Usage!.Value, default, [new("Request", 1)]);
                bool within = new CostDrift { Calculated = cost.Total!.Value, Reported = reading.Reported!.Value.Total!.Value }.IsWithin(0, 0.00001m);
                outcome = within ? null : BeforeTokensWereCharged(row) ? "the stated cost leaves the tokens out (all parts but the request are 0.0)" : $"not reproduced: {id} {cost.Total?.Amount}";
            }
            else if (ListPrices(row) is not { } prices)
            {
                outcome = $"no list price of that date: {row.GetProperty("provider")} {row.GetProperty("model")}";
            }
            else
            {
                UsageReading reading = Reading(row, withCounts: true);
                CostEstimate cost = Cards.Model(Version(prices)).Estimate("m", reading.Usage!.Value, default, reading.Meters);
                decimal stated = reading.Reported!.Value.Total!.Value.Amount;
                if (cost.Status != CostStatus.Priced || Math.Round(cost.Total!.Value.Amount, stated.Scale) != stated)
                {
                    outcome = $"not reproduced: {id} {cost.Total?.Amount} is not {stated} {cost.Status} {row.GetProperty("model")} {prices.GetRawText()} {reading.Usage}";
                }
            }

            exact += outcome is null ? 1 : 0;
            if (outcome is not null)
            {
                others[outcome] = others.GetValueOrDefault(outcome) + 1;
            }
        }

        foreach ((string reason, int count) in others)
        {
            output.WriteLine($"{count,4} {reason}");
        }

        output.WriteLine($"{exact} reproduced");
        Assert.DoesNotContain(others.Keys, reason => reason.StartsWith("not reproduced", StringComparison.Ordinal));
        Assert.Equal(131, exact + others.Values.Sum());
        Assert.Equal(113, exact);
    }

    private static JsonElement? ListPrices(JsonElement row) =>
        row.GetProperty("reproduced_with") is { ValueKind: JsonValueKind.Object } list && list.GetProperty("prices_usd_per_mtok") is { ValueKind: JsonValueKind.Object } prices ? prices
        : row.GetProperty("model").GetString() is { } model && MoreListPrices.TryGetValue(model, out string? more) ? JsonDocument.Parse(more).RootElement
        : null;

    private static bool BeforeTokensWereCharged(JsonElement row) =>
        row.GetProperty("usage").GetProperty("cost") is var cost && cost.GetProperty("input_tokens_cost").GetDecimal() == 0 && cost.GetProperty("output_tokens_cost").GetDecimal() == 0;

    private static string Version(JsonElement prices)
    {
        string Price(string ours, string theirs) => prices.TryGetProperty(theirs, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? $", \"{ours}\": {value.GetRawText()}" : "";
        string search = prices.TryGetProperty("search", out JsonElement perSearch) ? perSearch.GetRawText() : "0.01"; // OpenAI's: 10 USD per 1,000
        return $$"""
            "PerMillionTokens": { "Input": {{prices.GetProperty("input").GetRawText()}}{{Price("Output", "output")}}{{Price("CacheRead", "cache_read")}}{{Price("CacheWrite", "cache_write")}} }, "BilledAs": { "Reasoning": "Output", "VideoInput": "Input" }, "PerMeter": { "WebSearch": {{search}} }
            """;
    }

    private static UsageReading Reading(JsonElement row, bool withCounts)
    {
        string usage = row.GetProperty("usage").GetRawText();
        if (!withCounts)
        {
            // One row contradicts itself in its counts, so its cost is read alone.
            using JsonDocument document = JsonDocument.Parse(usage);
            usage = "{" + string.Join(",", document.RootElement.EnumerateObject().Where(field => field.Name.Contains("cost", StringComparison.Ordinal) || field.Name == "is_byok").Select(field => field.ToString())) + "}";
        }

        string shape = row.GetProperty("api").GetString() == "openai.responses" ? "response" : "chat.completion";
        return UsageReader.Read(Encoding.UTF8.GetBytes($$"""{"object":"{{shape}}","usage":{{usage}} }"""));
    }

    private static IEnumerable<JsonElement> Rows() => SharedData.ReadLines("cost-cases/provider_reported.jsonl").Select(line => JsonDocument.Parse(line).RootElement);
}
