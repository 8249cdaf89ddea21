using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>One token below, at and above a threshold, for every mode and comparison. Base 1, tier 2 per million.</summary>
public class TierEdgeTests
{
    private const long N = 200_000;

    // Whole request: all N tokens at 1 or at 2. Below N: (N-1) x 1 = 0.199999; at N: 0.2 or 0.4; above: (N+1) x 2 = 0.400002.
    [Theory]
    [InlineData("Above", N - 1, "0.199999")]
    [InlineData("Above", N, "0.2")]
    [InlineData("Above", N + 1, "0.400002")]
    [InlineData("From", N - 1, "0.199999")]
    [InlineData("From", N, "0.4")]
    [InlineData("From", N + 1, "0.400002")]
    [InlineData("UpTo", N - 1, "0.399998")]
    [InlineData("UpTo", N, "0.4")]
    [InlineData("UpTo", N + 1, "0.200001")]
    [InlineData("Below", N - 1, "0.399998")]
    [InlineData("Below", N, "0.2")]
    [InlineData("Below", N + 1, "0.200001")]
    public void WholeRequest_AtTheEdge(string comparison, long tokens, string expected)
    {
        string rule = $$"""{ "Name": "long", "When": { "TotalInput{{comparison}}": {{N}} }, "PerMillionTokens": { "Input": 2 } }""";
        AssertTotal(expected, rule, new TokenUsage { Input = tokens });
    }

    // Marginal: the first N tokens at 1, what lies beyond at 2; at the threshold nothing lies beyond it.
    [Theory]
    [InlineData("Above", N - 1, "0.199999")]
    [InlineData("Above", N, "0.2")]
    [InlineData("Above", N + 1, "0.200002")]
    [InlineData("From", N - 1, "0.199999")]
    [InlineData("From", N, "0.2")]
    [InlineData("From", N + 1, "0.200002")]
    public void Marginal_AtTheEdge(string comparison, long tokens, string expected)
    {
        string rule = $$"""{ "Name": "long", "Mode": "Marginal", "When": { "TotalInput{{comparison}}": {{N}} }, "PerMillionTokens": { "Input": 2 } }""";
        AssertTotal(expected, rule, new TokenUsage { Input = tokens });
    }

    [Theory]
    [InlineData("TotalInput", "0.41")] // 210,000 in all: above; fresh 150,000 x 2 + read 50,000 x 2 + 10,000 written x 1
    [InlineData("FreshInput", "0.21")] // 150,000 fresh: not above; everything at 1
    [InlineData("Output", "0.21")]
    public void WholeRequest_CountsItsBasis(string basis, string expected)
    {
        string rule = $$"""{ "Name": "long", "When": { "{{basis}}Above": {{N}} }, "PerMillionTokens": { "Input": 2, "CacheRead": 2 } }""";
        AssertTotal(expected, rule, new TokenUsage { Input = 150_000, CacheRead = 50_000, CacheWrite = 10_000 });
    }

    [Fact]
    public void Marginal_CachedPromptBeginsWithTheCache()
    {
        // 150,000 read + 100,000 fresh: of the fresh ones 50,000 lie beyond 200,000: 150,000 x 1 + 50,000 x 1 + 50,000 x 2 = 0.3
        string rule = """{ "Name": "long", "Mode": "Marginal", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 2, "CacheRead": 2 } }""";
        AssertTotal("0.3", rule, new TokenUsage { Input = 100_000, CacheRead = 150_000 });
    }

    [Fact]
    public void Marginal_FreshInput_LeavesTheCacheAlone()
    {
        // 500,000 read x 1 + 200,000 fresh x 1 + 50,000 fresh x 2 = 0.8
        string rule = """{ "Name": "long", "Mode": "Marginal", "When": { "FreshInputAbove": 200000 }, "PerMillionTokens": { "Input": 2 } }""";
        AssertTotal("0.8", rule, new TokenUsage { Input = 250_000, CacheRead = 500_000 });
    }

    [Fact]
    public void Marginal_SeveralThresholds_PriceEachStretch()
    {
        // 100 x 1 + 100 x 2 + 50 x 4 = 500 per million
        string rules = """
            { "Name": "a", "Mode": "Marginal", "When": { "OutputAbove": 100 }, "PerMillionTokens": { "Output": 2 } },
            { "Name": "b", "Mode": "Marginal", "When": { "OutputAbove": 200 }, "PerMillionTokens": { "Output": 4 } }
            """;
        CostReceipt receipt = Estimator(rules).Explain("m", new TokenUsage { Output = 250 });
        Assert.Equal(0.0005m, receipt.Total?.Amount);
        Assert.Equal([(100m, 1m), (100m, 2m), (50m, 4m)], receipt.Lines.Select(line => (line.Quantity, line.Rate)));
        Assert.Equal(["", "a", "b"], receipt.Lines.Select(line => string.Join(',', line.Rules)));
    }

    [Theory]
    [InlineData(32_000, "0.032")] // x 1
    [InlineData(32_001, "0.064002")] // x 2
    [InlineData(128_001, "0.384003")] // x 3
    public void WholeRequest_SeveralThresholds_TheHighestCrossedCounts(long tokens, string expected)
    {
        string rules = """
            { "Name": "32k", "When": { "TotalInputAbove": 32000 }, "PerMillionTokens": { "Input": 2 } },
            { "Name": "128k", "When": { "TotalInputAbove": 128000 }, "PerMillionTokens": { "Input": 3 } }
            """;
        AssertTotal(expected, rules, new TokenUsage { Input = tokens });
    }

    [Fact]
    public void WholeRequest_BucketThatTheTierDoesNotName_KeepsItsBasePrice()
    {
        // 300,000 x 2 + 1,000 output x 1 = 0.601
        string rule = """{ "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 2 } }""";
        AssertTotal("0.601", rule, new TokenUsage { Input = 300_000, Output = 1_000 });
    }

    private static CostEstimator Estimator(string rules) =>
        Cards.Model($$""" "PerMillionTokens": { "Input": 1, "CacheRead": 1, "CacheWrite": 1, "Output": 1 }, "Rules": [ {{rules}} ] """);

    private static void AssertTotal(string expected, string rules, TokenUsage usage)
    {
        CostEstimator estimator = Estimator(rules);
        Assert.Equal(expected + " USD", estimator.Estimate("m", usage).ToString());
        Assert.Equal(estimator.Estimate("m", usage).Total?.Amount, estimator.Explain("m", usage).Lines.Sum(line => line.Amount));
    }
}
