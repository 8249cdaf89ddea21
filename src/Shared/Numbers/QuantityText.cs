namespace LlmCostModel;

/// <summary>Reads quantities as people write them: <c>1200</c>, <c>1_200</c>, <c>20k</c>, <c>1.5M</c>, <c>342B</c>, <c>5%</c>,
/// <c>-0.1</c>.</summary>
internal static class QuantityText
{
    /// <summary>Reads one, exactly.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quantity">The number; of <c>5%</c> it is 0.05.</param>
    /// <param name="unit">The letter or sign behind the digits; a blank where there is none.</param>
    internal static bool TryParse(string? text, out decimal quantity, out char unit)
    {
        quantity = 0;
        unit = ' ';
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        ReadOnlySpan<char> digits = text;
        decimal factor = char.ToUpperInvariant(text[^1]) switch
        {
            '%' => 0.01m,
            'K' => 1_000m,
            'M' => 1_000_000m,
            'B' => 1_000_000_000m,
            'T' => 1_000_000_000_000m,
            _ => 1,
        };
        if (factor != 1)
        {
            unit = char.ToUpperInvariant(text[^1]);
            digits = digits[..^1];
        }

        string plain = digits.ToString().Replace("_", "", StringComparison.Ordinal);
        if (plain.AsSpan().ContainsAny("eE+")
            || !ExactDecimal.TryParse(plain, out decimal number, out bool isTooPrecise)
            || isTooPrecise
            || (factor > 1 && Math.Abs(number) > decimal.MaxValue / factor))
        {
            return false;
        }

        quantity = number * factor;
        return true;
    }
}
