using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.TestData;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Catalog.Tests;

/// <summary>What providers stated in their responses as charged, against what the catalog makes of the same response at its date.</summary>
public class ReportedCostTests
{
    private static readonly ICostEstimator Ours = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider().GetRequiredService<ICostEstimator>();

    /// <summary>Why a cost is not reproduced; what no catalog can know.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["pr-d-000"] = "routed to an upstream that is costlier than the listed price",
        ["pr-d-113"] = "the stated cost leaves the tokens out",
        ["pr-d-114"] = "the stated cost leaves the tokens out",
        ["pr-d-120"] = "the caller's own key paid the upstream",
    };

    [SharedDataFact]
    public void Catalog_OfTheDate_MakesTheCostThatTheProviderStated()
    {
        int reproduced = 0;
        int unpriced = 0;
        List<string> unexplained = [];
        HashSet<string> expected = [.. Reasons.Keys];
        foreach (JsonElement row in SharedData.ReadLines("cost-cases/provider_reported.jsonl").Select(line => JsonDocument.Parse(line).RootElement))
        {
            string id = row.GetProperty("id").GetString()!;
            if (Read(row) is not { Usage: { } usage } reading || row.GetProperty("model").GetString() is not { } model)
            {
                unpriced++;
                continue;
            }

            CallContext context = new()
            {
                Provider = row.GetProperty("provider").GetString(),
                At = row.GetProperty("date").GetString() is { } date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) : new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero),
            };
            CostEstimate cost = Ours.Estimate(model, usage, context, reading.Meters);
            decimal stated = row.GetProperty("expected_cost_usd").GetDecimal();
            if (cost.Total?.Amount is not { } ours)
            {
                unpriced++;
            }
            else if (context.Provider == "perplexity" ? Math.Abs(ours - stated) <= 0.00001m : stated != 0 && Math.Round(ours, stated.Scale) == stated) // Perplexity rounds each of two parts to 5 decimals
            {
                reproduced++;
            }
            else if (!expected.Remove(id))
            {
                unexplained.Add($"{id} {context.Provider} {model} {context.At:u}: stated {stated}, ours {ours}");
            }
        }

        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.Equal((112, 15, 0), (reproduced, unpriced, expected.Count));
    }

    /// <summary>The usage of a row; <see langword="null"/> where it contradicts itself.</summary>
    private static UsageReading? Read(JsonElement row)
    {
        string shape = row.GetProperty("api").GetString() == "openai.responses" ? "response" : "chat.completion";
        try
        {
            return UsageReader.Read(Encoding.UTF8.GetBytes($$"""{"object":"{{shape}}","usage":{{row.GetProperty("usage").GetRawText()}} }"""));
        }
        catch (UsageFormatException)
        {
            return null;
        }
    }
}
