using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Turns prices in a provider's credits into money: every version becomes as many as there are worths of a credit while it
/// holds.</summary>
internal static class CreditPrices
{
    /// <summary>The versions in money, by their beginning. Where the worth of a credit is not known there is none.</summary>
    /// <param name="versions">Those in credits, by their beginning.</param>
    /// <param name="credit">What a credit is worth.</param>
    internal static List<(PriceVersion Version, CreditWorth Worth)> InMoney(IReadOnlyList<PriceVersion> versions, CreditUnit credit)
    {
        CreditWorth[] worths = [.. credit.Worth.OrderBy(worth => worth.From ?? DateTimeOffset.MinValue)];
        List<(PriceVersion, CreditWorth)> inMoney = [];
        for (int i = 0; i < versions.Count; i++)
        {
            DateTimeOffset? until = Earlier(versions[i].Until, i + 1 < versions.Count ? versions[i + 1].From : null);
            for (int j = 0; j < worths.Length; j++)
            {
                DateTimeOffset? worthUntil = Earlier(worths[j].Until, j + 1 < worths.Length ? worths[j + 1].From : null);
                DateTimeOffset? from = Later(versions[i].From, worths[j].From);
                DateTimeOffset? end = Earlier(until, worthUntil);
                if (from is null || end is null || from < end)
                {
                    inMoney.Add((InMoney(versions[i], worths[j].Amount) with { From = from, Until = end }, worths[j]));
                }
            }
        }

        return inMoney;
    }

    /// <summary>A card with every price in money, at what a credit is worth last.</summary>
    internal static RateCard InMoney(RateCard card) => card.Credit is not { Worth: [.., { Amount: var worth }] }
        ? card
        : card with
        {
            Credit = null,
            Models =
            [
                .. card.Models.Select(model => model with { Versions = [.. model.Versions.Select(version => InMoney(version, worth))] }),
            ],
        };

    /// <summary>Whether a decimal holds every price in money.</summary>
    internal static bool AreExact(PriceVersion version, decimal worth)
    {
        bool all = true;
        Scale(version, price => Product(price, worth, ref all));
        return all;
    }

    private static PriceVersion InMoney(PriceVersion version, decimal worth)
    {
        bool exact = true; // as was validated
        return Scale(version, price => Product(price, worth, ref exact));
    }

    private static decimal Product(decimal price, decimal worth, ref bool exact)
    {
        decimal product = (Rational.From(price) * Rational.From(worth)).ToDecimal(out bool isExact);
        exact &= isExact;
        return product;
    }

    private static PriceVersion Scale(PriceVersion version, Func<decimal, decimal> scale) => version with
    {
        PerMillionTokens = Scale(version.PerMillionTokens, scale)!,
        PerMeter = Scale(version.PerMeter, scale),
        MinimumCharge = scale(version.MinimumCharge),
        Rules = [.. version.Rules.Select(rule => rule with
        {
            PerMillionTokens = Scale(rule.PerMillionTokens, scale),
            AddPerMillionTokens = Scale(rule.AddPerMillionTokens, scale),
            PerMeter = Scale(rule.PerMeter, scale),
            FixedFee = rule.FixedFee is { } fee ? scale(fee) : null,
        })],
    };

    private static TokenRates? Scale(TokenRates? rates, Func<decimal, decimal> scale)
    {
        if (rates is null)
        {
            return null;
        }

        decimal?[] scaled = new decimal?[TokenBuckets.Count];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = rates[(TokenBucket)i] is { } price ? scale(price) : null;
        }

        return new TokenRates(scaled);
    }

    private static ImmutableSortedDictionary<string, MeterPrice> Scale(
        ImmutableSortedDictionary<string, MeterPrice> prices, Func<decimal, decimal> scale) =>
        prices.ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => pair.Value with
            {
                Price = scale(pair.Value.Price),
                Steps = [.. pair.Value.Steps.Select(step => step with { Price = scale(step.Price) })],
            },
            prices.KeyComparer);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => other is null || one > other ? one : other;
}
