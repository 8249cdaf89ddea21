using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Compilation;

/// <summary>Callers choose the attributes: rows for their combinations are bounded, and the prices the same whether they are kept or made
/// anew.</summary>
public sealed class RareRowsTests
{
    private const int Rules = 40;

    private static readonly string Card = Cards.ModelCard($"\"PerMillionTokens\": {{ \"Input\": 1 }}, \"Rules\": [ {string.Join(
        ", ", Enumerable.Range(0, Rules).Select(i => $$"""{ "Name": "r{{i}}", "When": { "Attributes": { "a{{i}}": "yes" } }, "AddPerMillionTokens": { "Input": {{i + 1}} } }"""))} ]");

    [Fact]
    public void Get_MoreThanTheCapacity_StartsAnew()
    {
        RateCard card = Assert.Single(Cards.Parse(Card));
        CompiledVersion version = new CompiledPricing(card, card.Models[0], isUserCard: false, []).Versions[0];
        RareRows rows = new();
        PriceRow first = rows.Get(Combination(1), version);

        Assert.Same(first, rows.Get(Combination(1), version));
        for (int number = 2; number <= RareRows.Capacity; number++)
        {
            rows.Get(Combination(number), version);
        }

        Assert.Same(first, rows.Get(Combination(1), version));
        Assert.Equal(RareRows.Capacity, rows.Count);
        rows.Get(Combination(RareRows.Capacity + 1), version);
        Assert.Equal(1, rows.Count);
        Assert.NotSame(first, rows.Get(Combination(1), version));
    }

    /// <summary>Ten times as many combinations as are kept, from two threads: a call with the rules i costs 1 + the sum of i + 1.</summary>
    [Fact]
    public void Estimate_AnyCombination_IsPricedByItsRules()
    {
        CostEstimator estimator = Cards.Estimator(Card);
        Parallel.For(0, 10 * RareRows.Capacity, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            long bits = (number * 2_654_435_761L) & ((1L << Rules) - 1);
            CallAttributes attributes = CallAttributes.Empty;
            decimal expected = 1;
            for (int i = 0; i < Rules; i++)
            {
                bool applies = (bits >> i & 1) == 1;
                attributes = attributes.With($"a{i}", applies ? "yes" : "no");
                expected += applies ? i + 1 : 0;
            }

            CostEstimate estimate = estimator.Estimate("m", new TokenUsage { Input = 1_000_000 }, new CallContext { Attributes = attributes });
            Assert.Equal(expected, estimate.Total?.Amount);
        });
    }

    private static RuleCombination Combination(int number)
    {
        RuleSet rules = default;
        for (int i = 0; i < 16; i++)
        {
            rules = (number >> i & 1) == 1 ? rules.With(i) : rules;
        }

        return new(rules, default);
    }
}
