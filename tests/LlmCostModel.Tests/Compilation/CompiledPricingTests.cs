namespace LlmCostModel.Tests.Compilation;

public sealed class CompiledPricingTests
{
    /// <summary>The card was read on 10 January, one version on 1 February, another began on 1 March.</summary>
    [Theory]
    [InlineData(0, 10, true)]
    [InlineData(0, 11, false)]
    [InlineData(1, 32, true)]
    [InlineData(1, 33, false)]
    [InlineData(2, 60, true)]
    [InlineData(2, 61, false)]
    public void IsReadSince_TheDayItself_IsSince(int version, int dayOfYear, bool expected)
    {
        PriceVersion[] versions =
        [
            new() { PerMillionTokens = new() { Input = 1 } },
            new() { PerMillionTokens = new() { Input = 1 }, AsOf = new DateOnly(2026, 2, 1) },
            new() { PerMillionTokens = new() { Input = 1 }, From = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) },
        ];
        ModelPricing model = new() { Id = "m", Versions = [versions[version]] };
        RateCard card = new() { Name = "c", Currency = "USD", AsOf = new DateOnly(2026, 1, 10), Models = [model] };

        Assert.Equal(expected, new CompiledPricing(card, model, isUserCard: false, []).IsReadSince(new DateOnly(2026, 1, 1).AddDays(dayOfYear - 1)));
    }
}
