using CsCheck;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>Random calls of valid cards with everything that a card can say, most of them priced.</summary>
/// <remarks>Names, dates and sizes are few, so that conditions hold about as often as not, and calls lie at their edges.</remarks>
internal static class CaseGen
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, 3L * 365 * 24 * 60].Select(minutes => Start.AddMinutes(minutes));

    private static readonly Gen<string> MeterName = Gen.OneOf("Image", "Page", "WebSearch");

    private static readonly Gen<MeteredQuantities> Quantities = Gen.Select(MeterName, Gen.Int[1, 4_000], Gen.Int[0, 2])
        .Select(used => KeyValuePair.Create(used.Item1, new decimal(used.Item2, 0, 0, false, (byte)used.Item3)))
        .Array[0, 2]
        .Select(quantities => MeteredQuantities.Create(quantities));

    private static readonly Gen<CallContext> Context =
        from at in Instant
        from place in Gen.Select(
            Gen.OneOf(null, "h", "H"), Gen.OneOf(null, "us", "eu-west", "global"), Gen.OneOf(null, "d"), Gen.OneOf(null, "a"))
        from tier in Gen.OneOf(null, null, null, null, "standard", "batch", "Flex", "priority")
        from batch in Gen.OneOf<bool?>(null, null, null, false, true)
        from attributes in Gen.OneOf<CallAttributes?>(
            null, [new("quality", "high")], [new("quality", "low"), new("size", "S")], [new("size", "l"), new("quality", "HIGH")])
        from consumed in Gen.Null(Quantities, 0.1)
        from includeAnnounced in Gen.OneOf(false, false, true)
        select new CallContext
        {
            At = at,
            Provider = place.Item1,
            Region = place.Item2,
            Deployment = place.Item3,
            Account = place.Item4,
            Tier = tier,
            Batch = batch,
            Attributes = attributes,
            ConsumedBefore = consumed,
            IncludeAnnounced = includeAnnounced,
        };

    /// <summary>Counts of every day, with prices of nine decimals.</summary>
    internal static readonly Gen<PricedCase> Usual = Of(new(
        Price: Gen.Select(Gen.Int[0, 999_999_999], Gen.Int[6, 9], (mantissa, scale) => new decimal(mantissa, 0, 0, false, (byte)scale)),
        Factor: Gen.OneOf(0m, 0.5m, 1.1m, 1.25m, 2m, 0.1m, 6m, 0.333m),
        Counts: Gen.Frequency((3, Gen.Long[1, 400_000]), (1, Gen.Long[1, 400_000_000])).Array[1, 6],
        Threshold: Gen.Long[0, 300_000]));

    /// <summary>Counts whose sum is up to <see cref="long.MaxValue"/>, with prices for which a decimal holds the amount.</summary>
    internal static readonly Gen<PricedCase> Huge = Of(new(
        Price: Gen.Select(Gen.Int[0, 999], Gen.Int[0, 2], (mantissa, scale) => new decimal(mantissa, 0, 0, false, (byte)scale)),
        Factor: Gen.OneOf(0m, 0.5m, 1.1m, 2m, 0.1m, 6m),
        Counts: Gen.Frequency((1, Gen.Const(new[] { long.MaxValue })), (5, Gen.Long[0, long.MaxValue / 4].Array[1, 4])),
        Threshold: Gen.Long[0, long.MaxValue / 2]));

    private static Gen<PricedCase> Of(Magnitudes magnitudes) =>
        from isFresh in Gen.Bool
        from versions in new VersionGen(magnitudes).Versions(Instant, isFresh)
        from overlays in new RuleGen(magnitudes).Overlays(isFresh)
        from counts in magnitudes.Counts
        from buckets in Gen.Shuffle(Enum.GetValues<TokenBucket>(), 6)
        from meters in Quantities
        from context in Context
        from edge in Gen.Int[0, 9]
        from choice in Gen.Int[0, 1_000]
        select AtEdge(
            new PricedCase(
                new()
                {
                    Name = "card",
                    Provider = "h",
                    Currency = "USD",
                    Models = [new() { Id = PricedCase.Model, Versions = [.. versions] }]
                },
                [.. ThatTouch(overlays, versions)],
                UsageOf(buckets, counts),
                meters,
                context),
            edge,
            choice);

    /// <summary>The overlays without rules that touch no version.</summary>
    private static IEnumerable<PriceOverlay> ThatTouch(PriceOverlay[] overlays, PriceVersion[] versions) =>
        from overlay in overlays
        let rules = overlay.Rules
            .Where(rule => versions.Any(version => RuleGen.Touches(rule, version, [.. version.Rules, .. overlay.Rules])))
            .ToArray()
        where rules.Length > 0
        select overlay with { Rules = [.. rules] };

    private static TokenUsage UsageOf(TokenBucket[] buckets, long[] counts)
    {
        TokenUsage usage = default;
        for (int i = 0; i < counts.Length; i++)
        {
            usage = usage.With(buckets[i], counts[i]);
        }

        return usage;
    }

    /// <summary>Four of ten calls lie where something begins or ends: a size, a date, or the tick before it.</summary>
    private static PricedCase AtEdge(PricedCase one, int edge, int choice)
    {
        PriceRule[] rules = [.. one.Versions.SelectMany(version => version.Rules)];
        long[] sizes = [.. rules.SelectMany(rule => rule.When.Tokens).Select(threshold => threshold.Tokens)];
        DateTimeOffset[] dates =
        [
            .. one.Versions.SelectMany(version => new[] { version.From, version.Until })
                .Concat(rules.SelectMany(rule => new[] { rule.When.From, rule.When.Until })).OfType<DateTimeOffset>(),
        ];
        return edge switch
        {
            0 or 1 when sizes.Length > 0 =>
                one with { Usage = new() { Input = sizes[choice % sizes.Length] + edge, Output = sizes[choice % sizes.Length] } },
            2 when dates.Length > 0 => one with { Context = one.Context with { At = dates[choice % dates.Length] } },
            3 when dates.Length > 0 => one with { Context = one.Context with { At = dates[choice % dates.Length].AddTicks(-1) } },
            _ => one,
        };
    }
}
