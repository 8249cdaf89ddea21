using CsCheck;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Which rules apply, decided by one rule after the other in the plainest way, against the estimator, which asks as few as it can.</summary>
public class RuleSelectionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string[]> Tiers = Gen.OneOf<string[]>([], ["batch"], ["flex", "batch"], ["standard"], ["Priority"]);

    /// <summary>Tiers that are sold whatever else holds: mostly all that calls name.</summary>
    private static readonly Gen<string[]> Sold = Gen.Frequency((4, Gen.Const<string[]>(["batch", "flex", "priority", "fast"])), (1, Gen.OneOf<string[]>([], ["batch"])));

    private static readonly Gen<DateTimeOffset?> Edge = Gen.Nullable(Gen.Int[0, 4].Select(hours => Start.AddHours(hours)), 0.7);

    private static readonly Gen<PriceCondition> Condition = Gen.Select(
        Gen.Select(Gen.Enum<TokenBasis>(), Gen.Enum<ThresholdComparison>(), Gen.Long[0, 4], (basis, comparison, tokens) => new TokenThreshold(basis, comparison, tokens)).Array[0, 2]
            .Where(sizes => CanHold(sizes)),
        Tiers,
        Gen.OneOf<string[]>([], [], ["us"], ["eu", "us"]),
        Gen.OneOf<string[]>([], [], [], ["d"]),
        Gen.OneOf<string[]>([], [], [], ["a"]),
        Edge,
        Gen.Nullable(Gen.Int[1, 4], 0.7),
        Gen.Select(Gen.OneOf("", "", "quality", "size", "both"), attribute => attribute),
        (tokens, tiers, regions, deployments, accounts, from, hours, attribute) => new PriceCondition
        {
            Tokens = [.. tokens],
            Tiers = [.. tiers],
            Regions = [.. regions],
            Deployments = [.. deployments],
            Accounts = [.. accounts],
            From = from,
            Until = hours is { } length ? (from ?? Start).AddHours(length) : null,
            Attributes = attribute switch
            {
                "" => PriceCondition.Always.Attributes,
                "both" => PriceCondition.Always.Attributes.Add("quality", ["high"]).Add("size", ["s", "m"]),
                _ => PriceCondition.Always.Attributes.Add(attribute, [attribute == "size" ? "s" : "high"]),
            },
        });

    private static readonly Gen<CallContext> Context = Gen.Select(
        Gen.OneOf(null, null, "batch", "BATCH", "flex", "standard", "default", "priority", "fast"),
        Gen.Nullable(Gen.Bool, 0.6),
        Gen.OneOf(null, null, "us", "EU", "mars"),
        Gen.OneOf(null, null, "h"),
        Gen.OneOf(null, null, "d", "e"),
        Gen.OneOf(null, null, "a", "b"),
        Gen.Int[0, 5],
        Gen.OneOf<CallAttributes?>(null, null, [], [new("quality", "high")], [new("quality", "low"), new("size", "S")], [new("other", "x")]),
        (tier, batch, region, provider, deployment, account, hour, attributes) => new CallContext
        {
            Tier = tier,
            Batch = batch,
            Region = region,
            Provider = provider,
            Deployment = deployment,
            Account = account,
            Attributes = attributes,
            At = Start.AddHours(hour),
        });

    [Fact]
    public void AnyCall_HasTheRulesThatApplyOneByOne()
    {
        SampleCounts reached = new();
        Gen.Select(Condition.Array[1, 8], Gen.Bool.Array[8], Sold, Context, Gen.Bool, Gen.Long[0, 5].Array[3], Gen.Bool).Sample(
            (conditions, announced, sold, context, includeAnnounced, counts, withDefault) =>
            {
                PriceRule[] rules =
                [
                    .. conditions.Select((when, i) => new PriceRule { Name = $"r{i}", Multiply = 1 + i, When = when, Status = announced[i] ? PriceStatus.Announced : PriceStatus.Confirmed }),
                    .. sold.Select(tier => new PriceRule { Name = tier, Multiply = 1, When = new() { Tiers = [tier] } }),
                ];
                PriceVersion version = new()
                {
                    PerMillionTokens = new TokenRates { Input = 1, CacheRead = 1, Output = 1 },
                    Rules = [.. rules],
                    Defaults = withDefault ? [new("size", "m")] : [],
                };
                CostEstimator estimator = new(new RateCard { Name = "c", Provider = "h", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [version] }] });
                context = context with { IncludeAnnounced = includeAnnounced };
                TokenUsage usage = new() { Input = counts[0], CacheRead = counts[1], Output = counts[2] };
                (PriceRule Rule, bool? Applies)[] asked = [.. rules.Select(rule => (rule, Applies(rule, usage, context, version.Defaults)))];
                string[] expected = [.. asked.Where(rule => rule.Applies == true).Select(rule => rule.Rule.Name)];
                bool pricesTiers = TiersOf(context).All(tier => asked.Any(rule => rule.Applies == true && rule.Rule.When.Tiers.Contains(tier, StringComparer.OrdinalIgnoreCase)));

                CostReceipt receipt = estimator.Explain("m", usage, context);

                reached.Add(
                    ("no price for the tier", !pricesTiers),
                    ("compared", pricesTiers),
                    ("some rules", pricesTiers && expected.Length > 0 && expected.Length < rules.Length),
                    ("a tier", pricesTiers && TiersOf(context).Any()),
                    ("undecided", pricesTiers && usage != default && asked.Any(rule => rule.Applies is null)));
                if (!pricesTiers)
                {
                    Assert.Equal(CostIssueKind.UnknownTier, Assert.Single(receipt.Issues).Kind);
                    return;
                }

                Assert.Equal(expected, receipt.AppliedRules);
                bool isKnown = usage == default || asked.All(rule => rule.Applies is not null);
                Assert.Equal(isKnown ? CostStatus.Priced : CostStatus.Unpriced, receipt.Status);
                Assert.Equal(isKnown, estimator.GetModel("m").TryGetTotal(usage, context, out decimal total));
                Assert.Equal(receipt.Total?.Amount ?? 0, total);
            },
            iter: SampleSize.Of(20_000));

        reached.AssertReached(("compared", 85), ("some rules", 50), ("a tier", 45), ("undecided", 6), ("no price for the tier", 6));
    }

    /// <summary>Whether any call has such sizes: between 0 and 5 of each, that is, as calls here have.</summary>
    private static bool CanHold(TokenThreshold[] sizes) => Enumerable.Range(0, 7 * 7 * 7).Any(counts =>
        sizes.All(size => Holds(size, new() { Input = counts % 7, CacheRead = counts / 7 % 7, Output = counts / 49 })));

    private static IEnumerable<string> TiersOf(CallContext context) =>
        [.. context.Tier is null or "standard" or "default" ? Array.Empty<string>() : [context.Tier], .. context.Batch == true ? ["batch"] : Array.Empty<string>()];

    /// <summary>Whether a rule applies; null when an attribute that the call does not give decides.</summary>
    private static bool? Applies(PriceRule rule, TokenUsage usage, CallContext context, CallAttributes defaults)
    {
        PriceCondition when = rule.When;
        string[] tiers = [.. TiersOf(context).DefaultIfEmpty("standard")];
        bool holds = (rule.Status == PriceStatus.Confirmed || context.IncludeAnnounced)
            && when.Tokens.All(threshold => Holds(threshold, usage))
            && (when.Tiers.IsEmpty || tiers.Any(tier => when.Tiers.Contains(tier, StringComparer.OrdinalIgnoreCase)))
            && Accepts(when.Regions, context.Region)
            && Accepts(when.Deployments, context.Deployment)
            && Accepts(when.Accounts, context.Account)
            && (when.From is null || context.At >= when.From)
            && (when.Until is null || context.At < when.Until);
        if (!holds)
        {
            return false;
        }

        bool?[] attributes = [.. when.Attributes.Select(pair => (context.Attributes?[pair.Key] ?? defaults[pair.Key]) is { } value ? pair.Value.Contains(value, StringComparer.OrdinalIgnoreCase) : (bool?)null)];
        return attributes.Contains(false) ? false : attributes.Contains(null) ? null : true;
    }

    private static bool Accepts(IEnumerable<string> accepted, string? value) => !accepted.Any() || (value is not null && accepted.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static bool Holds(TokenThreshold threshold, TokenUsage usage)
    {
        long count = threshold.Basis switch { TokenBasis.TotalInput => usage.Input + usage.CacheRead, TokenBasis.FreshInput => usage.Input, _ => usage.Output };
        return threshold.Comparison switch
        {
            ThresholdComparison.Above => count > threshold.Tokens,
            ThresholdComparison.From => count >= threshold.Tokens,
            ThresholdComparison.UpTo => count <= threshold.Tokens,
            _ => count < threshold.Tokens,
        };
    }
}
