using System.CommandLine.Parsing;

namespace LlmCostModel.Cli.Options;

/// <summary>Reads quantities as people write them: <c>1200</c>, <c>1_200</c>, <c>20k</c>, <c>1.5M</c>, <c>342B</c>.</summary>
internal static class QuantityParser
{
    public static long Tokens(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TryParse(text, out decimal quantity) && quantity == decimal.Truncate(quantity) && quantity <= long.MaxValue)
        {
            return (long)quantity;
        }

        result.AddError($"'{text}' is not a number of tokens. Write a whole number of 0 or more, such as 1200, 1_200, 20k, 1.5M or 342B.");
        return 0;
    }

    public static bool TryParse(string text, out decimal quantity)
    {
        quantity = 0;
        ReadOnlySpan<char> digits = text;
        decimal factor = 1;
        if (text.Length > 0)
        {
            factor = char.ToUpperInvariant(text[^1]) switch
            {
                'K' => 1_000m,
                'M' => 1_000_000m,
                'B' => 1_000_000_000m,
                'T' => 1_000_000_000_000m,
                _ => 1,
            };
            digits = factor == 1 ? digits : digits[..^1];
        }

        string plain = digits.ToString().Replace("_", "", StringComparison.Ordinal);
        if (plain.AsSpan().ContainsAny("eE+-")
            || !ExactDecimal.TryParse(plain, out decimal number, out bool isTooPrecise)
            || isTooPrecise
            || number > decimal.MaxValue / factor)
        {
            return false;
        }

        quantity = number * factor;
        return true;
    }
}
