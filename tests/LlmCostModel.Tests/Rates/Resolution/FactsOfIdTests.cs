using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>What an id, or the card behind it, says of a call that says nothing itself: tier and region.</summary>
public sealed class FactsOfIdTests
{
    private const string Card = """
        { "Provider": "a", "DefaultRegion": "us-1", "Currency": "USD", "Models": {
            "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "regional", "When": { "Region": "us-*" }, "Multiply": 1.5 },
              { "Name": "other", "When": { "Region": [ "*", "!us-*" ] }, "Unpriced": true } ] },
            "same": { "PerMillionTokens": { "Input": 1 } } } }
        """;

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    /// <summary>1 USD in no region, half as much again in the US, unknown elsewhere; the card takes the US where nobody says it.</summary>
    [Theory]
    [InlineData("m", null, 1.5)]
    [InlineData("m", "us-2", 1.5)]
    [InlineData("m", "global", 1.0)]
    [InlineData("m", "eu-1", null)]
    [InlineData("same", null, 1.0)]
    [InlineData("same", "eu-1", 1.0)]
    public void Estimate_WithoutARegion_IsInTheCardsRegion(string id, string? region, double? total)
    {
        CostEstimator estimator = new(Cards.Parse(Card));
        CallContext context = new() { Region = region };

        Assert.Equal((decimal?)total, estimator.Estimate(id, Million, context).Total?.Amount);
        Assert.Equal((decimal?)total, estimator.Explain(id, Million, context).Total?.Amount);
        Assert.Equal((decimal?)total, estimator.GetModel(id).Estimate(Million, context).Total?.Amount);
        Assert.Equal(total is not null, estimator.TryGetTotal(id, Million, context, out decimal amount));
        Assert.Equal((decimal)(total ?? 0), amount);
    }

    /// <summary>The region of a deployment, or of the id, comes before the card's.</summary>
    [Theory]
    [InlineData(null, null, "us-1")]
    [InlineData("eu-1", null, "eu-1")]
    [InlineData("eu-1", "us-2", "us-2")]
    public void Facts_OfAnIdWithARegion_ComeFirst(string? inId, string? called, string region)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Region = inId } };
        PriceIndex index = new([], [.. Cards.Parse(Card)], new PriceIndexSettings { Normalizers = [path] });

        Assert.Equal(region, index.Find("path/m", default).WithFactsOfId(new CallContext { Region = called }).Region);
    }

    /// <summary>A tier in the id counts where the call states none, an empty one included.</summary>
    [Theory]
    [InlineData("fast", null, "fast")]
    [InlineData("fast", "", "fast")]
    [InlineData("fast", "standard", "standard")]
    [InlineData(null, "flex", "flex")]
    [InlineData(null, null, null)]
    public void Facts_OfAnIdWithATier_AreThoseOfTheCall(string? inId, string? called, string? tier)
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Tier = inId } };
        ResolvedModel found = Indexes.Of("own: at a: m", settings: new PriceIndexSettings { Normalizers = [path] }).Find("path/m", default);

        Assert.Equal(tier, found.WithFactsOfId(new CallContext { Tier = called }).Tier);
        Assert.Equal((inId, inId is null), (found.Resolution!.Tier, found.IsPlainId));
    }

    [Fact]
    public void Facts_BehindADeployment_KeepTheTier()
    {
        PathNormalizer path = new() { Form = candidate => candidate with { Tier = "fast" } };
        PriceIndex index = Indexes.Of("own: at a: m", settings: Indexes.Deploying("prod", "path/m") with { Normalizers = [path] });

        Assert.Equal("fast", index.Find("prod", default).Resolution!.Tier);
        Assert.Equal("fast", index.Find("path/prod", default).Resolution!.Tier);
    }
}
