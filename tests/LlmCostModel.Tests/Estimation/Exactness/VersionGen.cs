using System.Collections.Immutable;
using CsCheck;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>Random versions of a model that follow one another.</summary>
internal sealed class VersionGen(Magnitudes magnitudes)
{
    /// <summary>What is billed as what, each end before those that lead to it.</summary>
    private static readonly (TokenBucket Bucket, TokenBucket As)[] Substitutes =
    [
        (TokenBucket.Reasoning, TokenBucket.Output), (TokenBucket.ImageOutput, TokenBucket.Output),
        (TokenBucket.CacheWrite, TokenBucket.Input), (TokenBucket.CacheWrite5m, TokenBucket.CacheWrite),
        (TokenBucket.CacheWrite1h, TokenBucket.CacheWrite5m), (TokenBucket.AudioInput, TokenBucket.Input),
        (TokenBucket.AudioCacheRead, TokenBucket.CacheRead), (TokenBucket.VideoInput, TokenBucket.ImageInput),
    ];

    /// <summary>The tiers that nearly all versions sell.</summary>
    private static readonly string[] Tiers = ["batch", "flex", "priority"];

    private static readonly Gen<string[][]> Never = Gen.Frequency(
        (2, Gen.Const(Array.Empty<string[]>())),
        (1, Gen.OneOf<string[][]>(
            [["batch", "flex"]], [["r0", "r1"], ["priority", "Image"]], [["flex", "AudioInput"]], [["standard", "r2", "Reasoning"]])));

    internal Gen<PriceVersion[]> Versions(Gen<DateTimeOffset> instant, bool isFresh) =>
        from versions in Version(isFresh).Array[1, 3]
        from instants in instant.HashSet[3]
        from ends in Gen.Int[0, 11].Array[3]
        from isOpen in Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false)))
        from isAnnounced in Gen.OneOf(false, false, true)
        select Following(versions, [.. instants.Order()], ends, isOpen, isAnnounced);

    private static PriceVersion[] Following(PriceVersion[] versions, DateTimeOffset[] starts, int[] ends, bool isOpen, bool isAnnounced) =>
    [
        .. versions.Select((version, i) => WithRulesThatTouch(version with
        {
            From = i == 0 && isOpen ? null : starts[i],
            Until = ends[i] == 0 && (i + 1 == versions.Length || starts[i].AddDays(30) <= starts[i + 1]) ? starts[i].AddDays(30) : null,
            Status = i > 0 && i + 1 == versions.Length && isAnnounced ? PriceStatus.Announced : PriceStatus.Confirmed,
        })),
    ];

    private static PriceVersion WithRulesThatTouch(PriceVersion version) => version with
    {
        Rules = [.. version.Rules.Where(rule => RuleGen.Touches(rule, version, version.Rules))],
    };

    private Gen<PriceVersion> Version(bool isFresh) =>
        from rates in magnitudes.Rates(0.02)
        from substitutes in Gen.Bool.Array[Substitutes.Length]
        from whole in new RuleGen(magnitudes).WholeRules(0, 4)
        from marginal in new RuleGen(magnitudes).MarginalRules(isFresh, 3)
        from tiers in Gen.Select(magnitudes.Factor, Gen.Int[0, 7]).Array[Tiers.Length]
        from meters in Gen.Select(Gen.OneOf("Image", "Page", "WebSearch", "WebSearch", "Request"), Magnitudes.Meter).Array[0, 5]
        from least in Gen.OneOf(0m, 0m, 0.0001m, 0.05m, 10m)
        from never in Never
        from defaults in Gen.OneOf<CallAttributes>([], [new("quality", "low")], [new("size", "s"), new("quality", "high")])
        select WithSubstitutes(
            new PriceVersion
            {
                PerMillionTokens = rates,
                Rules = RuleGen.Named(
                    [
                        .. whole,
                        .. marginal,
                        .. tiers.Select((tier, i) => (tier, i)).Where(pair => pair.tier.Item2 > 0)
                            .Select(pair => new PriceRule { Name = "t", Multiply = pair.tier.Item1,
                                When = new() { Tiers = [Tiers[pair.i]] } }),
                    ],
                    "r"),
                PerMeter = new PriceVersion().PerMeter.SetItems(
                    [Flat("Image"), Flat("Page"), .. meters.Select(meter => KeyValuePair.Create(meter.Item1, meter.Item2))]),
                MinimumCharge = least,
                Never = [.. never.Select(names => names.ToImmutableArray())],
                Defaults = defaults,
            },
            substitutes);

    private static KeyValuePair<string, MeterPrice> Flat(string meter) => KeyValuePair.Create(meter, new MeterPrice { Price = 0.04m });

    /// <summary>Takes the price of what is billed as something else that has one.</summary>
    private static PriceVersion WithSubstitutes(PriceVersion version, bool[] chosen)
    {
        foreach ((TokenBucket bucket, TokenBucket other) in Substitutes.Where((_, i) => chosen[i]))
        {
            if (version.PerMillionTokens[other] is not null || version.BilledAs.ContainsKey(other))
            {
                version = version with
                {
                    PerMillionTokens = version.PerMillionTokens.With(bucket, null),
                    BilledAs = version.BilledAs.Add(bucket, other)
                };
            }
        }

        return version;
    }
}
