namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>What a compared case reaches, so that a test can say how many cases reach it.</summary>
internal static class CaseFeatures
{
    internal static IEnumerable<string> Of(PricedCase one, ReferenceCost cost)
    {
        if (cost.Refusal is { } refusal)
        {
            return [refusal == CostIssueKind.ImpossibleCombination ? "never" : $"refused: {refusal}"];
        }

        IEnumerable<PriceRule> all = one.Versions.SelectMany(version => version.Rules).Concat(one.Overlays.SelectMany(overlay => overlay.Rules));
        PriceRule[] rules = [.. all.Where(rule => cost.Rules.Contains(rule.Name))];
        bool Any(Func<PriceRule, bool> condition) => rules.Any(condition);
        (string Name, bool Holds)[] features =
        [
            ("compared", cost.Status != CostStatus.Unpriced),
            ("priced", cost.Status == CostStatus.Priced),
            ("partial", cost.Status == CostStatus.Partial),
            ("several versions", one.Versions.Length > 1),
            ("announced", Any(rule => rule.Status == PriceStatus.Announced)),
            ("rules", rules.Length > 0),
            ("overlay", Any(rule => rule.Name[0] == 'o')),
            ("overlay marginal", Any(rule => rule.Name[0] == 'o' && rule.Mode == RuleMode.Marginal)),
            ("marginal over two bases", rules.Where(rule => rule.Mode == RuleMode.Marginal)
                .Select(rule => rule.When.Tokens[0].Basis).Distinct().Count() > 1),
            ("attributes given", one.Context.Attributes is not null),
            ("attributes not given", one.Context.Attributes is null),
            ("tier", one.Context.Tier is not (null or "standard")),
            ("batch", one.Context.Batch == true),
            ("region", Any(rule => !rule.When.Regions.IsEmpty)),
            ("provider", Any(rule => !rule.When.Providers.IsEmpty)),
            ("deployment", Any(rule => !rule.When.Deployments.IsEmpty)),
            ("account", Any(rule => !rule.When.Accounts.IsEmpty)),
            ("period", Any(rule => rule.When.From is not null || rule.When.Until is not null)),
            ("schedule", Any(rule => rule.When.Schedule is not null)),
            ("attribute", Any(rule => rule.When.Attributes.Count > 0)),
            ("size", Any(rule => !rule.When.Tokens.IsEmpty)),
            ("size at its edge", one.Versions.SelectMany(version => version.Rules).SelectMany(rule => rule.When.Tokens)
                .Any(size => size.Tokens == one.Usage.TotalInput)),
            ("several marginal", rules.Count(rule => rule.Mode == RuleMode.Marginal) > 1),
            ("more than 2^60 tokens", Enum.GetValues<TokenBucket>().Max(bucket => one.Usage[bucket]) > 1L << 60),
        ];
        return cost.Status == CostStatus.Unpriced ? []
            : [.. features.Where(feature => feature.Holds).Select(feature => feature.Name), .. cost.Reached];
    }
}
