namespace LlmCostModel.Planning;

/// <summary>What needs no sampling.</summary>
public static class TrafficTotal
{
    /// <summary>The standard deviation of the total of independent requests: why the chance of single requests hardly matters to a monthly
    /// bill.</summary>
    /// <param name="requests">The mean number of requests.</param>
    /// <param name="mean">The mean of what a request costs.</param>
    /// <param name="variation">The standard deviation of what a request costs over its mean.</param>
    /// <param name="poisson">Whether the number itself varies at random (Poisson) around its mean; otherwise it is fixed.</param>
    /// <returns><c>sqrt(N) s</c>, or <c>sqrt(N (s^2 + m^2))</c> for a Poisson number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static double ComputeDeviation(double requests, double mean, double variation, bool poisson)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        ArgumentOutOfRangeException.ThrowIfNegative(variation);
        double deviation = mean * variation;
        return Math.Sqrt(requests * ((deviation * deviation) + (poisson ? mean * mean : 0)));
    }

    /// <summary>The sum over periods of an amount that grows by the same share each period.</summary>
    /// <param name="first">The amount of the first period.</param>
    /// <param name="growth">The growth per period: 0.05 is 5%; above -1.</param>
    /// <param name="periods">The number of periods, 0 to 1,200.</param>
    /// <returns>The sum, to the digits that a <see cref="decimal"/> keeps at every step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="OverflowException">The sum does not fit a <see cref="decimal"/>.</exception>
    public static decimal ComputeGrowing(decimal first, decimal growth, int periods)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(growth, -1);
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(periods, 1_200);
        decimal total = 0;
        decimal amount = first;
        for (int i = 0; i < periods; i++)
        {
            total += amount;
            amount *= i < periods - 1 ? 1 + growth : 1;
        }

        return total;
    }
}
