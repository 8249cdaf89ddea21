namespace LlmCostModel.Planning;

/// <summary>A number per call, or a share, as a log has it, and how sure it is.</summary>
public sealed class FittedRatio
{
    private FittedRatio(double mean, double spread, double low, double high) => (Mean, Spread, P5, P95) = (mean, spread, low, high);

    /// <summary>Gets the sum over the sum.</summary>
    public double Mean { get; }

    /// <summary>Gets the number that the mean of many more sessions exceeds in 95 of 100 such logs.</summary>
    public double P5 { get; }

    /// <summary>Gets the number that the mean of many more sessions stays below in 95 of 100 such logs.</summary>
    public double P95 { get; }

    /// <summary>The part of the mean by which it may be off: half the range, in logarithms.</summary>
    internal double Spread { get; }

    /// <summary>Whether it is a share, of which what is left counts as much.</summary>
    internal bool IsShare { get; private init; }

    internal static FittedRatio Positive(double mean, double spread) =>
        new(mean, spread, mean * Math.Exp(-spread), mean * Math.Exp(spread));

    internal static FittedRatio Between(double middle, double low, double high) => new(middle, 0, low, high);

    /// <summary>The sum of numbers that are independent of each other.</summary>
    internal static FittedRatio Sum(IEnumerable<FittedRatio> parts)
    {
        FittedRatio[] all = [.. parts];
        double mean = all.Sum(part => part.Mean);
        double below = Math.Sqrt(all.Sum(part => Math.Pow(part.Mean - part.P5, 2)));
        return Between(mean, Math.Max(0, mean - below), mean + Math.Sqrt(all.Sum(part => Math.Pow(part.P95 - part.Mean, 2))));
    }

    /// <summary>A share: the range is symmetric in its log-odds.</summary>
    internal static FittedRatio OfShare(double mean, double spread)
    {
        if (mean is <= 0 or >= 1 || spread == 0)
        {
            return new(Math.Clamp(mean, 0, 1), 0, mean, mean) { IsShare = true };
        }

        double odds = mean / (1 - mean), wide = Math.Exp(Math.Min(spread / (1 - mean), 20));
        return new(mean, spread, odds / wide / (1 + (odds / wide)), odds * wide / (1 + (odds * wide))) { IsShare = true };
    }

    /// <summary>The same as an input of a plan.</summary>
    /// <param name="factor">By which the spread is multiplied.</param>
    internal Uncertain ToUncertain(double factor)
    {
        FittedRatio scaled = IsShare ? OfShare(Mean, Spread * factor) : Positive(Mean, Spread * factor);
        return scaled.Spread <= 1e-12 || !(scaled.P95 > scaled.P5 && scaled.P5 > 0)
            ? Uncertain.Exactly(Mean)
            : Uncertain.Between(scaled.P5, scaled.P95);
    }

    /// <summary>Shows mean and range in the invariant culture.</summary>
    /// <returns>Such as <c>1204 (1100 to 1318)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Mean:0.###} ({P5:0.###} to {P95:0.###})");
}
