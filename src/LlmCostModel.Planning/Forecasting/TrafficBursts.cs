using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>Months that are many times as busy as others, at random: a launch, a crawler, a loop that nobody stopped.</summary>
/// <remarks>The type is immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<TrafficBursts>))]
public sealed record TrafficBursts : IJsonValue<TrafficBursts>
{
    /// <summary>Gets the share of the months that are bursts, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public required double Probability
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Probability), value, "A probability is from 0 to 1: 0.1 is every tenth month.");
    }

    /// <summary>Gets how many times the requests of another month a burst has, 0 to 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public required double Factor
    {
        get;
        init => field = value is >= 0 and <= 1_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Factor), value, "A burst has 0 to 1,000 times the requests of another month.");
    }

    /// <summary>Shows both numbers in the invariant culture.</summary>
    /// <returns>Such as <c>10% of the months have 3 times the requests</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Probability * 100:0.###}% of the months have {Factor:0.###} times the requests");

    private static readonly JsonObject<TrafficBursts> Shape = new JsonObject<TrafficBursts>(() => new() { Probability = 0, Factor = 1 })
        .Required("probability", JsonOf.Double, value => value.Probability, (owner, value) => owner with { Probability = value })
        .Required("factor", JsonOf.Double, value => value.Factor, (owner, value) => owner with { Factor = value });

    static JsonConverter<TrafficBursts> IJsonValue<TrafficBursts>.Json => Shape;
}
