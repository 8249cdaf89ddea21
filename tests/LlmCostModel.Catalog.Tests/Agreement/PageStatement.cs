using System.Globalization;

namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>
/// What the providers' own pages say, written down from stored copies of them in provider-pages/PROVIDER.txt, one statement a line:
/// model | day | condition | prices | page. Prices are per million tokens of a bucket, or per unit of a meter (0.017/60: per 60 of them),
/// in the provider's credits where "cr" stands behind them (125cr, 13cr/100); a condition is "-" or names tier, region, total input tokens and attributes.
/// </summary>
internal sealed record PageStatement(string Provider, string Model, string Day, string Condition, string Prices, string Page, string Line)
{
    /// <summary>The prices by the name of bucket or meter, as the line writes them.</summary>
    internal Dictionary<string, string> PriceTexts => Pairs(Prices);

    /// <summary>A price of this statement in money, per million tokens or per so many units.</summary>
    internal (decimal Price, int Units) InMoney(string price)
    {
        string[] parts = price.Split('/');
        bool isInCredits = parts[0].EndsWith("cr", StringComparison.Ordinal);
        decimal worth = isInCredits ? BuiltInCatalog.RateCards.Single(card => card.Provider == Provider).Credit!.Worth[^1].Amount : 1;
        return (
            decimal.Parse(isInCredits ? parts[0][..^2] : parts[0], CultureInfo.InvariantCulture) * worth,
            parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
    }

    internal static Dictionary<string, string> Pairs(string text) => text == "-"
        ? []
        : text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
}
