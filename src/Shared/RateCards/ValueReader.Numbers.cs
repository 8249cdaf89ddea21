using System.Globalization;

namespace LlmCostModel;

/// <content>Numbers: prices, quantities, tokens and days.</content>
internal sealed partial class ValueReader
{
    /// <summary>More decimals per token than this do not fit the exact arithmetic: 28, less the 6 of a million.</summary>
    private const int MaxDecimals = 22;

    internal decimal? ReadPrice(ConfigNode? node) =>
        ReadNumber(node, "a price", "0 for free, or leave it out when the price is not known", MaxDecimals);

    internal decimal? ReadQuantity(ConfigNode? node) =>
        ReadNumber(node, "a number", "or leave it out where there is none", DecimalParts.MaxScale);

    internal long? ReadTokens(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (WithUnit(node) is { } quantity)
        {
            if (quantity == decimal.Truncate(quantity) && quantity is >= 0 and <= long.MaxValue)
            {
                return (long)quantity;
            }

            faults.Add(node, "is not a whole number of 0 or more.", "Write one such as 200k, 1.5M or 200000.");
            return null;
        }

        if (!long.TryParse(
                node.Value,
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out long tokens))
        {
            faults.Add(node, "is not a whole number of tokens from 0 to 9223372036854775807.", "Write digits only, such as 200000.");
            return null;
        }

        ReportText(node);
        return tokens;
    }

    internal int? ReadDays(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!int.TryParse(
                node.Value,
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out int days)
            || days == 0)
        {
            faults.Add(node, "is not a whole number of days of 1 or more.", "Write digits only, such as 90.");
            return null;
        }

        ReportText(node);
        return days;
    }

    private decimal? ReadNumber(ConfigNode? node, string what, string fix, int maxDecimals)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        bool tooPrecise = false;
        decimal? written = WithUnit(node);
        decimal number = written ?? 0;
        if (written is null && (node.Value is null || !ExactDecimal.TryParse(node.Value, out number, out tooPrecise)))
        {
            faults.Add(node, $"is not {what}.", $"Write a number such as 0.55 with a point, {fix}.");
            return null;
        }

        if (number < 0)
        {
            faults.Add(node, $"is negative; {what} must be 0 or more.", $"Write a number such as 0.55, {fix}.");
            return null;
        }

        if (tooPrecise || DecimalParts.Of(number).Scale > maxDecimals)
        {
            faults.Add(
                node,
                $"is too precise: at most {maxDecimals} decimals and 28 digits are exact.",
                "Round it to the price that the provider publishes.");
            return null;
        }

        if (written is null)
        {
            ReportText(node);
        }

        return number;
    }

    /// <summary>A number with a unit behind it, where such are read.</summary>
    private decimal? WithUnit(ConfigNode node) =>
        readsUnits && QuantityText.TryParse(node.Value, out decimal quantity, out char unit) && unit != ' ' ? quantity : null;
}
