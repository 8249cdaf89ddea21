namespace LlmCostModel;

/// <summary>Splits a metered quantity over the free allowance and the volume steps of its price.</summary>
internal static class VolumePricing
{
    /// <summary>The parts of a quantity with the price of each, in order; the parts add up to what is billed.</summary>
    /// <param name="price">The price.</param>
    /// <param name="quantity">What the call consumed, greater than 0.</param>
    /// <param name="consumedBefore">What the period had consumed before the call.</param>
    internal static IEnumerable<(decimal Quantity, decimal Price)> Split(MeterPrice price, decimal quantity, decimal consumedBefore)
    {
        decimal billed = RoundUp(price, quantity);
        if (!price.NeedsConsumedBefore)
        {
            yield return (billed, price.Price);
            yield break;
        }

        decimal position = consumedBefore;
        decimal end = checked(consumedBefore + billed);
        while (position < end)
        {
            (decimal current, decimal until) = FindStep(price, position);
            decimal next = Math.Min(end, until);
            yield return (next - position, current);
            position = next;
        }
    }

    /// <summary>The quantity that is billed: at least the minimum, in whole increments.</summary>
    private static decimal RoundUp(MeterPrice price, decimal quantity)
    {
        decimal billed = Math.Max(quantity, price.Minimum);
        if (price.Increment is { } increment && billed % increment is > 0 and decimal beyond)
        {
            billed += increment - beyond;
        }

        return billed;
    }

    /// <summary>The price at a volume and the volume at which it ends.</summary>
    private static (decimal Price, decimal Until) FindStep(MeterPrice price, decimal position)
    {
        if (position < price.Free)
        {
            return (0, price.Free);
        }

        decimal current = price.Price;
        foreach (VolumeStep step in price.Steps)
        {
            if (position < step.Above)
            {
                return (current, step.Above);
            }

            current = step.Price;
        }

        return (current, decimal.MaxValue);
    }
}
