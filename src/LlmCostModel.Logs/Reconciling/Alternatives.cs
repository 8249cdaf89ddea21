namespace LlmCostModel.Logs;

/// <summary>Lists the ways in which calls may have been billed otherwise than the log says.</summary>
internal sealed class Alternatives(SumPricer pricer)
{
    private static readonly (TokenBucket To, string Text)[] Writes =
    [
        (TokenBucket.CacheWrite5m, "The bill charges cache writes as those for 5 minutes."),
        (TokenBucket.CacheWrite1h, "The bill charges cache writes as those for 1 hour."),
        (TokenBucket.Input, "The bill charges cache writes as fresh input."),
        (TokenBucket.CacheRead, "The bill charges cache writes as cache reads."),
    ];

    /// <summary>All of them for the calls of a day and model.</summary>
    /// <param name="day">The day.</param>
    /// <param name="sums">The calls.</param>
    public IEnumerable<Alternative> Of(DateOnly day, IReadOnlyCollection<LogSum> sums)
    {
        PriceRule[] rules =
        [
            .. sums.Select(sum => pricer.PricingOf(sum.RateCard, sum.Model)).OfType<ModelPricing>().Distinct()
                .SelectMany(pricing => pricing.Versions).SelectMany(version => version.Rules),
        ];
        return [.. Tiers(rules), .. Regions(rules), .. Caches(sums), .. Sizes(sums), .. Times(day, sums), .. Providers(sums)];
    }

    private IEnumerable<Alternative> Tiers(PriceRule[] rules)
    {
        IEnumerable<string> tiers = rules.SelectMany(rule => rule.When.Tiers).Select(tier => tier.ToLowerInvariant())
            .Append(ServiceTiers.Standard).Distinct();
        foreach (string tier in tiers)
        {
            bool isBatch = tier == ServiceTiers.Batch;
            string? named = isBatch || tier == ServiceTiers.Standard ? null : tier;
            yield return new(
                ReconciliationCauseKind.Tier,
                $"The bill has the price of tier '{tier}'.",
                sum => pricer.Price(sum, sum.Key.ModelId, sum.Context with { Tier = named, Batch = isBatch }))
            {
                MayBeOfSome = true,
            };
        }
    }

    private IEnumerable<Alternative> Regions(PriceRule[] rules)
    {
        IEnumerable<string?> regions = rules.SelectMany(rule => rule.When.Regions)
            .Where(region => !region.StartsWith('!') && region != "*").Select(region => region.ToLowerInvariant())
            .Distinct().Prepend(null);
        foreach (string? region in regions)
        {
            string? example = region?.Replace('*', '1'); // eu-* holds eu-1
            yield return new(
                ReconciliationCauseKind.Region,
                region is null ? "The bill has the price without a region." : $"The bill has the price of region '{region}'.",
                sum => pricer.Price(sum, sum.Key.ModelId, sum.Context with { Region = example }))
            {
                MayBeOfSome = true,
            };
        }
    }

    private IEnumerable<Alternative> Caches(IReadOnlyCollection<LogSum> sums)
    {
        if (sums.Any(sum => sum.Usage.TotalCacheRead > 0))
        {
            yield return Moved(ReconciliationCauseKind.CacheRead, "The bill charges cache reads as fresh input.", WithoutReads);
        }

        if (sums.Any(sum => sum.Usage.TotalCacheWrite > 0))
        {
            foreach ((TokenBucket to, string text) in Writes)
            {
                yield return Moved(ReconciliationCauseKind.CacheWrite, text, usage => WithWritesAs(usage, to));
            }
        }

        if (sums.Any(sum => sum.Usage.TotalCacheWrite > 0) && sums.Any(sum => sum.Usage.TotalCacheRead > 0))
        {
            yield return Moved(
                ReconciliationCauseKind.CacheRead,
                "The bill charges all input as fresh.",
                usage => WithWritesAs(WithoutReads(usage), TokenBucket.Input));
        }
    }

    private Alternative Moved(ReconciliationCauseKind kind, string text, Func<TokenUsage, TokenUsage> move) =>
        new(kind, text, sum => pricer.Price(sum, sum.Key.ModelId, sum.Context, move));

