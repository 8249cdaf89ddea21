using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>What an id says of a call that says nothing itself: tier and region.</summary>
public sealed class FactsOfIdTests
{
    private const string Card = """
        { "Provider": "a", "Currency": "USD", "Models": {
            "m": { "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "regional", "When": { "Region": "us-*" }, "Multiply": 1.5 },
              { "Name": "other", "When": { "Region": [ "*", "!us-*" ] }, "Unpriced": true } ] },
            "same": { "PerMillionTokens": { "Input": 1 } } } }
        """;

    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    /// <summary>The region of the call comes before that of the id.</summary>
    [Theory]
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
