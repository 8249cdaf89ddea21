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

    /// <summary>Makes the <em>mean</em> of what was observed, as sure as so many observations make it.</summary>
    /// <param name="observations">One value per independent unit, at least two: a day, a session. Requests of one conversation are not
    /// independent; for a mean per request use <see cref="FromRatio"/>.</param>
    /// <returns>The mean as an uncertain number. Of fewer than 10 observations the true mean is above the 95% about one time in ten, not
    /// in twenty; percentiles below 1% and above 99% are those of 1% and 99%.</returns>
    /// <exception cref="ArgumentException">There are fewer than two observations, or one is not finite.</exception>
    public static Uncertain FromObservations(IEnumerable<double> observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        double[] values = [.. observations];
        CheckObservations(values, nameof(observations));
        return Mean(
            values,
            mayBeLogNormal: true,
            string.Create(CultureInfo.InvariantCulture, $"mean of {values.Length} observations"),
            new() { Observations = [.. values] });
    }

    /// <summary>Makes the mean per request of what sessions consumed: the sum of the totals over the sum of the requests, as sure as so
    /// many
    /// sessions make it. A mean of the sessions' means would give short ones the weight of long ones.</summary>
    /// <param name="totals">What each session consumed, at least two sessions.</param>
    /// <param name="requests">How many requests each had, in the same order.</param>
    /// <returns>The mean per request as an uncertain number.</returns>
    /// <exception cref="ArgumentException">There are fewer than two sessions, or not as many totals as requests, or a number is negative
    /// or not finite, or there is no request.</exception>
    public static Uncertain FromRatio(IEnumerable<double> totals, IEnumerable<double> requests)
    {
        ArgumentNullException.ThrowIfNull(totals);
        ArgumentNullException.ThrowIfNull(requests);
        double[] tops = [.. totals], bottoms = [.. requests];
        CheckObservations(tops, nameof(totals));
        if (bottoms.Length != tops.Length || !Array.TrueForAll(bottoms, value => double.IsFinite(value) && value >= 0)
            || bottoms.Sum() <= 0)
        {
            throw new ArgumentException("Each total needs its number of requests, 0 or more, and not all of them 0.", nameof(requests));
        }

        // What each session adds to the ratio: their mean is the ratio, and their variance that of the ratio (Cochran 1977, section 6.4).
        double ratio = tops.Sum() / bottoms.Sum(), size = bottoms.Average();
        double[] values = [.. tops.Zip(bottoms, (top, bottom) => ratio + ((top - (ratio * bottom)) / size))];
        return Mean(
            values,
            mayBeLogNormal: false,
            string.Create(CultureInfo.InvariantCulture, $"mean per request of {values.Length} sessions"),
            new() { Totals = [.. tops], Requests = [.. bottoms] });
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

    /// <summary>Makes a number that is so many times this one.</summary>
    /// <param name="factor">The factor, 0 or more and finite.</param>
    /// <returns>The number, of the same distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is negative or not finite.</exception>
    public Uncertain Times(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        if (factor == 1)
        {
            return this;
        }

        return Exact is { } exact
            ? Exactly(exact * factor)
            : factor == 0 ? Exactly(0)
            : double.IsFinite(factor)
                ? new(
                    null,
                    share => _quantile(share) * factor,
                    $"{Text(factor)} times {Description}",
                    _parts with { Factor = _parts.Factor * factor })
                : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor is finite.");
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

    private static void CheckObservations(double[] values, string name)
    {
        if (values.Length < 2 || !Array.TrueForAll(values, double.IsFinite))
        {
            throw new ArgumentException(
                "A mean needs at least two observations, all finite: one says nothing of how far it may be off. Give more, or state a "
                    + "range.",
                name);
        }
    }

    private static Uncertain Mean(double[] values, bool mayBeLogNormal, string what, UncertainParts parts)
    {
        double mean = values.Average();
        if (Array.TrueForAll(values, value => Math.Abs(value - mean) <= 1e-12 * Math.Abs(mean)))
        {
            return new(mean, _ => mean, $"{what}, {Text(mean)}, all alike", parts);
        }

        ObservedMean observed = ObservedMean.Of(values, mayBeLogNormal);
        return new(
            null,
            observed.GetQuantile,
            $"{what}, {Text(mean)}, 90% from {Text(observed.GetQuantile(0.05))} to {Text(observed.GetQuantile(0.95))}",
            parts);
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
