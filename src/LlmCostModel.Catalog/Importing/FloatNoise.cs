namespace LlmCostModel.Catalog;

/// <summary>Takes off what binary floating point left in a price, such as the 2.9999999999999997e-07 of 3e-07.</summary>
internal static class FloatNoise
{
    /// <summary>No provider publishes a price with more significant digits than this; noise begins at the sixteenth.</summary>
    private const int Digits = 12;

    internal static decimal Clean(decimal value)
    {
        if (value == 0)
        {
            return 0;
        }

        int magnitude = 0;
        for (decimal rest = value; rest < 1; rest *= 10)
        {
            magnitude++;
        }

        for (decimal rest = value; rest >= 10; rest /= 10)
        {
            magnitude--;
        }

        int decimals = Digits - 1 + magnitude;
        return decimals is < 0 or > 28 ? value : decimal.Round(value, decimals, MidpointRounding.ToEven) / 1.0000000000000000000000000000m;
    }
}
