namespace LlmCostModel.Planning.Tests;

/// <summary>Expected values to 17 digits by arbitrary-precision arithmetic (mpmath: ncdf, and its inverse by root finding).</summary>
public sealed class NormalTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(1, 0.84134474606854295)]
    [InlineData(-1, 0.15865525393145705)] // 1 less the one before
    [InlineData(2, 0.97724986805182079)]
    [InlineData(3, 0.99865010196836991)]
    [InlineData(5, 0.99999971334842812)]
    [InlineData(7, 0.99999999999872019)]
    [InlineData(38, 1)]
    public void Cumulative_Middle_IsRightToFourteenDecimals(double z, double expected) => Assert.Equal(expected, Normal.Cumulative(z), 14);

    /// <summary>Both sides of 7.07, where the formula changes, and far out: tails keep eight digits of their own.</summary>
    [Theory]
    [InlineData(-7, 1.279812543885835e-12)]
    [InlineData(-7.08, 7.2077230864674785e-13)]
    [InlineData(-8, 6.2209605742717841e-16)]
    [InlineData(-10, 7.6198530241605261e-24)]
    [InlineData(-20, 2.7536241186062337e-89)]
    [InlineData(-30, 4.9067139271481871e-198)]
    [InlineData(-36.9, 2.3105244811406175e-298)]
    [InlineData(-38, 0)]
    public void Cumulative_Tail_IsRightToEightDigits(double z, double expected) =>
        Assert.InRange(Normal.Cumulative(z), expected * (1 - 1e-8), expected * (1 + 1e-8));

    /// <summary>The middle, both sides of 0.075 and of 1.4e-11 where the formula changes, and far out.</summary>
    [Theory]
    [InlineData(1e-300, -37.047096299361199)]
    [InlineData(1e-100, -21.273453560965324)]
    [InlineData(1e-12, -7.0344838253011319)]
    [InlineData(1.3e-11, -6.6676114565107408)]
    [InlineData(1.4e-11, -6.6567230915181836)]
    [InlineData(1e-6, -4.7534243088228989)]
    [InlineData(0.01, -2.3263478740408411)]
    [InlineData(0.074, -1.4466320671589785)]
    [InlineData(0.076, -1.4325027208258116)]
    [InlineData(0.2, -0.84162123357291421)]
    [InlineData(0.4, -0.2533471031357998)]
    [InlineData(0.6, 0.2533471031357998)]
    [InlineData(0.8, 0.84162123357291421)]
    [InlineData(0.924, 1.4325027208258116)]
    [InlineData(0.926, 1.4466320671589785)]
    [InlineData(0.999, 3.0902323061678135)]
    public void Quantile_AnyShare_IsRightToThirteenDigits(double share, double expected) =>
        Assert.InRange(Normal.GetQuantile(share) / expected, 1 - 1e-13, 1 + 1e-13);

    [Fact]
    public void Quantile_OfOneHalf_IsZero() => Assert.Equal(0, Normal.GetQuantile(0.5));
}
