using System.Globalization;

namespace LlmCostModel.Tests.Estimation;

/// <summary>How a metered quantity is split over what is free and over steps; every part written "quantity x price".</summary>
public sealed class VolumePricingTests
{
    private static readonly MeterPrice Plain = new() { Price = 2 };

    // The first 10 are free; then 5 each, above 20 of the period 3 each, above 50 one each.
    private static readonly MeterPrice Stepped = new()
    {
        Price = 5,
        Free = 10,
        Steps = [new VolumeStep { Above = 20, Price = 3 }, new VolumeStep { Above = 50, Price = 1 }],
    };

    [Theory]
    [InlineData("7", "7 x 2")]
    [InlineData("0.25", "0.25 x 2")]
    public void Split_PlainPrice_IsOnePart(string quantity, string parts) => AssertParts(parts, Plain, quantity, "99");

    /// <summary>At least 4, in steps of 3: the minimum is raised to 6 as well.</summary>
    [Theory]
    [InlineData("0.5", "6 x 2")]
    [InlineData("4", "6 x 2")]
    [InlineData("6", "6 x 2")]
    [InlineData("6.001", "9 x 2")]
    [InlineData("9", "9 x 2")]
    [InlineData("11.5", "12 x 2")]
    public void Split_MinimumAndIncrement_AreRoundedUp(string quantity, string parts) =>
        AssertParts(parts, Plain with { Minimum = 4, Increment = 3 }, quantity, "0");

    [Theory]
    [InlineData("3.5", "4 x 2")]
    [InlineData("4", "4 x 2")]
    [InlineData("4.5", "4.5 x 2")]
    public void Split_MinimumAlone_LeavesWhatIsAboveIt(string quantity, string parts) => AssertParts(parts, Plain with { Minimum = 4 }, quantity, "0");

    [Theory]
    [InlineData("10", "0", "10 x 0")]
    [InlineData("11", "0", "10 x 0, 1 x 5")]
    [InlineData("1", "9", "1 x 0")]
    [InlineData("1", "10", "1 x 5")]
    [InlineData("1", "9.5", "0.5 x 0, 0.5 x 5")]
    [InlineData("20", "0", "10 x 0, 10 x 5")]
    [InlineData("1", "19", "1 x 5")]
    [InlineData("1", "20", "1 x 3")]
    [InlineData("60", "0", "10 x 0, 10 x 5, 30 x 3, 10 x 1")]
    [InlineData("5", "48", "2 x 3, 3 x 1")]
    [InlineData("7", "50", "7 x 1")]
    [InlineData("7", "1000", "7 x 1")]
    public void Split_FreeAndSteps_ContinueWhereThePeriodStands(string quantity, string consumedBefore, string parts) =>
        AssertParts(parts, Stepped, quantity, consumedBefore);

    [Theory]
    [InlineData("3", "8", "2 x 0, 1 x 2")]
    [InlineData("3", "0", "3 x 0")]
    public void Split_FreeWithoutSteps_PricesTheRest(string quantity, string consumedBefore, string parts) =>
        AssertParts(parts, Plain with { Free = 10 }, quantity, consumedBefore);

    [Theory]
    [InlineData("3", "0", "3 x 2")]
    [InlineData("3", "9", "1 x 2, 2 x 1")]
    public void Split_StepsWithoutFree_BeginAtThePrice(string quantity, string consumedBefore, string parts) =>
        AssertParts(parts, Plain with { Steps = [new VolumeStep { Above = 10, Price = 1 }] }, quantity, consumedBefore);

    private static void AssertParts(string expected, MeterPrice price, string quantity, string consumedBefore)
    {
        decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

        Assert.Equal(
            expected,
            string.Join(", ", VolumePricing.Split(price, Parse(quantity), Parse(consumedBefore)).Select(part =>
                string.Create(CultureInfo.InvariantCulture, $"{part.Quantity:0.###} x {part.Price}"))));
    }
}
