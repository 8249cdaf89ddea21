using Xunit;

namespace LlmCostModel.Tests.Pricing;

public sealed class ModelPricingTests
{
    private static readonly ModelPricing Model = new()
    {
        Id = "m",
        Versions =
        [
            new() { Until = At("2025-02-01"), Note = "first" },
            new() { From = At("2025-03-01"), Note = "open" },
            new() { From = At("2025-06-01"), Until = At("2025-07-01"), Note = "last" },
            new() { From = At("2025-05-01"), Status = PriceStatus.Announced, Note = "announced" },
        ],
    };

    [Theory]
    [InlineData("2020-01-01", "first")]
    [InlineData("2025-02-01", null)]
    [InlineData("2025-03-01", "open")]
    [InlineData("2025-05-15", "open")]
    [InlineData("2025-06-01", "last")]
    [InlineData("2025-07-01", null)] // the open version was followed by one that ended
    public void GetVersion_IsTheOneThatBeganLast_UnlessItHasEnded(string at, string? expected) =>
        Assert.Equal(expected, Model.GetVersion(At(at))?.Note);

    [Fact]
    public void GetVersion_Announced_OnlyWhenAsked() => Assert.Equal("announced", Model.GetVersion(At("2025-05-15"), includeAnnounced: true)?.Note);

    private static DateTimeOffset At(string date) => DateTimeOffset.Parse(date + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Create_PlainPrices_IsOneVersionWithoutDates()
    {
        ModelPricing pricing = ModelPricing.Create("acme-1", input: 0.55m, output: 2.19m, cacheRead: 0.14m);

        TokenRates rates = new() { Input = 0.55m, CacheRead = 0.14m, Output = 2.19m };
        Assert.Equal(new() { Id = "acme-1", Versions = [new PriceVersion { PerMillionTokens = rates }] }, pricing);
        Assert.Null(ModelPricing.Create("acme-1", input: 1, output: null).Versions[0].PerMillionTokens.Output);
        Assert.Throws<ArgumentException>(() => ModelPricing.Create(" ", 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelPricing.Create("acme-1", -1, 1));
    }
}
