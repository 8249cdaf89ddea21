using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>What changed between two sets of rate cards, at one instant. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CatalogDiff>))]
public sealed record CatalogDiff : IJsonValue<CatalogDiff>
{
    /// <summary>Gets the models that only the second set has, each at its provider.</summary>
    public required IReadOnlyList<ModelAtProvider> Added { get; init => field = EquatableList<ModelAtProvider>.Of(value); } = [];

    /// <summary>Gets the models that only the first set has, each at its provider.</summary>
    public required IReadOnlyList<ModelAtProvider> Removed { get; init => field = EquatableList<ModelAtProvider>.Of(value); } = [];

    /// <summary>Gets the prices that differ for models of both sets.</summary>
    public required IReadOnlyList<PriceDifference> Changed { get; init => field = EquatableList<PriceDifference>.Of(value); } = [];

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
            Changed =
            [
                .. first
                    .Where(pair => second.ContainsKey(pair.Key))
                    .SelectMany(pair => Differences(pair.Key, pair.Value ?? new(), second[pair.Key] ?? new())),
            ],
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
        PriceDifference Of(string what, decimal? first = null, decimal? second = null) =>
            new() { Provider = ToProvider(key), Model = key.Model, What = what, Before = first, After = second };

        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            if (before.PerMillionTokens[bucket] != after.PerMillionTokens[bucket])
            {
                yield return Of(bucket.ToString(), before.PerMillionTokens[bucket], after.PerMillionTokens[bucket]);
            }
        }

        foreach (string meter in before.PerMeter.Keys.Union(after.PerMeter.Keys, StringComparer.OrdinalIgnoreCase))
        {
            decimal? first = before.PerMeter.TryGetValue(meter, out MeterPrice? one) ? one.Price / one.Per : null;
            decimal? second = after.PerMeter.TryGetValue(meter, out MeterPrice? other) ? other.Price / other.Per : null;
            if (first != second)
            {
                yield return Of(meter, first, second);
            }
        }

        if (WithoutPrices(before) != WithoutPrices(after))
        {
            yield return Of("Rules");
        }
    }

    /// <summary>All that changes prices, and neither the base prices nor where and when they were read.</summary>
    private static PriceVersion WithoutPrices(PriceVersion version) => new()
    {
        Rules = version.Rules,
        Never = version.Never,
        Defaults = version.Defaults,
        BilledAs = version.BilledAs,
        MinimumCharge = version.MinimumCharge,
    };

    private static string? ToProvider((string Provider, string Model) key) => key.Provider.Length == 0 ? null : key.Provider;

    private static ModelAtProvider Shown((string Provider, string Model) key) => new() { Provider = ToProvider(key), Model = key.Model };

    /// <summary>Shows how much changed.</summary>
    /// <returns>Such as <c>2 models added, 1 removed, 14 prices changed</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Added.Count} models added, {Removed.Count} removed, {Changed.Count} prices changed");

    private static readonly JsonObject<CatalogDiff> Shape = new JsonObject<CatalogDiff>(
        () => new() { Added = [], Removed = [], Changed = [] })
        .Optional("added", JsonOf.List(JsonOf.Value<ModelAtProvider>()),
            value => value.Added, (owner, value) => owner with { Added = value })
        .Optional("removed", JsonOf.List(JsonOf.Value<ModelAtProvider>()),
            value => value.Removed, (owner, value) => owner with { Removed = value })
        .Optional("changed", JsonOf.List(JsonOf.Value<PriceDifference>()),
            value => value.Changed, (owner, value) => owner with { Changed = value });

    static JsonConverter<CatalogDiff> IJsonValue<CatalogDiff>.Json => Shape;
}
