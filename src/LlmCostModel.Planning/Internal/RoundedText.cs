using System.Globalization;

namespace LlmCostModel.Planning;

/// <summary>Numbers as people read them: rounded, in the invariant culture.</summary>
internal static class RoundedText
{
    /// <summary>With six decimals; a number below a thousandth keeps four digits.</summary>
    internal static string Rounded(decimal value)
    {
        int decimals = 6;
        for (decimal size = Math.Abs(value); size is > 0 and < 0.001m && decimals < 28; size *= 10)
        {
            decimals++;
        }

        return AmountFormat.ToText(decimal.Round(value, decimals, MidpointRounding.ToEven));
    }

    internal static string Percent(decimal share) =>
        decimal.Round(share * 100, 2, MidpointRounding.ToEven).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
