using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A number that differs from one conversation or call to the next: tokens, turns, seconds. How it is distributed among them, not
/// how well its mean is known, which is what <see cref="Uncertain"/> says.</summary>
/// <remarks>A plain number converts to one that is always the same. What is counted, such as tokens, is rounded up or down by chance, so
/// that the mean of many stays what it is: 0.4 tool calls are one in four of ten turns. Equal when made of the same numbers in the same
/// way. Immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<Varying>))]
public sealed record Varying : IJsonValue<Varying>
{
    private readonly UncertainParts _parts;
    private readonly Uncompared<Uncertain?> _distribution;

    private Varying(UncertainParts parts)
    {
        _parts = parts;
        Uncertain? distribution = parts.Observations.Count > 0 || parts is { Mean: not null, Variation: null } ? null : parts.Make();
        if (distribution is not null && (distribution.Exact ?? distribution.GetQuantile(1e-9)) < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(parts), distribution.Description, "Tokens, turns and times are 0 or more.");
        }

        _distribution = new(distribution);
    }

    /// <summary>Gets the number when it is always the same; <see langword="null"/> when it is not.</summary>
    public double? Exact => _distribution.Value?.Exact;

    /// <summary>The mean, of a distribution that of a thousand of its quantiles.</summary>
    internal double Mean => _distribution.Value is { } distribution
        ? distribution.Exact ?? Enumerable.Range(0, 1_000).Average(i => distribution.GetQuantile((i + 0.5) / 1_000))
        : _parts.Mean ?? _parts.Observations.Average();

    /// <summary>Gets the distribution in words, in the invariant culture.</summary>
    public string Description => _distribution.Value?.Description ?? (_parts.Observations.Count > 0
        ? string.Create(CultureInfo.InvariantCulture,
            $"one of {_parts.Observations.Count} observations, mean {_parts.Observations.Average():0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"geometric, mean {_parts.Mean:0.######}"));

    /// <summary>Makes a number that is always the same.</summary>
    /// <param name="value">The number, 0 or more.</param>
    public static implicit operator Varying(double value) => Exactly(value);

    /// <summary>Makes a number that is always the same.</summary>
    /// <param name="value">The number, 0 or more.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0 or not finite.</exception>
    public static Varying Exactly(double value) => new(new UncertainParts { Exact = value });

    /// <summary>Makes a number of which 5% lie below one value and 95% below another: lognormal, so most are small and a few are
    /// large.</summary>
    /// <param name="p5">The value that 5% lie below, above 0.</param>
    /// <param name="p95">The value that 95% lie below.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not above 0, or the range is upside down.</exception>
    public static Varying Between(double p5, double p95) => new(new UncertainParts { P5 = p5, P95 = p95 });

    /// <summary>Makes a lognormal number of its median and the value that 95% lie below.</summary>
    /// <param name="median">The median, above 0.</param>
    /// <param name="p95">The value that 95% lie below.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not above 0, or the range is upside down.</exception>
    public static Varying FromMedian(double median, double p95) => new(new UncertainParts { Median = median, P95 = p95 });

    /// <summary>Makes a lognormal number of its mean and how much it differs.</summary>
    /// <param name="mean">The mean, above 0.</param>
    /// <param name="variation">The standard deviation over the mean, 0 or more.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static Varying FromMean(double mean, double variation) => new(new UncertainParts { Mean = mean, Variation = variation });

    /// <summary>Makes a whole number that goes on with the same chance each time, such as the turns of a conversation: geometric.</summary>
    /// <param name="mean">The mean; at least the least that the number can be, which is 1 for turns and 0 for everything else.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The mean is below 0 or not finite.</exception>
    public static Varying Geometric(double mean) => mean >= 0 && double.IsFinite(mean)
        ? new(new UncertainParts { Mean = mean })
        : throw new ArgumentOutOfRangeException(nameof(mean), mean, "A mean is 0 or more, and finite.");

    /// <summary>Makes a number of which every value of a range is as likely as any other.</summary>
    /// <param name="low">The lowest value, 0 or more.</param>
    /// <param name="high">The highest value.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is upside down, below 0 or not finite.</exception>
    public static Varying Uniform(double low, double high) => new(new UncertainParts { Low = low, High = high });

    /// <summary>Makes a number that is one of those observed, each as likely as any other.</summary>
    /// <param name="observations">The values, 0 or more each.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">There is none, or one is below 0 or not finite.</exception>
    public static Varying OneOf(IEnumerable<double> observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        double[] values = [.. observations];
        return values.Length > 0 && Array.TrueForAll(values, value => value >= 0 && double.IsFinite(value))
            ? new(new UncertainParts { Observations = values })
            : throw new ArgumentException("Give at least one observation, 0 or more each.", nameof(observations));
    }

    /// <summary>Gives the distribution in words.</summary>
    /// <returns>The <see cref="Description"/>.</returns>
    public override string ToString() => Description;

    /// <summary>Gets whether it can be anything but 0.</summary>
    internal bool IsAny => Exact is not 0 && _parts.Mean is not 0;

    /// <summary>What hardly any is above.</summary>
    internal double High => _distribution.Value is { } distribution ? distribution.Exact ?? distribution.GetQuantile(0.999)
        : _parts.Observations.Count > 0 ? _parts.Observations.Max()
        : _parts.Mean!.Value * 7; // of a geometric number, one in a thousand is more

    /// <summary>Draws a value.</summary>
    /// <param name="draws">Where chance comes from.</param>
    internal double Draw(TrafficDraws draws) => DrawFrom(draws, least: 0);

    /// <summary>Draws a whole number, rounded up or down by chance.</summary>
    /// <param name="draws">Where chance comes from.</param>
    /// <param name="least">The least that there can be.</param>
    internal long Count(TrafficDraws draws, long least = 0)
    {
        double value = DrawFrom(draws, least);
        double whole = Math.Floor(value);
        bool isUp = whole < value && draws.NextShare() < value - whole;
        return Math.Max(least, checked((long)(isUp ? whole + 1 : whole)));
    }

    private double DrawFrom(TrafficDraws draws, long least)
    {
        if (Exact is { } exact)
        {
            return exact;
        }

        double share = draws.NextShare();
        if (_distribution.Value is { } distribution)
        {
            return distribution.GetQuantile(share);
        }

        if (_parts.Observations.Count > 0)
        {
            return _parts.Observations[(int)(share * _parts.Observations.Count)];
        }

        double more = Math.Max(0, _parts.Mean!.Value - least);
        return least + (more == 0 ? 0 : Math.Floor(Math.Log(share) / Math.Log(more / (more + 1))));
    }

    static JsonConverter<Varying> IJsonValue<Varying>.Json { get; } =
        JsonOf.By(UncertainParts.Json, (Varying value) => value._parts, parts => new Varying(parts));
}

/// <summary>The rules of single numbers.</summary>
internal static class VaryingRules
{
    /// <summary>Each turn sends again what was said before, so that the work grows with the square.</summary>
    private const int Most = 2_000;

    internal static Varying Given(this Varying? value, string name) => value ?? throw new ArgumentNullException(name);

    /// <summary>Refuses a number that is below 1 on average, where there is at least one.</summary>
    internal static Varying AtLeastOne(this Varying value, string name) => value.Mean >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value.Description, "There is at least one in each conversation.");

    internal static Varying Few(this Varying? value, string name) => value.Given(name).High <= Most
        ? value!
        : throw new ArgumentOutOfRangeException(
            name, value!.Description, FormattableString.Invariant(
                $"A conversation has at most {Most} turns, and a turn as many tool calls."));
}
