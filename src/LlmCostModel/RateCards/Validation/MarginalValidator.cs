using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Checks rules that price only the part of a call beyond a threshold.</summary>
internal sealed class MarginalValidator(FaultList faults)
{
    private static readonly uint FreshInputBuckets = TokenBuckets.MaskOf(TokenBuckets.FreshInputs);

    internal void Validate(string path, PriceRule rule)
    {
        if (rule.Mode != RuleMode.Marginal)
        {
            return;
        }

        if (rule.When.Tokens is not [{ IsLower: true } threshold])
        {
            faults.Add(
                $"{path}:Mode",
                "Marginal",
                "needs exactly one Above or From threshold in When.",
                "Add one such as TotalInputAbove, or use WholeRequest.");
            return;
        }

        uint allowed = threshold.Basis switch
        {
            TokenBasis.TotalInput => RuleTargets.InputBuckets,
            TokenBasis.FreshInput => FreshInputBuckets,
            _ => RuleTargets.OutputBuckets,
        };
        uint touched = 0;
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            bool isNamed = rule.PerMillionTokens?[bucket] is not null || rule.AddPerMillionTokens?[bucket] is not null;
            touched |= isNamed ? 1u << (int)bucket : 0;
        }

        RuleTargets targets = new(rule.On);
        touched |= rule.Multiply is null ? 0 : targets.Buckets;
        bool touchesMore =
            rule.PerMeter.Count > 0
            || rule.PercentFee is not null
            || rule.FixedFee is not null
            || (rule.Multiply is not null && targets.HasUnits);
        if ((touched & ~allowed) != 0 || touchesMore)
        {
            string basis =
                threshold.Basis == TokenBasis.Output ? "output tokens"
                : threshold.Basis == TokenBasis.FreshInput ? "fresh input tokens"
                : "input tokens";
            faults.Add(
                path,
                rule.Name,
                $"is marginal over {basis} but changes other prices, of which no part lies beyond the threshold.",
                $"Change only prices of {basis} (with Multiply, name them in On), or use WholeRequest.");
        }
    }

    internal void ValidateTogether(string path, ImmutableArray<PriceRule> rules)
    {
        (PriceRule Rule, TokenThreshold Threshold)[] marginal =
        [
            .. rules
                .Where(rule => rule.Mode == RuleMode.Marginal && rule.When.Tokens is [{ IsLower: true }])
                .Select(rule => (rule, rule.When.Tokens[0])),
        ];
        for (int i = 0; i < marginal.Length; i++)
        {
            (PriceRule rule, TokenThreshold threshold) = marginal[i];
            foreach ((PriceRule other, TokenThreshold otherThreshold) in marginal.AsSpan(..i))
            {
                bool sameSide = threshold.Basis == TokenBasis.Output == (otherThreshold.Basis == TokenBasis.Output);
                if (sameSide && threshold.Basis != otherThreshold.Basis)
                {
                    faults.Add(
                        $"{path}:Rules",
                        rule.Name,
                        $"is marginal over {threshold.Basis} while '{other.Name}' is over {otherThreshold.Basis}.",
                        "Use one basis for all marginal input rules of a version.");
                }
            }
        }
    }
}
