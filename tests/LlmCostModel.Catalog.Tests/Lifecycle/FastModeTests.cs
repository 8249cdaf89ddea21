using System.Globalization;

namespace LlmCostModel.Catalog.Tests.Lifecycle;

/// <summary>Fast modes of Claude around their ends, and where they are sold.</summary>
public class FastModeTests
{
    private static readonly TokenUsage Usage = new() { Input = 100_000, Output = 10_000 };

    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    /// <summary>Fast mode of Opus 4.6 was removed on 2026-06-29: requests run at standard speed and price. Of 4.7 they fail.
    /// 100,000 tokens in and 10,000 out; fast 0.1 x 30 + 0.01 x 150 = 4.5, standard 0.1 x 5 + 0.01 x 25 = 0.75.</summary>
    [Theory]
    [InlineData("claude-opus-4-6", "fast", null, "2026-06-28T23:59:59Z", 4.5)]
    [InlineData("claude-opus-4-6", "fast", null, "2026-06-29T00:00:00Z", 0.75)]
    [InlineData("claude-opus-4-6", "fast", null, "2026-11-20T00:00:00Z", 0.75)]
    [InlineData("claude-opus-4-6", "fast", "us", "2026-11-20T00:00:00Z", 0.825)] // 0.75 x 1.1
    [InlineData("claude-opus-4-6-fast", null, null, "2026-06-28T23:59:59Z", 4.5)]
    [InlineData("claude-opus-4-6-fast", null, null, "2026-07-15T00:00:00Z", 0.75)]
    [InlineData("claude-opus-4-6", "batch", null, "2026-07-15T00:00:00Z", 0.375)] // 0.75 / 2
    [InlineData("claude-opus-4-7", "fast", null, "2026-07-23T23:59:59Z", 4.5)]
    [InlineData("claude-opus-4-7", "fast", null, "2026-07-24T00:00:00Z", null)]
    public void Fast_AroundItsEnd_CostsWhatItsRequestsCost(string id, string? tier, string? region, string at, double? total)
    {
        CallContext context = new() { Tier = tier, Region = region, At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) };

        Assert.Equal((decimal?)total, Estimator.Estimate(id, Usage, context).Total?.Amount);
    }

    /// <summary>Google's page of the model: twice the standard price of all kinds of tokens. Standard is 0.1 x 8 + 0.01 x 40 = 1.2.</summary>
    [Theory]
    [InlineData("claude-fable-5-2", null, null, 1.2)]
    [InlineData("claude-fable-5-2", "fast", null, 2.4)]
    [InlineData("claude-fable-5-2", "fast", "global", 2.4)]
    [InlineData("claude-fable-5-2", "fast", "us-east5", 2.64)] // 2.4 x 1.1
    [InlineData("claude-opus-5-5", "fast", null, null)] // not among the models that Google lists
    public void Fast_OnVertex_IsSoldOfTheListedModel(string id, string? tier, string? region, double? total)
    {
        CallContext context = new() { Provider = "vertex", Tier = tier, Region = region, At = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero) };

        Assert.Equal((decimal?)total, Estimator.Estimate(id, Usage, context).Total?.Amount);
    }

    /// <summary>https://www.anthropic.com/glasswing: 25 and 125 USD on all platforms, 0.1 x 25 + 0.01 x 125.</summary>
    [Theory]
    [InlineData("claude-mythos-preview", null)]
    [InlineData("claude-mythos-preview", "vertex")]
    [InlineData("claude-mythos-preview", "azure_ai")]
    [InlineData("anthropic.claude-mythos-preview", "bedrock")]
    public void MythosPreview_OnEveryPlatform_HasThePriceOfTheMaker(string id, string? provider)
    {
        CallContext context = new() { Provider = provider, At = new DateTimeOffset(2026, 5, 8, 0, 0, 0, TimeSpan.Zero) };

        Assert.Equal(3.75m, Estimator.Estimate(id, Usage, context).Total?.Amount);
    }

    /// <summary>The announced days of its retirement contradict one another, so that nothing is said of the time after.</summary>
    [Fact]
    public void MythosPreview_AfterItsAnnouncedEnd_HasNoPrice()
    {
        CostEstimate At(int day) =>
            Estimator.Estimate("claude-mythos-preview", Usage, new CallContext { At = new DateTimeOffset(2026, 7, day, 0, 0, 0, TimeSpan.Zero) });

        Assert.Equal((3.75m, null), (At(20).Total?.Amount, At(21).Total?.Amount));
    }
}
