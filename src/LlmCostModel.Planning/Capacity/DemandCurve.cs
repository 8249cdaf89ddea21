using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>How use answers to price: at a price of p times today's, p^-e times as much is used. The elasticity e is yours to state;
/// nothing here measures it.</summary>
/// <remarks>Above an elasticity of 1 a cheaper price makes the bill, and the demand for machines, grow: what Jevons found of coal in 1865.
/// At 1 the bill stays; below it falls. Use always grows when the price falls.</remarks>
public static class DemandCurve
{
    /// <summary>Computes use and spend at several prices.</summary>
    /// <param name="elasticity">By how many percent use grows when the price falls by one, 0 or more.</param>
    /// <param name="priceFactors">The prices, as multiples of today's, each more than 0.</param>
    /// <returns>The points, in the order of the prices.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ImmutableArray<DemandPoint> Compute(double elasticity, IEnumerable<decimal> priceFactors)
    {
        ArgumentNullException.ThrowIfNull(priceFactors);
        return [.. priceFactors.Select(factor => Compute(elasticity, factor))];
    }

    /// <summary>Computes use and spend at one price.</summary>
    /// <param name="elasticity">By how many percent use grows when the price falls by one, 0 or more.</param>
    /// <param name="priceFactor">The price as a multiple of today's, more than 0.</param>
    /// <returns>The point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static DemandPoint Compute(double elasticity, decimal priceFactor)
    {
        if (!double.IsFinite(elasticity) || elasticity < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(elasticity), elasticity, "An elasticity is 0 or more: 1 keeps the bill.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priceFactor);
        double use = Math.Pow((double)priceFactor, -elasticity);
        return use < (double)decimal.MaxValue / 1_000_000
            ? new() { PriceFactor = priceFactor, UseFactor = (decimal)use }
            : throw new ArgumentOutOfRangeException(nameof(elasticity), elasticity, "At this price, use is beyond what can be computed.");
    }
}
