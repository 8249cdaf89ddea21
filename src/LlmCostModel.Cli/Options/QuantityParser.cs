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

    public static bool TryParse(string text, out decimal quantity) =>
        QuantityText.TryParse(text, out quantity, out char unit) && unit != '%' && quantity >= 0 && !text.StartsWith('-');
}
