using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a whole job is likely to cost, from the items of a sample.</summary>
/// <remarks>The mean of the sample times the items, of which the sample's own are known: their spread is that of a draw without
/// replacement. The range takes account of the few (Student's t) and of the skew (the transformation of P. Hall, Journal of
/// the Royal Statistical Society B 54, 1992): a few long items make the mean of a sample too low more often than too high.</remarks>
public sealed class JobEstimate
{
    private const double Share = 0.95;

    /// <summary>A single item of more than this share of the sample's cost makes the range a guess.</summary>
    private const decimal Large = 0.2m;

    private JobEstimate(long items, long sampled, long calls, string currency) =>
        (Items, SampledItems, Calls, Currency) = (items, sampled, calls, currency);

    /// <summary>Gets the items of the whole.</summary>
    public long Items { get; }

    /// <summary>Gets those of the sample.</summary>
    public long SampledItems { get; }

    /// <summary>Gets the calls of the sample.</summary>
    public long Calls { get; }

    /// <summary>Gets the currency.</summary>
    public string Currency { get; }

    /// <summary>Gets what the sample costs, exactly.</summary>
    public decimal Sample { get; private init; }

    /// <summary>Gets what the whole is expected to cost: the mean of the sample for every item.</summary>
    public decimal Mean { get; private init; }

    /// <summary>Gets the amount that the whole exceeds in 95 of 100 such samples; <see langword="null"/> where a single item says nothing
    /// of how others differ.</summary>
    public decimal? P5 { get; private init; }

    /// <summary>Gets the amount that the whole stays below in 95 of 100 such samples; <see langword="null"/> where it is not
    /// known.</summary>
    public decimal? P95 { get; private init; }

    /// <summary>Gets whether every call of the sample is wholly priced.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Gets the largest item's share of the sample's cost.</summary>
    public decimal LargestShare { get; private init; }

    /// <summary>Gets what makes the estimate doubtful, a sentence each; empty when nothing does.</summary>
    public ImmutableArray<string> Notes { get; private init; } = [];

    internal static JobEstimate Of(decimal[] costs, long items, long calls, string currency, bool isWhole, List<string> notes)
    {
        decimal sum = costs.Sum();
        int count = costs.Length;
        decimal largest = sum == 0 ? 0 : costs.Max() / sum;
        decimal mean = sum * items / count;
        (double Low, double High)? range = RangeOf(costs, items);
        if (range is null)
        {
            notes.Add("One item says what the mean may be, and nothing of how far off it is. Run more of them, drawn at random.");
        }
        else if (count < 10)
        {
            notes.Add($"{count} items are few: the range is as wide as that makes it, and holds if costs are not too uneven.");
        }
        else if (largest > Large)
        {
            notes.Add(FormattableString.Invariant($"One item is {largest:0%} of the cost of the sample. ")
                + "Where few items cost so much, a sample may hold none of the costliest; take a larger one.");
        }

        // What the sample cost is paid for certain.
        return new(items, count, calls, currency)
        {
            Sample = sum,
            IsWhole = isWhole,
            Mean = mean,
            P5 = range is { } low ? Math.Max(sum, ToAmount(low.Low)) : null,
            P95 = range is { } high ? Math.Max(sum, ToAmount(high.High)) : null,
            LargestShare = decimal.Round(largest, 6),
            Notes = [.. notes],
        };
    }

    private static decimal ToAmount(double value) => decimal.Round((decimal)value, 6);

    private static (double Low, double High)? RangeOf(decimal[] costs, long items)
    {
        int count = costs.Length;
        if (count == items)
        {
            double all = (double)costs.Sum();
            return (all, all);
        }

        if (count < 2)
        {
            return null;
        }

        double[] values = Array.ConvertAll(costs, cost => (double)cost);
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (count - 1);
        double third = values.Sum(value => Math.Pow(value - mean, 3)) / count;
        double rest = 1 - ((double)count / items);
        double error = Math.Sqrt(variance / count * rest);
        double quantile = StudentT.GetQuantile(Share, count - 1);
        double skew = variance == 0 ? 0 : third / Math.Pow(variance, 1.5) / Math.Sqrt(count);
        return (items * (mean - (error * Unskewed(quantile, skew))), items * (mean - (error * Unskewed(-quantile, skew))));
    }

    /// <summary>Hall's transformation backwards: what a quantile of a symmetric distribution is in one of this skew.</summary>
    private static double Unskewed(double quantile, double skew) =>
        Math.Abs(skew) < 1e-6 ? quantile : 3 / skew * (Math.Cbrt(1 + (skew * (quantile - (skew / 6)))) - 1);

    /// <summary>Shows the mean and the range in the invariant culture.</summary>
    /// <returns>Such as <c>10000 items: 51.2 USD, 46.1 to 57.9</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Items} items: {AmountFormat.ToText(decimal.Round(Mean, 6))} {Currency}")
        + (P5 is { } low && P95 is { } high ? $", {AmountFormat.ToText(low)} to {AmountFormat.ToText(high)}" : ", range not known");
}
