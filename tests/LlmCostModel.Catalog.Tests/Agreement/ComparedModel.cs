using LlmCostModel.Catalog.Tests.Importing;

namespace LlmCostModel.Catalog.Tests.Agreement;

/// <summary>A model that at least two public tables price at a provider of the catalog, with its base prices of input and output: at
/// the day of the tables, or in the last moment of a model that was retired by then.</summary>
internal sealed record ComparedModel(string Provider, string Id, IReadOnlyList<ComparedPrice> Prices)
{
    private static readonly TokenBucket[] Buckets = [TokenBucket.Input, TokenBucket.Output];

    internal static DateTimeOffset At { get; } = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    internal static CostEstimator Ours { get; } = BuiltInCatalog.CreateEstimator();

    internal string Key => $"{Provider} {Id}";

    /// <summary>Whether the catalog prices the input of the model.</summary>
    internal bool IsFound => Prices.Any(price => price is { Bucket: TokenBucket.Input, Ours: not null });

    /// <summary>What the catalog charges for input at an instant; without one, now.</summary>
    internal decimal? InputPrice(DateTimeOffset? at) =>
        Ours.PerMillionTokens(Id, TokenBucket.Input, new CallContext { Provider = Provider, At = at });

    public override string ToString() => $"{Key}: {string.Join("; ", Prices)}";

    internal static IEnumerable<ComparedModel> All()
    {
        HashSet<string> providers = [.. BuiltInCatalog.RateCards.Select(card => card.Provider!)];
        Dictionary<(string Provider, string Id), List<decimal?[]>> stated = [];
        foreach ((PriceTableFormat format, string file) in PublicTableTests.Three)
        {
            ImportResult table = PriceTableImporter.Import(format, PublicTableTests.Load(file));
            CostEstimator estimator = new(table.RateCards);
            HashSet<(string, string)> seen = [];
            foreach (RateCard card in table.RateCards.Where(card => providers.Contains(CrossCheck.ToProvider(card.Provider!))))
            {
                foreach (ModelPricing model in card.Models)
                {
                    (string, string) key = (CrossCheck.ToProvider(card.Provider!), model.Id);
                    decimal?[] prices = Of(estimator, model.Id, card.Provider!, At);
                    if (prices[0] is not null && seen.Add(key))
                    {
                        (stated.TryGetValue(key, out List<decimal?[]>? list) ? list : stated[key] = []).Add(prices);
                    }
                }
            }
        }

        foreach (((string provider, string id), List<decimal?[]> tables) in stated.Where(pair => pair.Value.Count >= 2))
        {
            decimal?[] ours = Of(Ours, id, provider, LastServed.Find(Ours, id, provider, At));
            IEnumerable<ComparedPrice> prices =
                from i in Enumerable.Range(0, Buckets.Length)
                let theirs = tables.Select(table => table[i]).ToArray()
                where ours[i] is not null || theirs.Any(price => price > 0) // a zero beside nothing is how tables write "has no output"
                select new ComparedPrice(Buckets[i], ours[i], theirs, PageStatements.State(provider, id, Buckets[i], ours[i]));
            yield return new ComparedModel(provider, id, [.. prices]);
        }
    }

    private static decimal?[] Of(CostEstimator estimator, string id, string provider, DateTimeOffset at) =>
        [.. Buckets.Select(bucket => estimator.PerMillionTokens(id, bucket, new CallContext { Provider = provider, At = at }))];
}
