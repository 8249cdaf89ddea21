using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Finds prices that may be meant but are more often mistakes of unit or place. They are warnings; strict mode makes them
/// faults.</summary>
internal sealed class SuspicionFinder(FaultList faults)
{
    /// <summary>The costliest price seen is o1-pro's 600 USD per 1,000,000 output tokens.</summary>
    private const decimal ImplausiblePrice = 1_000;

    /// <summary>A price per 1,000 tokens entered as one per 1,000,000, or the other way round, is off by this factor.</summary>
    private const decimal UnitMistake = 1_000;

    /// <summary>The lowest prices seen per 1,000,000 tokens, in USD: pplx-embed-v1-0.6b's input, and the output of llama-prompt-guard-2-22m
    /// at Groq (read 2026-11).</summary>
    private const decimal LowestInput = 0.004m;

    private const decimal LowestOutput = 0.03m;

    /// <summary>The greatest factor seen is six, of a fast tier.</summary>
    private const decimal ImplausibleFactor = 100;

    /// <summary>The greatest fee of a provider that was seen is 5.5 percent; a margin may be many times that.</summary>
    private const decimal ImplausiblePercent = 1_000;

    /// <summary>A call, or a unit of a meter, hardly costs so much.</summary>
    private const decimal ImplausibleAmount = 10_000;

    private const int FewestNeighbours = 3;

    private static readonly Dictionary<TokenBucket, decimal> NoMedians = [];

    internal void Find(RateCard card)
    {
        card = CreditPrices.InMoney(card); // what is plausible is known of money
        FindWholeCardTooLow(card);
        Dictionary<TokenBucket, decimal> medians = Medians(card);
        foreach (ModelPricing model in card.Models)
        {
            string path = RateCardValidator.PathOf(card, model);
            for (int i = 0; i < model.Versions.Length; i++)
            {
                PriceVersion version = model.Versions[i];
                string versionPath = RateCardValidator.PathOf(path, model, i);
                FindIn(versionPath, version.PerMillionTokens, card.Currency, medians);
                FindIn(versionPath, version.PerMeter, card.Currency);
                WarnAbove(ImplausibleAmount, $"{versionPath}:MinimumCharge", version.MinimumCharge, $"{card.Currency} a call");
                for (int j = 0; j < version.Rules.Length; j++)
                {
                    FindIn($"{versionPath}:Rules:{j}", version.Rules[j], version, card.Currency);
                }
            }
        }
    }

    internal void Find(string path, PriceOverlay overlay)
    {
        for (int i = 0; i < overlay.Rules.Length; i++)
        {
            FindIn($"{path}:Rules:{i}", overlay.Rules[i], new PriceVersion(), overlay.Currency ?? "");
        }
    }

    /// <summary>Prices per token or per 1,000 tokens, entered as ones per 1,000,000, are too low for anything that is sold, all of them at
    /// once.</summary>
    private void FindWholeCardTooLow(RateCard card)
    {
        decimal highest = 0;
        decimal lowestShare = decimal.MaxValue; // of the lowest known price
        foreach (TokenRates rates in card.Models.SelectMany(model => model.Versions).Select(version => version.PerMillionTokens))
        {
            foreach (TokenBucket bucket in TokenBuckets.InOrder)
            {
                if (rates[bucket] is not { } price || price == 0 || TokenBuckets.Get(bucket).CacheRole == CacheRole.Read)
                {
                    continue;
                }

                decimal known = TokenBuckets.Get(bucket).Side == TokenSide.Input ? LowestInput : LowestOutput;
                if (price >= known)
                {
                    return;
                }

                highest = Math.Max(highest, price);
                lowestShare = Math.Min(lowestShare, price / known);
            }
        }

        if (highest > 0)
        {
            string factor = lowestShare * UnitMistake >= 1 ? "1,000" : "1,000,000";
            string unit = lowestShare * UnitMistake >= 1 ? "1,000 tokens" : "token";
            faults.Warn(
                RateCardValidator.PathOf(card),
                null,
                $"has no price as high as any known one: its highest is {Text(highest)} {card.Currency} per 1,000,000 tokens.",
                $"Check the unit: prices per {unit} would have to be multiplied by {factor}.");
        }
    }

    private void FindIn(string path, PriceRule rule, PriceVersion version, string currency)
    {
        FindIn(path, rule.PerMeter, currency);
        WarnAbove(ImplausibleFactor, $"{path}:Multiply", rule.Multiply, "times the price");
        WarnAbove(ImplausiblePercent, $"{path}:PercentFee", rule.PercentFee, "percent of the call");
        WarnAbove(ImplausibleAmount, $"{path}:FixedFee", rule.FixedFee, $"{currency} a call");
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            WarnAbove(
                ImplausiblePrice,
                $"{path}:AddPerMillionTokens:{TokenBuckets.NameOf(bucket)}",
                rule.AddPerMillionTokens?[bucket],
                $"{currency} per 1,000,000 tokens");
        }

