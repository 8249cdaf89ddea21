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

    private static CostEstimator Estimator(string cards)
    {
        LlmCostModelOptions options = new();
        options.AddJson(System.Text.Encoding.UTF8.GetBytes(cards), "contract.json");
        return BuiltInCatalog.CreateEstimator(options);
    }
}
