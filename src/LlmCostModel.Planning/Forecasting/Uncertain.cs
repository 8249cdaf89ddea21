using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A number that is not known exactly: how it is distributed, and in words where that comes from.</summary>
/// <remarks>Statistics, so in floating point. A plain number converts to one that is exact. Equal when made of the same numbers in the same
/// way. Immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<Uncertain>))]
public sealed class Uncertain : IEquatable<Uncertain>, IJsonValue<Uncertain>
{
    private readonly Func<double, double> _quantile;
    private readonly UncertainParts _parts;

    private Uncertain(double? exact, Func<double, double> quantile, string description, UncertainParts parts)
    {
        _parts = parts;
        Exact = exact;
        _quantile = quantile;
        Description = description;
    }

    /// <summary>Gets the number when it is exact; <see langword="null"/> when it is not.</summary>
    public double? Exact { get; }

    /// <summary>Gets the assumption in words, in the invariant culture.</summary>
    public string Description { get; }

    /// <summary>Makes an exact number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Uncertain(double value) => Exactly(value);

    /// <summary>Makes an exact number.</summary>
    /// <param name="value">The number, finite.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public static Uncertain Exactly(double value) => double.IsFinite(value)
        ? new(value, _ => value, Text(value), new() { Exact = value })
        : throw new ArgumentOutOfRangeException(nameof(value), value, "An exact number must be finite.");

    /// <inheritdoc cref="LogNormal.Between"/>
    public static Uncertain Between(double p5, double p95) =>
        Of(LogNormal.Between(p5, p95), $"lognormal, 5% below {Text(p5)}, 95% below {Text(p95)}", new() { P5 = p5, P95 = p95 });

    /// <inheritdoc cref="LogNormal.FromMedian"/>
    public static Uncertain FromMedian(double median, double p95) =>
        Of(
            LogNormal.FromMedian(median, p95),
            $"lognormal, half below {Text(median)}, 95% below {Text(p95)}",
            new() { Median = median, P95 = p95 });

    /// <inheritdoc cref="LogNormal.FromMean"/>
    public static Uncertain FromMean(double mean, double variation) =>
        Of(
            LogNormal.FromMean(mean, variation),
            $"lognormal, mean {Text(mean)}, coefficient of variation {Text(variation)}",
            new() { Mean = mean, Variation = variation });

    /// <summary>Makes a number of which every value of a range is as likely as any other.</summary>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value, not below it.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is upside down or not finite.</exception>
    public static Uncertain Uniform(double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        return double.IsFinite(high - low)
            ? new(
                low == high ? low : null,
                share => low + ((high - low) * share),
                $"anywhere from {Text(low)} to {Text(high)}",
                new() { Low = low, High = high })
            : throw new ArgumentOutOfRangeException(nameof(high), high, "A range must be finite.");
    }

    /// <summary>Makes the <em>mean</em> of what was observed: the observations are drawn again and again (bootstrap), and the means of the
    /// draws show how sure it is.</summary>
    /// <param name="observations">One value per independent unit. Requests of one conversation are not independent: give the mean, or the
    /// total, of each session.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <returns>The mean as an uncertain number.</returns>
    /// <exception cref="ArgumentException">There are no observations, or one is not finite.</exception>
    public static Uncertain FromObservations(IEnumerable<double> observations, int seed = 0)
    {
        const int Draws = 1_000;
        ArgumentNullException.ThrowIfNull(observations);
        double[] values = [.. observations];
        if (values.Length == 0 || !Array.TrueForAll(values, double.IsFinite))
        {
            throw new ArgumentException("A mean needs at least one observation, all finite.", nameof(observations));
        }

        Random random = new(seed);
        double[] means = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                sum += values[random.Next(values.Length)];
            }

            means[draw] = sum / values.Length;
        }

        Array.Sort(means);
        return new(
            means[0] == means[^1] ? means[0] : null,
            share => Interpolate(means, share),
            string.Create(
                CultureInfo.InvariantCulture,
                $"mean of {values.Length} observations, {Text(values.Average())}, "
                + $"90% from {Text(Interpolate(means, 0.05))} to {Text(Interpolate(means, 0.95))}"),
            new() { Observations = [.. values], Seed = seed });
    }

    /// <summary>Finds the value below which a share lies.</summary>
    /// <param name="share">The share, above 0 and below 1.</param>
    /// <returns>The value; of an exact number, the number.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is out of its range.</exception>
    public double GetQuantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        return _quantile(share);
    }

    /// <summary>Gives the assumption in words.</summary>
    /// <returns>The <see cref="Description"/>.</returns>
    public override string ToString() => Description;

    /// <summary>Determines whether both are made of the same numbers in the same way.</summary>
    /// <param name="other">The number to compare with.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public bool Equals(Uncertain? other) => other is not null && _parts == other._parts;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Uncertain);

    /// <inheritdoc/>
    public override int GetHashCode() => _parts.GetHashCode();

    static JsonConverter<Uncertain> IJsonValue<Uncertain>.Json { get; } =
        JsonOf.By(UncertainParts.Json, (Uncertain value) => value._parts, parts => parts.Make());

    private static Uncertain Of(LogNormal distribution, string description, UncertainParts parts) =>
        new(distribution.Sigma == 0 ? distribution.Mean : null, distribution.GetQuantile, description, parts);

    private static double Interpolate(double[] sorted, double share)
    {
        double at = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        int below = (int)at;
        return below == sorted.Length - 1 ? sorted[below] : sorted[below] + ((sorted[below + 1] - sorted[below]) * (at - below));
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
