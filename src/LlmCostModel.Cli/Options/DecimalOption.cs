using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmCostModel.Cli.Options;

/// <summary>Options that take a number, as people write it.</summary>
internal static class DecimalOption
{
    /// <summary>A number such as <c>1.25</c>; it may be negative, which the command refuses in its own words.</summary>
    public static Option<decimal?> Number(string name, string description, string helpName = "NUMBER") => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Number(result),
    };

    /// <summary>A quantity of 0 or more such as <c>200k</c> or <c>14.8T</c>.</summary>
    public static Option<decimal?> Quantity(string name, string description, string helpName = "QUANTITY") => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = Quantity,
    };

    /// <summary>A share such as <c>0.3</c> or <c>30%</c>.</summary>
    public static Option<decimal?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        CustomParser = result => TryShare(result.Tokens[0].Value, out decimal share)
            ? share
            : Fault(result, $"'{result.Tokens[0].Value}' is not a share. Write 0.3 or 30%."),
    };

    /// <summary>Several numbers, by comma.</summary>
    public static Option<decimal[]?> List(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBERS",
        CustomParser = result =>
        {
            List<decimal> numbers = [];
            foreach (string text in result.Tokens[0].Value.Split(','))
            {
                if (QuantityParser.TryParse(text.Trim(), out decimal number))
                {
                    numbers.Add(number);
                }
                else
                {
                    result.AddError(
                        $"'{text}' in '{result.Tokens[0].Value}' is not a number of 0 or more. Write them by comma, such as 0.5,1,2.");
                }
            }

            return [.. numbers];
        },
    };

    /// <summary>Reads a share: a number from 0 to 1, or a percentage.</summary>
    public static bool TryShare(string text, out decimal share)
    {
        bool isPercent = text.EndsWith('%');
        bool isNumber = TryNumber(isPercent ? text[..^1] : text, out share);
        share = isPercent ? share / 100 : share;
        return isNumber && share is >= 0 and <= 1;
    }

    internal static decimal? Number(ArgumentResult result) => TryNumber(result.Tokens[0].Value, out decimal number)
        ? number
        : Fault(result, $"'{result.Tokens[0].Value}' is not a number. Write it with a point, such as 1.25.");

    private static decimal? Quantity(ArgumentResult result) => QuantityParser.TryParse(result.Tokens[0].Value, out decimal quantity)
        ? quantity
        : Fault(
            result,
            $"'{result.Tokens[0].Value}' is not a quantity. Write a number of 0 or more with at most 28 digits, such as 2, 7.5 or 20k.");

    private static decimal? Fault(ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }

    private static bool TryNumber(string text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
