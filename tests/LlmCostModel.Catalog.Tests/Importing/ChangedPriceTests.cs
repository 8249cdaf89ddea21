using System.Text;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>A table with other prices than the catalog's, in front of it: its prices count from its day on, and what it does not state
/// follows them.</summary>
public class ChangedPriceTests
{
    private static readonly RateCard[] Catalog = [.. RateCardJson.Parse("""
        { "anthropic": { "Provider": "anthropic", "FirstParty": true, "Currency": "USD", "Models": {
            "launched": { "Beginning": "launch", "PerMillionTokens": { "Input": 5, "Output": 25 } },
            "was-read": { "From": "2026-01-05", "Beginning": "reading", "PerMillionTokens": { "Input": 5, "Output": 25 } },
            "stated": { "From": "2026-01-05", "PerMillionTokens": { "Input": 5, "Output": 25 } },
            "long": { "PerMillionTokens": { "Input": 4, "CacheRead": 0.4, "Output": 20 }, "Rules": [
                { "Name": "above 272k", "When": { "TotalInputAbove": 272000 }, "PerMillionTokens": { "Input": 8, "CacheRead": 0.8, "Output": 30 } },
                { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Tokens" ] },
                { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 2, "On": [ "Tokens" ] } ] },
            "ended": { "Aliases": [ "ended-20250805" ], "PerMillionTokens": { "Input": 5, "Output": 25 } } },
          "Lifecycle": { "ended": { "From": "2026-06-01", "Retired": true, "Successor": "stated" } } },
          "vertex": { "Provider": "vertex", "Currency": "USD", "Models": {
            "stated@20260105": { "PerMillionTokens": { "Input": 5.5, "Output": 27.5 } } } } }
        """, "catalog.json")];

    // 4 and 20 a million where the catalog has 5 and 25; 4.5 and 22 where it has 4 and 20.
    private const string Table = """
        { "launched": { "litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4e-6, "output_cost_per_token": 2e-5 },
          "was-read": { "litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4e-6, "output_cost_per_token": 2e-5 },
          "stated": { "litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4e-6, "output_cost_per_token": 2e-5 },
          "ended": { "litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4e-6, "output_cost_per_token": 2e-5 },
          "long": { "litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 4.5e-6, "output_cost_per_token": 2.2e-5,
            "input_cost_per_token_above_272k_tokens": 9e-6, "output_cost_per_token_above_272k_tokens": 3.3e-5,
            "input_cost_per_token_batches": 2.25e-6, "output_cost_per_token_batches": 1.1e-5, "input_cost_per_token_priority": 9e-6 } }
        """;

    private static readonly CostEstimator Estimator = Make();

    /// <summary>100,000 tokens of each: 0.3 a token before, 2.4 from the table's day on; whatever the catalog knows of the beginning.</summary>
    [Theory]
    [InlineData("launched")]
    [InlineData("was-read")]
    [InlineData("stated")]
    public void ChangedPrice_HoldsFromTheDayOfTheTable(string model)
    {
        Assert.Equal(3, Cost(model, 100_000, "2026-11-20"));
        Assert.Equal(2.4m, Cost(model, 100_000, "2026-11-24"));
    }

    /// <summary>Input and 100,000 of output: the long prompt is 9 and 33, its cache reads the catalog's 0.8; batch is half of whatever
    /// holds, priority twice, also of output that the table does not state.</summary>
    [Theory]
    [InlineData(100_000, 0, null, "2.65")] // 0.45 + 2.2
    [InlineData(300_000, 0, null, "6")] // 2.7 + 3.3
    [InlineData(272_000, 0, null, "3.424")] // 1.224 + 2.2
    [InlineData(10_000, 300_000, null, "3.63")] // 0.09 + 0.24 + 3.3
    [InlineData(300_000, 0, "batch", "3")]
    [InlineData(300_000, 0, "priority", "12")]
    [InlineData(100_000, 0, "priority", "5.3")] // 0.9 + 4.4
    public void TiersAndLongPrompts_FollowTheTable(long input, long read, string? tier, string expected)
    {
        CostEstimate estimate = Estimator.Estimate(
            "long", new TokenUsage { Input = input, CacheRead = read, Output = 100_000 }, On("2026-11-24") with { Tier = tier });

        Assert.Equal(CostStatus.Priced, estimate.Status);
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), estimate.Total?.Amount);
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("ended-20250805")]
    public void RetiredModel_StaysRetired_ByEachOfItsNames(string id)
    {
        CostEstimate after = Estimator.Estimate(id, new TokenUsage { Input = 1 }, On("2026-11-24"));

        Assert.Equal(CostIssueKind.Retired, Assert.Single(after.Issues).Kind);
        Assert.Equal(CostStatus.Priced, Estimator.Estimate(id, new TokenUsage { Input = 1 }, On("2026-05-24")).Status);
    }

    /// <summary>A snapshot that only another seller lists stays that seller's; where the provider is named, it is the model's.</summary>
    [Fact]
    public void SnapshotOfAnotherSeller_StaysItsOwn()
    {
        Assert.Equal("vertex", Estimator.Estimate("stated@20260105", new TokenUsage { Input = 1 }, On("2026-11-24")).Provider);
        Assert.Equal("anthropic", Estimator.Estimate("stated@20260105", new TokenUsage { Input = 1 }, On("2026-11-24") with { Provider = "anthropic" }).Provider);
    }

    private static decimal? Cost(string model, long tokens, string at) =>
        Estimator.Estimate(model, new TokenUsage { Input = tokens, Output = tokens }, On(at)).Total?.Amount;

    private static CallContext On(string at) => new() { At = DateTimeOffset.Parse(at, null, System.Globalization.DateTimeStyles.AssumeUniversal) };

    private static CostEstimator Make()
    {
        ImportResult table = PriceTableImporter.Import(PriceTableFormat.LiteLlm, Encoding.UTF8.GetBytes(Table), asOf: new DateOnly(2026, 11, 21));
        LlmCostModelOptions options = new();
        foreach (RateCard card in table.InFrontOf(Catalog).RateCards)
        {
            options.RateCards[card.Name] = card;
        }

        return new CostEstimator(options, [new FixedCards(Catalog)], [BuiltInCatalog.IdRules]);
    }
}
