using System.Globalization;

namespace LlmCostModel.Cli.Output;

/// <summary>Estimates as people read them: rounded to what they can know.</summary>
internal static class RoundedText
{
    /// <summary>An amount of money: two decimals, or four digits where it is less than a cent.</summary>
    public static string Amount(decimal? value) => value is not { } amount ? ""
        : Math.Abs(amount) is > 0 and < 1 ? Digits(amount) : amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>A number with at most three decimals.</summary>
    public static string Number(decimal? value) => value is not { } number ? ""
        : Math.Abs(number) is > 0 and < 1 ? Digits(number) : number.ToString("#,##0.###", CultureInfo.InvariantCulture);

    public static string Percent(decimal? share) =>
        share is null ? "" : (share.Value * 100).ToString("#,##0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>A share that is computed in floating point, with six decimals.</summary>
    public static decimal Share(double share) => decimal.Round((decimal)share, 6);

    /// <summary>Four digits that are not zero.</summary>
    private static string Digits(decimal value)
    {
        int decimals = 4;
        for (decimal size = Math.Abs(value); size < 0.1m && decimals < 28; size *= 10)
        {
            decimals++;
        }

        return decimal.Round(value, decimals).ToString("0.############################", CultureInfo.InvariantCulture);
    }
}
