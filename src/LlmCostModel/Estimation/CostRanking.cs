namespace LlmCostModel;

/// <summary>Puts estimates of one usage in order.</summary>
internal static class CostRanking
{
    internal static IReadOnlyList<CostComparison> Rank(List<(string Id, CostEstimate Estimate)> results)
    {
        string[] currencies =
        [
            .. results.Select(result => result.Estimate.Total?.Currency).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        if (currencies.Length > 1)
        {
            throw new InvalidOperationException(
                $"Cannot rank prices in several currencies ({string.Join(", ", currencies)}). Compare the models of one currency, or "
                    + $"convert the estimates with an ExchangeRate first.");
        }

        (string Id, CostEstimate Estimate)[] ranked =
        [
            .. results
                .OrderByDescending(result => result.Estimate.Status)
                .ThenBy(result => result.Estimate.Total?.Amount ?? 0),
        ];
        decimal cheapest = ranked is [{ Estimate: { Status: CostStatus.Priced } first }, ..] ? first.Total!.Value.Amount : 0;
        return
        [
            .. ranked.Select(result => new CostComparison
            {
                RequestedId = result.Id,
                Estimate = result.Estimate,
                Ratio = Ratio(result.Estimate, cheapest),
            }),
        ];
    }

    private static decimal? Ratio(CostEstimate estimate, decimal cheapest)
    {
        if (estimate.Status != CostStatus.Priced || cheapest <= 0)
        {
            return null;
        }

        try
        {
            return estimate.Total!.Value.Amount / cheapest;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
