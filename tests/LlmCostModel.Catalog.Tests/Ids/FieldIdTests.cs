using System.Globalization;
using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Ids of public code, configurations and responses, with what each means. A wrong match is worse than none.</summary>
public class FieldIdTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    /// <summary>What the catalog has had since the ids were collected.</summary>
    private static readonly Dictionary<string, (string?, string?)> Since = new()
    {
        ["github-copilot/claude-sonnet-4.6"] = ("claude-sonnet-4.6", "github_copilot"), // priced in credits since 2026-06-01
    };

    [SharedDataFact]
    public void Ids_OfTheField_AreRightOrUnpriced()
    {
        List<string> wrong = [];
        List<string> missed = [];
        int all = 0;
        foreach (JsonElement row in Rows("ids.jsonl"))
        {
            CostReceipt receipt = Explain(row, new TokenUsage { Input = 1 });
            (string?, string?) expected = Since.TryGetValue(row.GetProperty("id").GetString()!, out (string?, string?) since)
                ? since
                : (row.GetProperty("model").GetString(), row.GetProperty("atHost").GetString());
            (string?, string?) found = (receipt.Resolution?.ModelId, receipt.Resolution?.Provider);
            all++;
            if (found != expected)
            {
                (receipt.Status == CostStatus.Unpriced ? missed : wrong)
                    .Add($"{receipt.RequestedId} is {found}, expected {expected}: {string.Join(" ", receipt.Issues)}");
            }
        }

        Assert.Equal([], wrong);
        Assert.True(missed.Count <= all * 0.02, string.Join("\n", missed));
    }

    /// <summary>Prices that were silently wrong: of ids, regions, life cycles and versions.</summary>
    [SharedDataFact]
    public void Prices_OfTheField_AreRight()
    {
        List<string> wrong = [];
        foreach (JsonElement row in Rows("prices.jsonl"))
        {
            TokenUsage usage = default;
            foreach (JsonProperty count in row.GetProperty("usage").EnumerateObject())
            {
                usage = usage.With(Enum.Parse<TokenBucket>(count.Name, ignoreCase: true), count.Value.GetInt64());
            }

            CostReceipt receipt = Explain(row, usage);
            if (receipt.Total?.Amount != decimal.Parse(row.GetProperty("total").GetString()!, CultureInfo.InvariantCulture))
            {
                wrong.Add($"{receipt.RequestedId} costs {receipt.Total}, expected {row.GetProperty("total")}: {string.Join(" ", receipt.Issues)}");
            }
        }

        Assert.Equal([], wrong);
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
