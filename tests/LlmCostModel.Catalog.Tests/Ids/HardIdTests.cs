using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Catalog.Tests.Ids;

/// <summary>Ids as they are met in the wild. A wrong match is the worst outcome; no match, with its reason, the lesser evil.</summary>
public class HardIdTests
{
    private const string Day = "2026-08-21";

    private static readonly ICostEstimator Estimator = new ServiceCollection().AddLlmCostModel().AddCatalog().BuildServiceProvider().GetRequiredService<ICostEstimator>();

    [Theory]
    [MemberData(nameof(HardIds.Known), MemberType = typeof(HardIds))]
    public void Id_Resolved_IsTheRightModelAtItsPrice(string id, string? provider, string model, string expectedProvider, string? region, string price)
    {
        string[] parts = price.Split(" on ");
        decimal[] perMillion = [.. parts[0].Split(" / ").Select(text => decimal.Parse(text, CultureInfo.InvariantCulture))];
        TokenUsage usage = new() { Input = 1_000, Output = perMillion.Length == 2 ? 1_000 : 0 };

        CostReceipt receipt = Explain(id, provider, usage, parts.Length == 2 ? parts[1] : Day);

        Assert.True(receipt.Resolution is not null, string.Join(" ", receipt.Issues));
        Assert.Equal((model, expectedProvider, region), (receipt.Resolution.ModelId, receipt.Resolution.Provider, receipt.Resolution.Region));
        Assert.Equal(receipt.Resolution.Kind == MatchKind.Exact, receipt.Resolution.Steps.Count == 0);
        Assert.Equal((CostStatus.Priced, 0), (receipt.Status, receipt.Issues.Count));
        Assert.Equal(perMillion, receipt.Lines.Where(line => line.Name is "Input" or "Output").Select(line => line.Amount * 1_000));
    }

    [Theory]
    [MemberData(nameof(HardIds.Unknown), MemberType = typeof(HardIds))]
    public void Id_Unknown_SaysWhy(string id, string? provider, string reason)
    {
        CostReceipt receipt = Explain(id, provider);

        Assert.True(receipt.Resolution is null, $"{id} must not be {receipt.Resolution}");
        Assert.Equal(CostStatus.Unpriced, receipt.Status);
        CostIssue issue = Assert.Single(receipt.Issues);
        Assert.Contains($"'{id}'", issue.Message, StringComparison.Ordinal);
        Assert.Contains(reason, issue.Message, StringComparison.Ordinal);
    }

    /// <summary>A name of the caller's own is found behind the path that a gateway puts in front, with the region that the path names.</summary>
    [Theory]
    [InlineData("my-deployment", null)]
    [InlineData("azure/my-deployment", null)]
    [InlineData("azure/eu/my-deployment", "eu")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123", "us")]
    public void Deployment_OfTheCaller_IsMapped(string id, string? region)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("LlmCostModel:Deployments:my-deployment:Model", "gpt-5.1"),
            new("LlmCostModel:Deployments:my-deployment:Provider", "azure"),
            new("LlmCostModel:Deployments:profile:Id", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"),
            new("LlmCostModel:Deployments:profile:Model", "us.anthropic.claude-sonnet-4-20250514-v1:0"),
        ]).Build();
        using ServiceProvider services = new ServiceCollection().AddLlmCostModel(configuration).AddCatalog().BuildServiceProvider();

        ModelResolution? resolution = services.GetRequiredService<ICostEstimator>().Explain(id, default).Resolution;

        Assert.NotNull(resolution);
        Assert.Equal((MatchKind.Mapped, region), (resolution.Kind, resolution.Region));
        Assert.Equal(id.StartsWith("arn", StringComparison.Ordinal) ? "anthropic.claude-sonnet-4-20250514-v1:0" : "gpt-5.1", resolution.ModelId);
    }

    /// <summary>A geography's profile costs 10% more, a global one does not, wherever it is called from.</summary>
    [Theory]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu-central-1", 3)]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", null, 3)]
    [InlineData("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu-central-1", 3.3)]
    [InlineData("bedrock/eu-central-1/anthropic.claude-sonnet-4-5-20250929-v1:0", null, 3.3)]
    public void GlobalProfile_CostsTheSameFromEverywhere(string id, string? region, decimal perMillion) =>
        Assert.Equal(perMillion / 10, Estimator.Estimate(id, new TokenUsage { Input = 100_000 }, new CallContext { Region = region }).Total?.Amount);

    [Fact]
    public void SizeAndQuality_InThePath_AreAttributesOfTheCall()
    {
        CostReceipt receipt = Explain("low/1024-x-1536/gpt-image-1.5", null);

        Assert.Equal("gpt-image-1.5", receipt.Resolution?.ModelId);
        Assert.Equal("quality=low, size=1024x1536", receipt.Resolution?.Attributes?.ToString());
    }

    private static CostReceipt Explain(string id, string? provider, TokenUsage? usage = null, string day = Day) => Estimator.Explain(
        id,
        usage ?? new TokenUsage { Input = 1 },
        new CallContext { Provider = provider, At = DateTimeOffset.Parse(day + "T12:00:00Z", CultureInfo.InvariantCulture) });
}
