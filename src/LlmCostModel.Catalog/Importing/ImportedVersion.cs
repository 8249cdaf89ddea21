using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>The prices of one period of an entry while they are being read.</summary>
internal sealed class ImportedVersion
{
    private readonly Dictionary<string, PriceRule> _rules = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    internal DateTimeOffset? From { get; init; }

    internal DateTimeOffset? Until { get; init; }

    internal TokenRates Rates { get; private set; } = new();

    internal ImmutableSortedDictionary<string, MeterPrice> Units { get; private set; } =
        ImmutableSortedDictionary.Create<string, MeterPrice>(StringComparer.OrdinalIgnoreCase);

    internal bool IsEmpty => Rates == new TokenRates() && Units.IsEmpty && _rules.Count == 0;

    internal void Set(TokenBucket bucket, decimal? price) => Rates = Rates.With(bucket, price ?? Rates[bucket]);

    internal void Set(string meter, MeterPrice? price) => Units = price is null ? Units : Units.SetItem(meter, price);

    /// <summary>Adds a price to the rule of a condition; rules keep the order in which they were first named.</summary>
    internal void SetIn(string rule, PriceCondition when, TokenBucket bucket, decimal price)
    {
        PriceRule known = Rule(rule, when);
        _rules[rule] = known with { PerMillionTokens = (known.PerMillionTokens ?? new TokenRates()).With(bucket, price) };
    }

    internal void SetIn(string rule, PriceCondition when, string meter, MeterPrice price)
    {
        PriceRule known = Rule(rule, when);
        _rules[rule] = known with { PerMeter = known.PerMeter.SetItem(meter, price) };
    }

    internal void Multiply(string rule, PriceCondition when, decimal factor) =>
        _rules[rule] = Rule(rule, when) with { Multiply = factor, On = ["Tokens"] };

    internal PriceVersion ToVersion()
    {
        bool billsReasoning = Rates[TokenBucket.Output] is not null && Rates[TokenBucket.Reasoning] is null;
        return new PriceVersion
        {
            From = From,
            Until = Until,
            Basis = PriceBasis.Tables,
            PerMillionTokens = Rates,
            PerMeter = Units,

            // In all tables the price of output is that of every token the model writes, unless reasoning has one of its own.
            BilledAs = billsReasoning
                ? ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(TokenBucket.Reasoning, TokenBucket.Output)])
                : ImmutableSortedDictionary<TokenBucket, TokenBucket>.Empty,
            Rules = [.. _order.Select(name => _rules[name]).OrderBy(Specificity)],
        };
    }

    /// <summary>Context tiers by ascending threshold, and what holds in fewer cases later, so that it wins.</summary>
    private static (int Conditions, long Threshold) Specificity(PriceRule rule) =>
        ((rule.When.Tokens.IsEmpty ? 0 : 1) + (rule.When.Tiers.IsEmpty ? 0 : 1) + rule.When.Attributes.Count,
            rule.When.Tokens.IsEmpty ? 0 : rule.When.Tokens[0].Tokens);

    private PriceRule Rule(string name, PriceCondition when)
    {
        if (!_rules.TryGetValue(name, out PriceRule? rule))
        {
            rule = new PriceRule { Name = name, When = when };
            _rules.Add(name, rule);
            _order.Add(name);
        }

        return rule;
    }
}
