using System.Collections.Immutable;
using CsCheck;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>Random rules, valid together: their thresholds ascend, and the marginal ones of a case count one kind of input.</summary>
internal sealed class RuleGen(Magnitudes magnitudes)
{
    private static readonly string[] Zones = ["UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"];

    private static readonly Gen<string[]> Targets =
        Gen.OneOf<string[]>(
            [], [], ["Tokens"], ["Input", "Output"], ["OutputTokens"], ["InputTokens"], ["Units"], ["Image", "Input"],
            ["Reasoning", "CacheWrite5m"], ["CacheWrite1h", "Input", "AudioInput", "Image"]);

    private static readonly Gen<WeeklySchedule> Schedule =
        from days in Gen.Enum<DayOfWeek>().HashSet[0, 4]
        from start in Gen.Int[0, 1_439]
        from length in Gen.Int[1, 1_439]
        from zone in Gen.OneOf(Zones)
        select new WeeklySchedule
        {
            Days = [.. days.Order()],
            Daily = [new(TimeAt(start), TimeAt(start + length))],
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        };

    private static readonly Gen<DateTimeOffset[]> Dates =
        Gen.Int[0, 3 * 365].HashSet[2]
            .Select(days => days.Order().Select(day => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day)).ToArray());

    private static readonly Gen<(string Name, string[] Values)[]> Attributes = Gen.OneOf<(string, string[])[]>(
        [("quality", ["high"])], [("quality", ["low", "High"])], [("size", ["s"])], [("quality", ["high"]), ("size", ["l", "s"])]);

    /// <summary>Factors that add a digit at most: those of card, overlay and fee multiply, and a decimal has 28.</summary>
    private static readonly Gen<decimal> ShortFactor = Gen.OneOf(0m, 0.5m, 2m);

    /// <summary>A condition on anything but size; each part in a few rules.</summary>
    private static readonly Gen<PriceCondition> Condition =
        from place in Gen.Select(
            Few<string[]>([], ["us"], ["eu-*"], ["*", "!us"], ["*"]),
            Few<string[]>([], ["h"], ["other", "H"]),
            Few<string[]>([], ["d"], ["D", "e"]),
            Few<string[]>([], ["A"]))
        from tiers in Few<string[]>([], ["batch"], ["flex", "priority"], ["standard"])
        from schedule in Gen.Null(Schedule, 0.85)
        from dates in Gen.Select(Dates, Gen.Int[0, 9])
        from attributes in Gen.Null(Attributes, 0.65)
        select new PriceCondition
        {
            Regions = [.. place.Item1],
            Providers = [.. place.Item2],
            Deployments = [.. place.Item3],
            Accounts = [.. place.Item4],
            Tiers = [.. tiers],
            Schedule = schedule,
            From = dates.Item2 is 0 or 1 ? dates.Item1[0] : null,
            Until = dates.Item2 is 1 or 2 ? dates.Item1[1] : null,
            Attributes = AttributesOf(attributes),
        };

    /// <summary>Prices of some buckets, at least one.</summary>
    private readonly Gen<TokenRates> _some = Gen.Select(
        magnitudes.Rates(0.6), Gen.Enum<TokenBucket>(), magnitudes.Price, (rates, bucket, price) => rates.With(bucket, price));

    /// <summary>Up to two overlays, whose rules come after those of the card.</summary>
    /// <param name="isFresh">Whether marginal rules count fresh input, those of the card too.</param>
    internal Gen<PriceOverlay[]> Overlays(bool isFresh) =>
        (from providers in Few<string[]>([], ["h"], ["other"])
         from rules in WholeRules(1, 2)
         from marginal in new RuleGen(magnitudes with { Factor = ShortFactor }).MarginalRules(isFresh, 2)
         select new PriceOverlay { Name = "o", Currency = "USD", Providers = [.. providers], Rules = [.. rules, .. marginal] })
        .Array[0, 2]
        .Select(overlays => overlays.Select(
            (overlay, i) => overlay with { Name = $"overlay {i}", Rules = Named(overlay.Rules, $"o{i} ") }).ToArray());

    /// <summary>Rules for the whole request, with sizes that ascend, and what makes every tier one that is sold.</summary>
    internal Gen<PriceRule[]> WholeRules(int fewest, int most) =>
        from rules in Gen.Select(Effect, Condition, Sizes, (effect, when, sizes) => (effect, when, sizes)).Array[fewest, most]
        from thresholds in magnitudes.Threshold.HashSet[most]
        select rules.Zip(thresholds.Order(), (rule, threshold) => rule.effect with
        {
            When = rule.when with
            {
                // A tier with an upper bound would have to meet the next one.
                Tokens =
                [
                    .. rule.sizes.Where(size => size.IsLower || rule.effect.PerMillionTokens is null)
                        .Select(size => new TokenThreshold(size.Basis, size.Comparison, threshold + size.Tokens)),
                ],
            },
        }).ToArray();

    /// <summary>Rules for what lies beyond a size, over one basis of input and over output.</summary>
    internal Gen<PriceRule[]> MarginalRules(bool fresh, int most) =>
        from rules in Gen.Select(
            _some, magnitudes.Factor, Gen.Int[0, 2], Gen.Bool, Gen.Bool,
            Gen.Select(Few<string[]>([], ["us"]), Gen.Null(Attributes, 0.8))).Array[0, most]
        from thresholds in magnitudes.Threshold.HashSet[most]
        select rules.Zip(thresholds.Order(), (rule, threshold) =>
        {
            (TokenRates rates, decimal factor, int effect, bool isInput, bool isAbove, (string[] regions, (string, string[])[]? attributes)) = rule;
            TokenRates beyond = Only(rates.With(isInput ? TokenBucket.Input : TokenBucket.Output, 1), bucket =>
                ReferenceBuckets.IsInput(bucket) == isInput && (!isInput || !fresh || ReferenceBuckets.IsFresh(bucket)));
            TokenBasis basis = !isInput ? TokenBasis.Output : fresh ? TokenBasis.FreshInput : TokenBasis.TotalInput;
            return new PriceRule
            {
                Name = "m",
                Mode = RuleMode.Marginal,
                PerMillionTokens = effect == 0 ? beyond : null,
                Multiply = effect == 1 ? factor : null,
                On = effect == 1 ? [!isInput ? "OutputTokens" : fresh ? "Input" : "InputTokens"] : [],
                AddPerMillionTokens = effect == 2 ? beyond : null,
                When = new()
                {
                    Regions = [.. regions],
                    Attributes = AttributesOf(attributes),
                    Tokens = [new(basis, isAbove ? ThresholdComparison.Above : ThresholdComparison.From, threshold)]
                },
            };
        }).ToArray();

    /// <summary>Whether a rule has something to change in a version, beside other rules; "Image" always has a price.</summary>
    internal static bool Touches(PriceRule rule, PriceVersion version, IEnumerable<PriceRule> others)
    {
        bool IsPriced(TokenBucket bucket) => version.PerMillionTokens[bucket] is not null || version.BilledAs.ContainsKey(bucket)
            || others.Any(other => other.PerMillionTokens?[bucket] is not null);
        bool multiplies = rule.Multiply is not null || rule.Unpriced;
        return rule.PerMillionTokens is not null || rule.PerMeter.Count > 0 || rule.PercentFee is not null || rule.FixedFee is not null
            || (multiplies && (rule.On.IsEmpty || rule.On.Any(name => !Enum.TryParse(name, out TokenBucket bucket) || IsPriced(bucket))))
            || Enum.GetValues<TokenBucket>().Any(bucket => rule.AddPerMillionTokens?[bucket] is not null && IsPriced(bucket));
    }

    internal static ImmutableArray<PriceRule> Named(IEnumerable<PriceRule> rules, string prefix) =>
        [.. rules.Select((rule, i) => rule with { Name = $"{prefix}{i}" })];

    private static Gen<TokenThreshold[]> Sizes => Gen.Frequency(
        (4, Gen.Const(Array.Empty<TokenThreshold>())),
        (3, Gen.Select(Gen.Enum<TokenBasis>(), Gen.Enum<ThresholdComparison>(), (basis, comparison) =>
            new[] { new TokenThreshold(basis, comparison, 0) })),
        (1, Gen.Const(new TokenThreshold[] { new(TokenBasis.TotalInput, ThresholdComparison.From, 0),
            new(TokenBasis.TotalInput, ThresholdComparison.Below, 50_000) })),
        (1, Gen.Const(new TokenThreshold[] { new(TokenBasis.TotalInput, ThresholdComparison.Above, 0),
            new(TokenBasis.Output, ThresholdComparison.From, 0) })));

    /// <summary>What a rule does: mostly one thing, sometimes two.</summary>
    private Gen<PriceRule> Effect =>
        from kind in Gen.Int[0, 15]
        from rates in _some
        from factor in magnitudes.Factor
        from targets in Targets
        from percent in Gen.OneOf(0m, 3m, 5.5m, 10m)
        from fee in Gen.OneOf(0m, 0.01m, 0.000001m, 5m)
        from meter in Gen.Select(Gen.OneOf("Image", "Page", "WebSearch", "Request"), Magnitudes.Meter)
        from isAnnounced in Gen.OneOf(false, false, false, false, true)
        select new PriceRule
        {
            Name = "r",
            Status = isAnnounced ? PriceStatus.Announced : PriceStatus.Confirmed,
            PerMillionTokens = kind is 0 or 1 or 2 or 12 ? rates : null,
            Multiply = kind is 3 or 4 or 5 or 12 or 13 ? factor : null,
            AddPerMillionTokens = kind is 6 or 13 ? rates : null,
            PercentFee = kind is 7 or 14 ? percent : null,
            FixedFee = kind is 8 or 14 ? fee : null,
            PerMeter = kind is 9 or 10 or 11 ? NoMeters.Add(meter.Item1, meter.Item2) : NoMeters,
            Unpriced = kind is 15,
            On = kind is 3 or 4 or 5 or 12 or 13 or 15 ? [.. targets] : [],
        };

    private static readonly ImmutableSortedDictionary<string, MeterPrice> NoMeters = new PriceVersion().PerMeter;

    /// <summary>The first value in three of four cases.</summary>
    private static Gen<T> Few<T>(T usual, params T[] others) => Gen.Frequency((3, Gen.Const(usual)), (1, Gen.OneOf(others)));

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> AttributesOf((string Name, string[] Values)[]? attributes) =>
        (attributes ?? []).Aggregate(
            PriceCondition.Always.Attributes, (all, attribute) => all.Add(attribute.Name, [.. attribute.Values]));

    private static TimeOnly TimeAt(int minute) => TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minute % 1_440));

    private static TokenRates Only(TokenRates rates, Func<TokenBucket, bool> isAllowed) =>
        Enum.GetValues<TokenBucket>().Where(bucket => !isAllowed(bucket)).Aggregate(rates, (left, bucket) => left.With(bucket, null));
}