        if (rule.PerMillionTokens is not { } rates)
        {
            return;
        }

        FindIn(path, rates, currency, NoMedians);
        bool isContextTier = rule.When.Tokens.Any(threshold => threshold.IsLower) && rule.When.Tiers.IsEmpty && rule.When.Schedule is null;
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            if (isContextTier && rates[bucket] < version.PerMillionTokens[bucket])
            {
                faults.Warn(
                    PathOf(path, bucket),
                    Text(rates[bucket]),
                    $"is below the base price ({Text(version.PerMillionTokens[bucket])}) although the call is larger.",
                    "Check that base and tier are not exchanged.");
            }
        }
    }

    private void FindIn(string path, TokenRates rates, string currency, Dictionary<TokenBucket, decimal> medians)
    {
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            if (rates[bucket] is not { } price)
            {
                continue;
            }

            if (price > ImplausiblePrice)
            {
                faults.Warn(
                    PathOf(path, bucket),
                    Text(price),
                    $"is above {ImplausiblePrice} {currency} per 1,000,000 tokens.",
                    "Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.");
            }
            else if (price > 0
                && medians.TryGetValue(bucket, out decimal median)
                && IsUnitMistake(price, median))
            {
                faults.Warn(
                    PathOf(path, bucket),
                    Text(price),
                    $"is {UnitMistake} times off the middle of this card's prices for {bucket} ({Text(median)}).",
                    "Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.");
            }
            else if (bucket == TokenBucket.Output
                && price > 0
                && rates.Input is > 0 and { } input
                && IsUnitMistake(price, input))
            {
                faults.Warn(
                    PathOf(path, bucket),
                    Text(price),
                    $"is {UnitMistake} times off the price of Input ({Text(input)}).",
                    "Check the unit: prices are per 1,000,000 tokens, not per 1,000 or per token.");
            }
        }

        foreach (TokenBucket cached in TokenBuckets.CacheReads)
        {
            TokenBucket fresh = TokenBuckets.Get(cached).Uncached;
            if (rates[cached] > rates[fresh])
            {
                faults.Warn(
                    PathOf(path, cached),
                    Text(rates[cached]),
                    $"is above the price of {fresh} ({Text(rates[fresh])}): reading from the cache would cost more than not caching.",
                    "Check that the two are not exchanged.");
            }
        }

        foreach (TokenBucket write in TokenBuckets.CacheWrites)
        {
            if (rates[write] > 0 && rates[write] < rates.CacheRead)
            {
                faults.Warn(
                    PathOf(path, write),
                    Text(rates[write]),
                    $"is below the price of CacheRead ({Text(rates.CacheRead)}).",
                    "Check that the two are not exchanged.");
            }
        }
    }

    private void FindIn(string path, ImmutableSortedDictionary<string, MeterPrice> prices, string currency)
    {
        foreach ((string meter, MeterPrice price) in prices)
        {
            if (price.Price / ImplausibleAmount > price.Per)
            {
                WarnAbove(ImplausibleAmount, $"{path}:PerMeter:{meter}", price.Price, $"{currency} a unit");
            }
        }
    }

    private void WarnAbove(decimal greatest, string path, decimal? value, string unit)
    {
        if (value > greatest)
        {
            faults.Warn(path, Text(value), $"is above {Text(greatest)} {unit}.", "Check the number and its unit.");
        }
    }

    private static bool IsUnitMistake(decimal price, decimal other) => IsFarAbove(price, other) || IsFarAbove(other, price);

    private static bool IsFarAbove(decimal high, decimal low) => high / UnitMistake >= low; // a product could overflow

    private static Dictionary<TokenBucket, decimal> Medians(RateCard card)
    {
        Dictionary<TokenBucket, decimal> medians = [];
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            List<decimal> prices = [];
            foreach (ModelPricing model in card.Models)
            {
                if (!model.Versions.IsDefaultOrEmpty && model.Versions[^1].PerMillionTokens[bucket] is > 0 and { } price)
                {
                    prices.Add(price);
                }
            }

            if (prices.Count >= FewestNeighbours)
            {
                prices.Sort();
                medians.Add(bucket, prices[prices.Count / 2]);
            }
        }

        return medians;
    }

    private static string PathOf(string path, TokenBucket bucket) => $"{path}:PerMillionTokens:{TokenBuckets.NameOf(bucket)}";

    private static string Text(decimal? price) => AmountFormat.ToText(price!.Value);
}