    private static TokenUsage WithoutReads(TokenUsage usage)
    {
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            usage = row.CacheRole == CacheRole.Read ? usage.Move(usage[row.Bucket], row.Bucket, row.Uncached) : usage;
        }

        return usage;
    }

    private static TokenUsage WithWritesAs(TokenUsage usage, TokenBucket to)
    {
        foreach (TokenBucket write in TokenBuckets.CacheWrites)
        {
            usage = write == to ? usage : usage.Move(usage[write], write, to);
        }

        return usage;
    }

    /// <summary>All calls as small ones, and as larger than every threshold.</summary>
    private IEnumerable<Alternative> Sizes(IReadOnlyCollection<LogSum> sums)
    {
        TokenThreshold[] thresholds =
            [.. sums.SelectMany(sum => pricer.ThresholdsOf(sum.RateCard, sum.Model)).Distinct().OrderBy(one => one.Tokens)];
        if (thresholds.Length == 0)
        {
            yield break;
        }

        yield return new(
            ReconciliationCauseKind.ContextSize,
            $"The bill charges all calls as smaller than {AmountFormat.ToText(thresholds[0].Tokens)} tokens.",
            sum => pricer.Price(sum, sum.Key.ModelId, sum.Context, sample: Sized(sum.Usage, 1)));
        long most = thresholds[^1].Tokens;
        yield return new(
            ReconciliationCauseKind.ContextSize,
            $"The bill charges all calls as larger than {AmountFormat.ToText(most)} tokens.",
            sum => pricer.Price(sum, sum.Key.ModelId, sum.Context, sample: Sized(sum.Usage, most + 1)));
    }

    private static TokenUsage Sized(in TokenUsage usage, long count)
    {
        TokenUsage sized = default;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            sized = usage[row.Bucket] > 0 ? sized.With(row.Bucket, count) : sized;
        }

        return sized;
    }

    /// <summary>The prices of other versions, and of other hours of the days around.</summary>
    private IEnumerable<Alternative> Times(DateOnly day, IReadOnlyCollection<LogSum> sums)
    {
        HashSet<DateTimeOffset> instants = [];
        List<PricePeriod> seen = [];
        foreach (LogSum sum in sums.DistinctBy(sum => sum.Key.ModelId))
        {
            foreach (PricePeriod period in pricer.PeriodsAround(sum.Key.ModelId, sum.Context.Provider, day))
            {
                if (seen.TrueForAll(other => !other.HasSamePricesAs(period)))
                {
                    seen.Add(period);
                    instants.Add(period.From);
                }
            }

            foreach (PriceVersion version in pricer.PricingOf(sum.RateCard, sum.Model)?.Versions ?? [])
            {
                if (seen.TrueForAll(period => period.Version != version)
                    && (version.From ?? version.Until?.AddTicks(-1)) is { } instant)
                {
                    instants.Add(instant);
                }
            }
        }

        if (instants.Count < 2)
        {
            yield break;
        }

        foreach (DateTimeOffset instant in instants.Order())
        {
            yield return new(
                ReconciliationCauseKind.PriceVersion,
                $"The bill has the prices of {AmountFormat.ToText(instant)}.",
                sum => pricer.Price(sum, sum.Key.ModelId, sum.Context with { At = instant }));
        }
    }

    /// <summary>The prices of others who sell a model of that id, in the same currency.</summary>
    private IEnumerable<Alternative> Providers(IReadOnlyCollection<LogSum> sums)
    {
        if (sums.FirstOrDefault() is not { } first || pricer.Find(first.Key.ModelId, first.Context.Provider) is not { } model)
        {
            yield break;
        }

        string? currency = pricer.Cards.FirstOrDefault(card => card.Name == first.RateCard)?.Currency;
        IEnumerable<string> others = pricer.Cards.Where(card => card.Currency == currency).Select(card => card.Provider)
            .OfType<string>().Where(provider => provider != model.Resolution.Provider).Distinct();
        foreach (string provider in others)
        {
            if (pricer.Find(model.Id, provider) is not null)
            {
                yield return new(
                    ReconciliationCauseKind.Provider,
                    $"The bill has the price of provider '{provider}'.",
                    sum => pricer.Price(sum, model.Id, sum.Context with { Provider = provider }));
            }
        }
    }
}
