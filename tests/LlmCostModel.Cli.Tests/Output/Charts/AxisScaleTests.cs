using CsCheck;
using LlmCostModel.Cli.Output.Charts;

namespace LlmCostModel.Cli.Tests.Output.Charts;

public sealed class AxisScaleTests
{
    /// <summary>A fifth of the span, rounded up to 1, 2 or 5 times a power of ten; the words by hand.</summary>
    [Theory]
    [InlineData(0, 0, "0, 0.2, 0.4, 0.6, 0.8, 1.0", "")] // nothing to show: up to 1
    [InlineData(0, 1250.28, "0, 500, 1,000, 1,500", "")] // 250.06 -> 500
    [InlineData(0, 1.064, "0, 0.5, 1.0, 1.5", "")] // 0.2128 -> 0.5
    [InlineData(0, 100_000, "0, 20,000, 40,000, 60,000, 80,000, 100,000", "")]
    [InlineData(0, 1_800_000, "0, 0.5M, 1.0M, 1.5M, 2.0M", "")] // 360,000 -> 500,000
    [InlineData(0, 7_000_000_000, "0, 2B, 4B, 6B, 8B", "")] // 1.4B -> 2B
    [InlineData(0, 0.00021, "0, 0.00005, 0.00010, 0.00015, 0.00020, 0.00025", "")] // 0.000042 -> 0.00005
    [InlineData(0, 0.0000000042, "0, 1, 2, 3, 4, 5", "x 10^-9")] // 0.84e-9 -> 1e-9
    [InlineData(-30, 60, "-40, -20, 0, 20, 40, 60", "")] // 18 -> 20
    public void Around_AnySpan_HasRoundTicks(double least, double most, string labels, string multiplier)
    {
        AxisScale scale = AxisScale.Around(least, most);

        Assert.Equal(labels, string.Join(", ", scale.Ticks.Select(tick => tick.Label)));
        Assert.Equal(multiplier, scale.Multiplier);
    }

    /// <summary>Whatever the values are: they lie between the ends, and the step is 1, 2 or 5 times a power of ten.</summary>
    [Fact]
    public void Around_RandomSpans_AreCoveredByFewRoundSteps() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 1], Gen.Double[-26, 27]).Sample((low, span, exponent) =>
        {
            double least = low * Math.Pow(10, exponent), most = least + (span * Math.Pow(10, exponent));

            AxisScale scale = AxisScale.Around(least, most);

            double step = scale.Ticks[1].Value - scale.Ticks[0].Value;
            double mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step * 1.000001)));
            Assert.Contains([1.0, 2.0, 5.0], round => Math.Abs(mantissa - round) < 1e-3 * round);
            Assert.InRange(scale.Ticks.Count, 2, 8);
            Assert.True(scale.Low <= least + (step * 1e-6) && scale.High >= most - (step * 1e-6));
            string[] decimals = [.. scale.Ticks.Where(tick => tick.Label != "0").Select(DecimalsOf).Distinct()];
            Assert.Single(decimals);
            Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(tick => tick.Label).Distinct().Count());
        });

    private static string DecimalsOf(AxisTick tick) =>
        tick.Label.Contains('.', StringComparison.Ordinal)
            ? $"{tick.Label.Split('.')[1].Length}"
            : $"0{(char.IsLetter(tick.Label[^1]) ? "s" : "")}";
}
