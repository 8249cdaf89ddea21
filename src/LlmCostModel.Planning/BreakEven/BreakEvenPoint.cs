using System.Numerics;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>Where two options cost the same, and which is cheaper on either side.</summary>
[JsonConverter(typeof(JsonValueConverter<BreakEvenPoint>))]
public sealed record BreakEvenPoint : IJsonValue<BreakEvenPoint>
{
    private const string ShareOf = "share of ";

    private readonly Uncompared<Rational?> _exact;

    internal BreakEvenPoint(LinearCost first, LinearCost second, string unit, BreakEvenKind kind, decimal? limit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(unit);
        if (limit is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));
        }

        if (kind == BreakEvenKind.Share && limit is { } share)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1, nameof(limit));
        }

        First = first;
        Second = second;
        Unit = unit;
        Kind = kind;
        Limit = limit ?? (kind == BreakEvenKind.Share ? 1 : null);
        Rational start = Rational.From(second.Fixed) - Rational.From(first.Fixed);
        Rational slope = Rational.From(second.PerUnit) - Rational.From(first.PerUnit);
        if (!slope.Numerator.IsZero)
        {
            Rational difference = Rational.From(first.PerUnit) - Rational.From(second.PerUnit);
            _exact = new(start / difference);
        }

        Outcome = Compare(
            start.Numerator.Sign,
            Limit is { } end ? (start + (slope * Rational.From(end))).Numerator.Sign
                : slope.Numerator.IsZero ? start.Numerator.Sign : slope.Numerator.Sign);
    }

    /// <summary>Gets the option that is given up.</summary>
    public LinearCost First { get; }

    /// <summary>Gets the option that is taken instead.</summary>
    public LinearCost Second { get; }

    /// <summary>Gets what is counted, such as <c>requests</c>.</summary>
    public string Unit { get; }

    /// <summary>Gets whether that is counted, or is a share.</summary>
    public BreakEvenKind Kind { get; }

    /// <summary>Gets the most units there can be.</summary>
    /// <value><see langword="null"/> for no limit; at most 1 for a share.</value>
    public decimal? Limit { get; }

    /// <summary>Gets when the second option is the cheaper one, for 0 units up to <see cref="Limit"/>.</summary>
    public BreakEvenOutcome Outcome { get; }

    /// <summary>Gets the number of units at which both cost the same, correct to 28 digits; it may be negative, or beyond what there can
    /// be.</summary>
    /// <value><see langword="null"/> when both cost the same per unit: then one is cheaper throughout, or they never differ.</value>
    /// <exception cref="OverflowException">The number is beyond the range of <see cref="decimal"/>.</exception>
    public decimal? Units => _exact.Value?.ToDecimal(out _);

    /// <summary>Gets the smallest whole number of units, 0 or more, from which on the second option is never costlier.</summary>
    /// <value><see langword="null"/> when there is none, because the first option is cheaper in the end; and for a share, which is not
    /// counted.</value>
    /// <exception cref="OverflowException">The number is beyond the range of <see cref="decimal"/>.</exception>
    public decimal? FirstWholeUnit => (Kind, Outcome) switch
    {
        (BreakEvenKind.Share, _) => null,
        (_, BreakEvenOutcome.Always or BreakEvenOutcome.Same) => 0,
        (_, BreakEvenOutcome.Above) when Ceiling(_exact.Value!.Value) is var whole => whole <= (Limit ?? whole) ? whole : null,
        _ => null,
    };

    /// <summary>Shows which option is cheaper where, rounded, in the invariant culture.</summary>
    /// <returns>Such as <c>equal at 1.277778 requests; cheaper above: cached</c>, or <c>never cheaper: own machines (equal only at 531.79%
    /// of the hour)</c>.</returns>
    public override string ToString() => Outcome switch
    {
        BreakEvenOutcome.Same => "both always cost the same",
        BreakEvenOutcome.Always => $"always cheaper: {NameOf(Second, "the second")}",
        BreakEvenOutcome.Never => $"never cheaper: {NameOf(Second, "the second")}{Beyond()}",
        var side => $"equal at {Text(Units!.Value)}; cheaper {(side == BreakEvenOutcome.Above ? "above" : "below")}: "
            + NameOf(Second, "the second"),
    };

    private static string NameOf(LinearCost cost, string otherwise) => cost.Name ?? otherwise;

    private static BreakEvenOutcome Compare(int atStart, int atEnd) => (atStart, atEnd) switch
    {
        (0, 0) => BreakEvenOutcome.Same,
        ( <= 0, <= 0) => BreakEvenOutcome.Always,
        ( >= 0, >= 0) => BreakEvenOutcome.Never,
        ( > 0, _) => BreakEvenOutcome.Above,
        _ => BreakEvenOutcome.Below,
    };

    /// <summary>Where a point that is never reached would be.</summary>
    private string Beyond() => Units is not { } units || units < 0 || Limit is not { } limit ? ""
        : Kind == BreakEvenKind.Share ? $" (equal only at {Text(units)})"
        : $" (equal only at {Text(units)}, of {RoundedText.Rounded(limit)} that there can be)";

    private string Text(decimal units) => Kind != BreakEvenKind.Share ? $"{RoundedText.Rounded(units)} {Unit}"
        : Unit.StartsWith(ShareOf, StringComparison.Ordinal) ? $"{RoundedText.Percent(units)} of {Unit[ShareOf.Length..]}"
        : RoundedText.Percent(units);

    private static decimal Ceiling(Rational value)
    {
        BigInteger quotient = BigInteger.DivRem(value.Numerator, value.Denominator, out BigInteger rest);
        return (decimal)(rest.Sign > 0 ? quotient + 1 : quotient);
    }

    private static readonly JsonObject<BreakEvenPoint> Shape =
        new JsonObject<BreakEvenPoint>(() => new(default, default, "units", BreakEvenKind.Count, null))
            .Required("first", JsonOf.Value<LinearCost>(),
                value => value.First, (owner, value) => new(value, owner.Second, owner.Unit, owner.Kind, owner.Limit))
            .Required("second", JsonOf.Value<LinearCost>(),
                value => value.Second, (owner, value) => new(owner.First, value, owner.Unit, owner.Kind, owner.Limit))
            .Optional("unit", JsonOf.Text,
                value => value.Unit, (owner, value) => new(owner.First, owner.Second, value!, owner.Kind, owner.Limit))
            .Optional("kind", JsonOf.Name<BreakEvenKind>(),
                value => value.Kind, (owner, value) => new(owner.First, owner.Second, owner.Unit, value, owner.Limit))
            .Maybe("limit", JsonOf.Decimal,
                value => value.Limit, (owner, value) => new(owner.First, owner.Second, owner.Unit, owner.Kind, value));

    static JsonConverter<BreakEvenPoint> IJsonValue<BreakEvenPoint>.Json => Shape;
}
