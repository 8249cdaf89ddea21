using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How far a calculated cost is from what the provider reports. The two are kept beside each other; neither replaces the
/// other.</summary>
/// <remarks><see langword="default"/> is nothing against nothing.</remarks>
[JsonConverter(typeof(JsonValueConverter<CostDrift>))]
public readonly record struct CostDrift : IJsonValue<CostDrift>
{
    /// <summary>Gets the calculated cost.</summary>
    public required Money Calculated { get; init; }

    /// <summary>Gets the provider's own cost, see <see cref="ReportedCost.Total"/>.</summary>
    public required Money Reported { get; init; }

    /// <summary>Gets calculated minus reported, in the currency of both.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public decimal Difference => (Calculated - Reported).Amount;

    /// <summary>Determines whether the two differ by no more than a tolerance.</summary>
    /// <param name="relative">The part of the reported cost that they may differ by, such as 0.005 for half a percent; not
    /// negative.</param>
    /// <param name="absolute">The amount that they may differ by in any case, for providers that round; not negative.</param>
    /// <returns><see langword="true"/> when the difference is at most the larger of the two tolerances.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative.</exception>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public bool IsWithin(decimal relative, decimal absolute = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(relative);
        ArgumentOutOfRangeException.ThrowIfNegative(absolute);
        return Math.Abs(Difference) <= Math.Max(absolute, relative * Math.Abs(Reported.Amount));
    }

    /// <summary>Shows both amounts in the invariant culture.</summary>
    /// <returns>Such as <c>0.03 USD calculated, 0.031 USD reported</c>.</returns>
    public override string ToString() => $"{Calculated} calculated, {Reported} reported";

    private static readonly JsonObject<CostDrift> Shape = new JsonObject<CostDrift>(() => default)
        .Required("calculated", JsonOf.Value<Money>(), value => value.Calculated, (owner, value) => owner with { Calculated = value })
        .Required("reported", JsonOf.Value<Money>(), value => value.Reported, (owner, value) => owner with { Reported = value });

    static JsonConverter<CostDrift> IJsonValue<CostDrift>.Json => Shape;
}
