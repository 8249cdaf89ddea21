using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Ids of public code, configurations and responses, with what each means. A wrong match is worse than none.</summary>
public class FieldIdTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    [SharedDataFact]
    public void Ids_OfTheField_AreRightOrUnpriced()
    {
        List<string> wrong = [];
        List<string> missed = [];
        int all = 0;
        foreach (JsonElement row in Rows("ids.jsonl"))
        {
            CostReceipt receipt = Explain(row, new TokenUsage { Input = 1 });
            (string?, string?) expected = (row.GetProperty("model").GetString(), row.GetProperty("atHost").GetString());
            (string?, string?) found = (receipt.Resolution?.ModelId, receipt.Resolution?.Provider);
            all++;
            if (found != expected)
            {
                (receipt.Status == CostStatus.Unpriced ? missed : wrong)
                    .Add($"{receipt.RequestedId} is {found}, expected {expected}: {string.Join(" ", receipt.Issues)}");
            }
        }

        Assert.Equal([], wrong);
        Assert.True(missed.Count <= all * 0.05, string.Join("\n", missed)); // those that await prices or a life cycle
    }

    /// <summary>Prices that were silently wrong because of how an id was read: the others are of the data.</summary>
    [SharedDataTheory]
    [InlineData("gemini-2.0-flash-001")]
    [InlineData("arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0")]
    [InlineData("openai.gpt-6-sol")]
    public void Prices_OfTheField_AreRight(string id)
    {
        JsonElement row = Rows("prices.jsonl").Single(row => row.GetProperty("id").GetString() == id);
        JsonElement usage = row.GetProperty("usage");
        long output = usage.TryGetProperty("output", out JsonElement tokens) ? tokens.GetInt64() : 0;

        CostReceipt receipt = Explain(row, new TokenUsage { Input = usage.GetProperty("input").GetInt64(), Output = output });

        Assert.Equal(decimal.Parse(row.GetProperty("total").GetString()!, CultureInfo.InvariantCulture), receipt.Total?.Amount);
    }

    private static IEnumerable<JsonElement> Rows(string file) => SharedData.ReadLines("field-ids/" + file)
        .Where(line => line.Length > 0)
        .Select(line => JsonElement.Parse(line));

    private static CostReceipt Explain(JsonElement row, TokenUsage usage) => Estimator.Explain(
        row.GetProperty("id").GetString()!,
        usage,
        new CallContext
        {
            Provider = row.GetProperty("host").GetString(),
            At = DateTimeOffset.Parse(row.GetProperty("at").GetString() + "T12:00:00Z", CultureInfo.InvariantCulture),
        });
}
