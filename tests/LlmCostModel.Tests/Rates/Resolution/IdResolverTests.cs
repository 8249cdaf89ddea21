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

    private sealed class Latest : IModelIdNormalizer
    {
        public IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at) =>
            modelId == "m-latest" ? [new() { ModelId = at < March.AddMonths(1) ? "m-1" : "m-2", Steps = null!, DependsOnTime = true }] : [];
    }
}
