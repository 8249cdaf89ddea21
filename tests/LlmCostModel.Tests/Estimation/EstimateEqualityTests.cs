using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Two estimates are equal when everything that they say is; each pair here differs in one thing.</summary>
public sealed class EstimateEqualityTests
{
    private static readonly TokenUsage Both = new() { Input = 1_000_000, Output = 1_000_000 };

    /// <summary>Prices of 1 million of each: 3 in all, 3 otherwise divided, 4, and 1 with the output unknown or free.</summary>
    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "a": { "Currency": "USD", "Models": {
            "three": { "PerMillionTokens": { "Input": 1, "Output": 2 } }, "exchanged": { "PerMillionTokens": { "Input": 2, "Output": 1 } },
            "four": { "PerMillionTokens": { "Input": 1, "Output": 3 } },
            "partial": { "PerMillionTokens": { "Input": 1 } }, "free": { "PerMillionTokens": { "Input": 1, "Output": 0 } } } },
          "b": { "Currency": "EUR", "Models": { "euro": { "PerMillionTokens": { "Input": 1, "Output": 2 } } } } }
        """);

    [Fact]
    public void Estimates_OfTheSame_AreEqual()
    {
        CostEstimate one = Estimator.Estimate("three", in Both);
        CostEstimate two = Estimator.Estimate("three", in Both);

        Assert.True(one == two);
        Assert.False(one != two);
        Assert.True(one.Equals((object)two));
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.False(one.Equals("3 USD"));
    }

    [Theory]
    [InlineData("three", "four")] // total
    [InlineData("three", "exchanged")] // amounts, and the model
    [InlineData("three", "euro")] // currency
    [InlineData("partial", "free")] // status: 1 USD at least, and 1 USD
    public void Estimates_OfOneUsageThatDiffer_AreNotEqual(string left, string right)
    {
        CostEstimate one = Estimator.Estimate(left, in Both);
        CostEstimate two = Estimator.Estimate(right, in Both);

        Assert.False(one == two);
        Assert.True(one != two);
        Assert.False(one.Equals((object)two));
    }

    /// <summary>Output is free, so that any of it costs the same.</summary>
    [Fact]
    public void Estimates_OfTwoUsagesAtOneTotal_AreNotEqual() =>
        Assert.False(Estimator.Estimate("free", in Both) == Estimator.Estimate("free", Both with { Output = 5 }));

    /// <summary>One rule after the other of eight, and every two of them: more than the six whose rows stand in an array.</summary>
    [Fact]
    public void Estimate_AnyTwoOfEightRules_MultipliesByBoth()
    {
        const int Rules = 8;
        string rules = string.Join(", ", Enumerable.Range(0, Rules).Select(i => FormattableString.Invariant(
            $$"""{ "Name": "r{{i}}", "When": { "Attributes": { "a{{i}}": "on" } }, "Multiply": {{i + 2}} }""")));
        string defaults = string.Join(", ", Enumerable.Range(0, Rules).Select(i => FormattableString.Invariant($"\"a{i}\": \"off\"")));
        CostEstimator estimator = Cards.Model($$"""
            "PerMillionTokens": { "Input": 1 }, "Defaults": { {{defaults}} }, "Rules": [ {{rules}} ]
            """);
        TokenUsage million = new() { Input = 1_000_000 };
        for (int i = 0; i < Rules; i++)
        {
            for (int j = 0; j < Rules; j++)
            {
                CallAttributes attributes = CallAttributes.Empty.With($"a{i}", "on").With($"a{j}", "on");
                decimal expected = i == j ? i + 2 : (i + 2) * (j + 2);
                Assert.Equal(expected, estimator.Estimate("m", in million, new CallContext { Attributes = attributes }).Total?.Amount);
            }
        }
    }

    /// <summary>Of two attributes that decide, one has a default and one is given: only the third is missing.</summary>
    [Fact]
    public void Estimate_AttributeThatNeitherCallNorDefaultGives_IsNamed()
    {
        CostEstimate estimate = Cards.Model("""
            "PerMillionTokens": { "Input": 1 }, "Defaults": { "a": "x" }, "Rules": [
              { "Name": "r", "When": { "Attributes": { "a": "x", "b": "y", "c": "z" } }, "Multiply": 2 } ]
            """).Estimate("m", new TokenUsage { Input = 1 }, new CallContext { Attributes = [new("b", "y")] });

        CostIssue issue = Assert.Single(estimate.Issues);
        Assert.Equal((CostIssueKind.MissingAttribute, "c"), (issue.Kind, issue.Subject));
    }
}
