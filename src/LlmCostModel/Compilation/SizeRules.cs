namespace LlmCostModel;

/// <summary>What the rules of a version ask of the size of a call: for every threshold, which of them are left above it and which up to
/// it.</summary>
internal sealed class SizeRules
{
    private readonly Step[] _steps;

    internal SizeRules(CompiledRule[] rules)
    {
        (TokenBasis Basis, long Limit)[] limits =
        [
            .. rules
                .SelectMany(rule => rule.Rule.When.Tokens)
                .Select(threshold => (threshold.Basis, LimitOf(threshold)))
                .Distinct()
                .Order(),
        ];
        _steps = [.. limits.Select(limit => new Step(limit.Basis, limit.Limit, rules))];
    }

    /// <summary>Those of a set of rules whose thresholds hold.</summary>
    internal RuleSet Ask(RuleSet rules, in TokenUsage usage)
    {
        TokenBasis basis = default;
        long count = -1;
        foreach (ref readonly Step step in _steps.AsSpan())
        {
            if (count < 0 || step.Basis != basis)
            {
                basis = step.Basis;
                count = ContextSize.Of(basis, in usage);
            }

            rules &= count > step.Limit ? step.LeftAbove : step.LeftUpTo;
        }

        return rules;
    }

    /// <summary>Every comparison is one of "more than a limit" or its opposite.</summary>
    internal static long LimitOf(TokenThreshold threshold) =>
        threshold.Comparison is ThresholdComparison.Above or ThresholdComparison.UpTo ? threshold.Tokens : threshold.Tokens - 1;

    private readonly struct Step
    {
        internal Step(TokenBasis basis, long limit, CompiledRule[] rules)
        {
            Basis = basis;
            Limit = limit;
            foreach (CompiledRule rule in rules)
            {
                IEnumerable<TokenThreshold> here = rule.Rule.When.Tokens.Where(threshold =>
                    threshold.Basis == basis && LimitOf(threshold) == limit);
                LeftAbove = here.All(threshold => threshold.IsLower) ? LeftAbove.With(rule.Index) : LeftAbove;
                LeftUpTo = here.All(threshold => !threshold.IsLower) ? LeftUpTo.With(rule.Index) : LeftUpTo;
            }
        }

        internal TokenBasis Basis { get; }

        internal long Limit { get; }

        internal RuleSet LeftAbove { get; }

        internal RuleSet LeftUpTo { get; }
    }
}
