namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>A user's own price wins over the snapshots that the catalog lists (issue 15).</summary>
public sealed class UserSnapshotTests
{
    private const string Contract = """
        { "contract": { "Provider": "openai", "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1, "Output": 4 } } } } }
        """;

    private const string WithSnapshot = """
        { "contract": { "Provider": "openai", "Currency": "USD", "Models": {
            "gpt-4o": { "PerMillionTokens": { "Input": 1, "Output": 4 } },
            "gpt-4o-2024-08-06": { "PerMillionTokens": { "Input": 3, "Output": 4 } } } } }
        """;

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-2024-11-20")]
    [InlineData("openai/gpt-4o-2024-08-06")]
    [InlineData("GPT-4o-2024-08-06")]
    [InlineData("gpt-4o-2031-01-01")] // not in any card; younger than every price
    public void Estimate_SnapshotOfTheUsersModel_HasTheUsersPrice(string id)
    {
        CostEstimate estimate = Estimator(Contract).Estimate(id, Million);

        Assert.Equal(("1 USD", "contract", "gpt-4o"), (estimate.Total.ToString(), estimate.RateCard, estimate.Model));
    }

    [Theory]
    [InlineData("gpt-4o-mini", "0.15 USD", null)] // https://platform.openai.com/docs/pricing, another model
    [InlineData("gpt-4o-mini-2024-07-18", "0.15 USD", null)]
    [InlineData("gpt-4o-2024-08-06", "2.5 USD", "azure")] // another provider
    public void Estimate_AnotherModelOrProvider_HasTheCatalogsPrice(string id, string total, string? provider)
    {
        CostEstimate estimate = Estimator(Contract).Estimate(id, Million, new CallContext { Provider = provider });

        Assert.Equal(total, estimate.Total.ToString());
        Assert.Equal($"catalog:{provider ?? "openai"}", estimate.RateCard);
    }

    [Fact]
    public void Estimate_SnapshotThatTheUserLists_HasItsOwnPrice()
    {
        CostEstimator estimator = Estimator(WithSnapshot);

        Assert.Equal("3 USD", estimator.Estimate("gpt-4o-2024-08-06", Million).Total.ToString());
        Assert.Equal("3 USD", estimator.Estimate("openai/gpt-4o-2024-08-06", Million).Total.ToString());
        Assert.Equal("1 USD", estimator.Estimate("gpt-4o-2024-11-20", Million).Total.ToString());
    }

    /// <summary>A price of one's own in another letter case than the catalog's is still one's own.</summary>
    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("Gpt-4o")]
    [InlineData("gpt-4o-2024-08-06")]
    [InlineData("openai/gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-2031-01-01")]
    public void Estimate_UsersModelInAnotherLetterCase_HasTheUsersPrice(string id)
    {
        CostEstimator estimator = Estimator("""
            { "contract": { "Provider": "openai", "Currency": "USD", "Models": {
                "GPT-4O": { "Aliases": [ "GPT-4o" ], "PerMillionTokens": { "Input": 1 } },
                "GPT-4o-2024-05-13": { "PerMillionTokens": { "Input": 3 } } } } }
            """);

        Assert.Equal(("1 USD", "contract"), (estimator.Estimate(id, Million).Total.ToString(), estimator.Estimate(id, Million).RateCard));
        Assert.Equal("3 USD", estimator.Estimate("gpt-4o-2024-05-13", Million).Total.ToString());
        Assert.Equal("catalog:openai", estimator.Estimate("gpt-4o-mini", Million).RateCard);
    }

    private static CostEstimator Estimator(string cards)
    {
        LlmCostModelOptions options = new();
        options.AddJson(System.Text.Encoding.UTF8.GetBytes(cards), "contract.json");
        return BuiltInCatalog.CreateEstimator(options);
    }
}
