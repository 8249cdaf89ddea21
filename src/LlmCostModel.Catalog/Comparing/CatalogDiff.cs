using System.Text;

namespace LlmCostModel.Catalog;

/// <summary>What changed between two sets of rate cards, at one instant. The type is immutable.</summary>
public sealed record CatalogDiff
{
    /// <summary>Gets the models that only the second set has, as host and id.</summary>
    public required IReadOnlyList<(string? Host, string Model)> Added { get; init => field = value ?? []; } = [];

    /// <summary>Gets the models that only the first set has, as host and id.</summary>
    public required IReadOnlyList<(string? Host, string Model)> Removed { get; init => field = value ?? []; } = [];

    /// <summary>Gets the prices that differ for models of both sets.</summary>
    public required IReadOnlyList<PriceDifference> Changed { get; init => field = value ?? []; } = [];

    /// <summary>Compares two sets of rate cards.</summary>
    /// <param name="before">The first set.</param>
    /// <param name="after">The second set.</param>
    /// <param name="at">The instant whose prices are compared; announced ones do not count.</param>
    /// <returns>The differences, sorted by host and model.</returns>
    public static CatalogDiff Between(IEnumerable<RateCard> before, IEnumerable<RateCard> after, DateTimeOffset at)
    {
        SortedDictionary<(string Host, string Model), PriceVersion?> first = InForce(before, at);
        SortedDictionary<(string Host, string Model), PriceVersion?> second = InForce(after, at);
        return new CatalogDiff
        {
            Added = [.. second.Keys.Where(key => !first.ContainsKey(key)).Select(Shown)],
            Removed = [.. first.Keys.Where(key => !second.ContainsKey(key)).Select(Shown)],
            Changed = [.. first.Where(pair => second.ContainsKey(pair.Key)).SelectMany(pair => Differences(pair.Key, pair.Value ?? new(), second[pair.Key] ?? new()))],
        };
    }

    private static SortedDictionary<(string Host, string Model), PriceVersion?> InForce(IEnumerable<RateCard> cards, DateTimeOffset at)
    {
        SortedDictionary<(string Host, string Model), PriceVersion?> models = [];
        foreach (RateCard card in cards)
        {
            foreach (ModelPricing model in card.Models)
            {
                models[(card.Host ?? "", model.Id)] = model.GetVersion(at);
            }
        }

        return models;
    }

    private static IEnumerable<PriceDifference> Differences((string Host, string Model) key, PriceVersion before, PriceVersion after)
    {
        (string? host, string model) = Shown(key);
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            if (before.PerMillionTokens[bucket] != after.PerMillionTokens[bucket])
            {
                yield return new PriceDifference(host, model, bucket.ToString(), before.PerMillionTokens[bucket], after.PerMillionTokens[bucket]);
            }
        }

        foreach (string meter in before.PerUnit.Keys.Union(after.PerUnit.Keys, StringComparer.OrdinalIgnoreCase))
        {
            decimal? first = before.PerUnit.TryGetValue(meter, out UnitPrice? one) ? one.Price / one.Per : null;
            decimal? second = after.PerUnit.TryGetValue(meter, out UnitPrice? other) ? other.Price / other.Per : null;
            if (first != second)
            {
                yield return new PriceDifference(host, model, meter, first, second);
            }
        }

        if (Text(before) != Text(after))
        {
            yield return new PriceDifference(host, model, "Rules", null, null);
        }
    }

    /// <summary>Rules are equal when they are written alike.</summary>
    private static string Text(PriceVersion version)
    {
        PriceVersion rules = new() { Rules = version.Rules, Never = version.Never, Defaults = version.Defaults, BilledAs = version.BilledAs, MinimumCharge = version.MinimumCharge };
        return Encoding.UTF8.GetString(RateCardJson.Write(new RateCard { Name = "c", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [rules] }] }));
    }

    private static (string? Host, string Model) Shown((string Host, string Model) key) => (key.Host.Length == 0 ? null : key.Host, key.Model);
}
