namespace LlmCostModel;

/// <summary>How far a calculated cost is from what the provider reports. The two are kept beside each other; neither replaces the other.</summary>
/// <param name="Calculated">The calculated cost.</param>
/// <param name="Reported">The provider's own cost, see <see cref="ReportedCost.Total"/>.</param>
public readonly record struct CostDrift(Money Calculated, Money Reported)
{
    /// <summary>Gets calculated minus reported, in the currency of both.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public decimal Difference => (Calculated + new Money(-Reported.Amount, Reported.Currency)).Amount;

    /// <summary>Determines whether the two differ by no more than a tolerance.</summary>
    /// <param name="relative">The part of the reported cost that they may differ by, such as 0.005 for half a percent; not negative.</param>
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
}
