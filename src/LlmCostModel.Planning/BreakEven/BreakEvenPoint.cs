using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>Where two options cost the same, and which is cheaper on either side.</summary>
[JsonConverter(typeof(JsonValueConverter<BreakEvenPoint>))]
public sealed record BreakEvenPoint : IJsonValue<BreakEvenPoint>
{
    private readonly Uncompared<Rational?> _exact;

    internal BreakEvenPoint(LinearCost first, LinearCost second)
    {
        First = first;
        Second = second;
        if (first.PerUnit != second.PerUnit)
        {
            Rational perUnit = Rational.From(first.PerUnit) - Rational.From(second.PerUnit);
            _exact = new((Rational.From(second.Fixed) - Rational.From(first.Fixed)) / perUnit);
        }
    }

    /// <summary>Gets the option that is given up.</summary>
    public LinearCost First { get; }

    /// <summary>Gets the option that is taken instead.</summary>
    public LinearCost Second { get; }

    /// <summary>Gets the number of units at which both cost the same, correct to 28 digits; it may be negative.</summary>
    /// <value><see langword="null"/> when both cost the same per unit: then one is cheaper throughout, or they never differ.</value>
    /// <exception cref="OverflowException">The number is beyond the range of <see cref="decimal"/>.</exception>
    public decimal? Units => _exact.Value?.ToDecimal(out _);

    /// <summary>Gets the smallest whole number of units, 0 or more, from which on the second option is never costlier.</summary>
    /// <value><see langword="null"/> when there is none: the first option is cheaper in the end.</value>
    /// <exception cref="OverflowException">The number is beyond the range of <see cref="decimal"/>.</exception>
    public decimal? FirstWholeUnit => Second.PerUnit < First.PerUnit
        ? Math.Max(0, Ceiling(_exact.Value!.Value))
        : Second.PerUnit == First.PerUnit && Second.Fixed <= First.Fixed ? 0 : null;

    /// <summary>Shows which option is cheaper where, in the invariant culture.</summary>
    /// <returns>Such as <c>equal at 1.2777777777777777777777777778; the second is cheaper above</c>.</returns>
    public override string ToString() =>
        _exact.Value is null
            ? (First.Fixed - Second.Fixed) switch
            {
                > 0 => "the second is always cheaper",
                < 0 => "the first is always cheaper",
                _ => "both always cost the same",
            }
            : string.Create(
                CultureInfo.InvariantCulture,
                $"equal at {Units}; the second is cheaper {(Second.PerUnit < First.PerUnit ? "above" : "below")}");

    private static decimal Ceiling(Rational value)
    {
        BigInteger quotient = BigInteger.DivRem(value.Numerator, value.Denominator, out BigInteger rest);
        return (decimal)(rest.Sign > 0 ? quotient + 1 : quotient);
    }

    private static readonly JsonObject<BreakEvenPoint> Shape = new JsonObject<BreakEvenPoint>(() => new(default, default))
        .Required("first", JsonOf.Value<LinearCost>(), value => value.First, (owner, value) => new(value, owner.Second))
        .Required("second", JsonOf.Value<LinearCost>(), value => value.Second, (owner, value) => new(owner.First, value));

    static JsonConverter<BreakEvenPoint> IJsonValue<BreakEvenPoint>.Json => Shape;
}
