using System.Text;

namespace LlmCostModel.Catalog;

/// <summary>What changed between two sets of rate cards, at one instant. The type is immutable.</summary>
public sealed record CatalogDiff
{
    /// <summary>Gets the models that only the second set has, as provider and id.</summary>
    public required IReadOnlyList<(string? Provider, string Model)> Added { get; init => field = value ?? []; } = [];

    /// <summary>Gets the models that only the first set has, as provider and id.</summary>
    public required IReadOnlyList<(string? Provider, string Model)> Removed { get; init => field = value ?? []; } = [];

    /// <summary>Gets the prices that differ for models of both sets.</summary>
    public required IReadOnlyList<PriceDifference> Changed { get; init => field = value ?? []; } = [];

    /// <summary>Compares two sets of rate cards.</summary>
    /// <param name="before">The first set.</param>
    /// <param name="after">The second set.</param>
    /// <param name="at">The instant whose prices are compared; announced ones do not count.</param>
    /// <returns>The differences, sorted by provider and model.</returns>
    public static CatalogDiff Compare(IEnumerable<RateCard> before, IEnumerable<RateCard> after, DateTimeOffset at)
    {
        SortedDictionary<(string Provider, string Model), PriceVersion?> first = InForce(before, at);
        SortedDictionary<(string Provider, string Model), PriceVersion?> second = InForce(after, at);
        return new CatalogDiff
        {
            Added = [.. second.Keys.Where(key => !first.ContainsKey(key)).Select(Shown)],
            Removed = [.. first.Keys.Where(key => !second.ContainsKey(key)).Select(Shown)],
            Changed = [.. first.Where(pair => second.ContainsKey(pair.Key)).SelectMany(pair => Differences(pair.Key, pair.Value ?? new(), second[pair.Key] ?? new()))],
        };
    }

    private static SortedDictionary<(string Provider, string Model), PriceVersion?> InForce(IEnumerable<RateCard> cards, DateTimeOffset at)
    {
        SortedDictionary<(string Provider, string Model), PriceVersion?> models = [];
        foreach (RateCard card in cards)
        {
            foreach (ModelPricing model in card.Models)
            {
                models[(card.Provider ?? "", model.Id)] = model.GetVersion(at);
            }
        }

        return models;
    }

    private static IEnumerable<PriceDifference> Differences((string Provider, string Model) key, PriceVersion before, PriceVersion after)
    {
        (string? provider, string model) = Shown(key);
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            if (before.PerMillionTokens[bucket] != after.PerMillionTokens[bucket])
            {
                yield return new PriceDifference(provider, model, bucket.ToString(), before.PerMillionTokens[bucket], after.PerMillionTokens[bucket]);
            }
        }

        foreach (string meter in before.PerMeter.Keys.Union(after.PerMeter.Keys, StringComparer.OrdinalIgnoreCase))
        {
            decimal? first = before.PerMeter.TryGetValue(meter, out MeterPrice? one) ? one.Price / one.Per : null;
            decimal? second = after.PerMeter.TryGetValue(meter, out MeterPrice? other) ? other.Price / other.Per : null;
            if (first != second)
            {
                yield return new PriceDifference(provider, model, meter, first, second);
            }
        }

        if (Text(before) != Text(after))
        {
            yield return new PriceDifference(provider, model, "Rules", null, null);
        }
    }

    /// <summary>Rules are equal when they are written alike.</summary>
    private static string Text(PriceVersion version)
    {
        PriceVersion rules = new() { Rules = version.Rules, Never = version.Never, Defaults = version.Defaults, BilledAs = version.BilledAs, MinimumCharge = version.MinimumCharge };
        return Encoding.UTF8.GetString(RateCardJson.Write(new RateCard { Name = "c", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [rules] }] }));
    }

    private static (string? Provider, string Model) Shown((string Provider, string Model) key) => (key.Provider.Length == 0 ? null : key.Provider, key.Model);
}
