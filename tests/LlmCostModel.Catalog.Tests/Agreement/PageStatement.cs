namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>
/// What the providers' own pages say, written down from stored copies of them in provider-pages/PROVIDER.txt, one statement a line:
/// model | day | condition | prices | page. Prices are per million tokens of a bucket, or per unit of a meter (0.017/60: per 60 of them);
/// a condition is "-" or names tier, region, total input tokens and attributes.
/// </summary>
internal sealed record PageStatement(string Provider, string Model, string Day, string Condition, string Prices, string Page, string Line)
{
    /// <summary>The prices by the name of bucket or meter, as the line writes them.</summary>
    internal Dictionary<string, string> PriceTexts => Pairs(Prices);

    internal static Dictionary<string, string> Pairs(string text) => text == "-"
        ? []
        : text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
}
