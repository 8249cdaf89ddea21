using System.CommandLine.Parsing;

namespace LlmCostModel.Cli.Options;

/// <summary>Reads options of the form <c>NAME=VALUE</c>.</summary>
internal static class PairParser
{
    public static CallAttributes Attributes(ArgumentResult result)
    {
        CallAttributes attributes = CallAttributes.Empty;
        foreach (Token token in result.Tokens)
        {
            if (TrySplit(result, token.Value, "NAME=VALUE, such as quality=high", out string name, out string value))
            {
                if (attributes[name] is not null)
                {
                    result.AddError($"The attribute '{name}' is given twice. Names of attributes are the same in any case.");
                }

                attributes = attributes.With(name, value);
            }
        }

        return attributes;
    }

    public static MeteredQuantities Meters(ArgumentResult result)
    {
        MeteredQuantities meters = MeteredQuantities.Empty;
        foreach (Token token in result.Tokens)
        {
            if (!TrySplit(result, token.Value, "NAME=QUANTITY, such as webSearch=2", out string name, out string value))
            {
                continue;
            }

            if (QuantityParser.TryParse(value, out decimal quantity))
            {
                meters = meters.With(name, meters[name] + quantity);
            }
            else
            {
                result.AddError($"'{value}' in '{token.Value}' is not a quantity. Write a number of 0 or more with at most 28 digits, such "
                    + "as 2, 7.5 or 20k.");
            }
        }

        return meters;
    }

    private static bool TrySplit(ArgumentResult result, string text, string form, out string name, out string value)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        name = at > 0 ? text[..at].Trim() : "";
        value = at > 0 ? text[(at + 1)..].Trim() : "";
        if (name.Length == 0 || value.Length == 0)
        {
            result.AddError($"'{text}' is not of the form {form}.");
            return false;
        }

        return true;
    }
}
