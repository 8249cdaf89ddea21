namespace LlmCostModel.Tests.Rates.Resolution;

public class IdResolverTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A name whose target moves has another price afterwards, also through a deployment: 1 USD until April, then 2.</summary>
    [Theory]
    [InlineData("m-latest")]
    [InlineData("prod")]
    public void MovingAlias_AskedForAtTwoInstants_IsNotRemembered(string id)
    {
        LlmCostModelOptions options = new() { Deployments = { ["prod"] = new ModelDeployment { Model = "m-latest" } } };
        options.AddJson(
            """
            { "Currency": "USD", "Models": {
              "m-1": { "PerMillionTokens": { "Input": 1 } },
              "m-2": { "PerMillionTokens": { "Input": 2 } } } }
            """u8.ToArray(),
            "test.json");

        CostEstimator estimator = new(options, [], [new Latest()]);

        Assert.Equal(1, estimator.Estimate(id, Million, new CallContext { At = March }).Total?.Amount);
        Assert.Equal(2, estimator.Estimate(id, Million, new CallContext { At = March.AddMonths(1) }).Total?.Amount);
    }

    /// <summary>An id that leads to nothing yet may lead to a model later, so that the failure is not remembered either.</summary>
    [Fact]
    public void FutureAlias_AskedForTooEarly_IsFoundLater()
    {
        CostEstimator estimator = new(Options(), [], [new Future()]);

        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("m-next", Million, new CallContext { At = March }).Status);
        Assert.Equal(1, estimator.Estimate("m-next", Million, new CallContext { At = March.AddMonths(1) }).Total?.Amount);
        Assert.Equal(CostStatus.Unpriced, estimator.Estimate("m-next", Million, new CallContext { At = March }).Status);
    }

    /// <summary>What is remembered of an id holds for one provider: 1 USD at the first, 2 at the second, none at a third.</summary>
    [Fact]
    public void RememberedId_AtAnotherHost_IsLookedUpAnew()
    {
        CostEstimator estimator = new(Options());
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(1, estimator.Estimate("SHARED", Million, new CallContext { Provider = "a" }).Total?.Amount);
            Assert.Equal(2, estimator.Estimate("SHARED", Million, new CallContext { Provider = "b" }).Total?.Amount);
            Assert.Equal(CostIssueKind.UnknownProvider, Assert.Single(estimator.Estimate("SHARED", Million, new CallContext { Provider = "c" }).Issues).Kind);
            Assert.Equal(CostIssueKind.AmbiguousProvider, Assert.Single(estimator.Estimate("SHARED", Million).Issues).Kind);
        }
    }

    /// <summary>More ids and providers than are remembered: the answers stay right.</summary>
    [Fact]
    public void ManyOddIds_DoNotDisplaceTheAnswers()
    {
        CostEstimator estimator = new(Options());
        for (int i = 0; i < 10_000; i++)
        {
            string odd = $"odd-{i}";
            Assert.Contains($"'{odd}'", Assert.Single(estimator.Estimate(odd, Million).Issues).Message, StringComparison.Ordinal);
            Assert.Equal(CostStatus.Unpriced, estimator.Estimate("SHARED", Million, new CallContext { Provider = odd }).Status);
            Assert.Equal(1, estimator.Estimate("M-1", Million).Total?.Amount);
        }
    }

    private static LlmCostModelOptions Options()
    {
        LlmCostModelOptions options = new();
        options.AddJson(
            """
            { "a": { "Provider": "a", "Currency": "USD", "Models": { "m-1": { "PerMillionTokens": { "Input": 1 } }, "shared": { "PerMillionTokens": { "Input": 1 } } } },
              "b": { "Provider": "b", "Currency": "USD", "Models": { "shared": { "PerMillionTokens": { "Input": 2 } } } } }
            """u8.ToArray(),
            "test.json");
        return options;
    }

    private sealed class Future : IModelIdNormalizer
    {
        public IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at) =>
            modelId == "m-next" && at > March ? [new() { ModelId = "m-1", Steps = null!, DependsOnTime = true }] : [];
    }

    private sealed class Latest : IModelIdNormalizer
    {
        public IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at) =>
            modelId == "m-latest" ? [new() { ModelId = at < March.AddMonths(1) ? "m-1" : "m-2", Steps = null!, DependsOnTime = true }] : [];
    }
}
