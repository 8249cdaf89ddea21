using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.TestData;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace LlmCostModel.Catalog.Tests;

/// <summary>What providers stated in their responses as charged, against what the catalog makes of the same response at its date.</summary>
[Trait("Prints", "figures")]
public class ReportedCostTests(ITestOutputHelper output)
{
    private static readonly ICostEstimator Ours = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider().GetRequiredService<ICostEstimator>();

    [SharedDataFact]
    public void Catalog_OfTheDate_MakesTheCostThatTheProviderStated()
    {
        int reproduced = 0;
        int unpriced = 0;
        List<string> unexplained = [];
        int listed = 0;
        ReasonList reasons = ReasonList.Read("reported-costs.txt");
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
            else if (reasons.Find(id) is not null)
            {
                listed++;
            }
            else
            {
                unexplained.Add($"{id} {context.Provider} {model} {context.At:u}: stated {stated}, ours {ours}");
            }
        }

        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        reasons.AssertAllApply();
        Figures.AreStated(
            output,
            $"Of {reproduced + listed + unpriced} responses in which OpenRouter, xAI, Perplexity and others state what they charged",
            $"makes the same cost for {reproduced}, to the printed digit; {listed} differ for reasons that no catalog can know",
            $"the other {unpriced} contradict themselves or are of models that are not in here");
        Assert.Equal((112, 4, 15), (reproduced, listed, unpriced));
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
