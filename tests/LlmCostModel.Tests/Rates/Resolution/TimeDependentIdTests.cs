namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>A10: an id that means another model at another instant means that in every way of asking.</summary>
public sealed class TimeDependentIdTests
{
    private static readonly TokenUsage Million = new() { Input = 1_000_000 };

    private static readonly CallContext In2024 = new() { At = new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero) };

    private static readonly CallContext In2025 = new() { At = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero) };

    /// <summary>The model of 2024 costs 1, that of 2025 costs 2; <c>prod</c> is deployed as <c>latest</c>.</summary>
    private readonly CostEstimator _estimator = new(
        Options(),
        [],
        [new Latest()]);

    [Theory]
    [InlineData("latest")]
    [InlineData("prod")]
    public void A10_EveryWay_FollowsTheInstant(string id)
    {
        PricedModel handle = _estimator.GetModel(id);
        foreach ((CallContext context, decimal expected) in new[] { (In2025, 2m), (In2024, 1m), (In2025, 2m), (In2024, 1m) })
        {
            Assert.Equal(expected, _estimator.Estimate(id, Million, context).Total?.Amount);
            Assert.Equal(expected, _estimator.Estimate(id.AsSpan(), Million, context).Total?.Amount);
            Assert.Equal(expected, _estimator.Explain(id, Million, context).Total?.Amount);
            Assert.Equal(expected, handle.Estimate(Million, context).Total?.Amount);
            Assert.Equal(expected, handle.Explain(Million, context).Total?.Amount);
            Assert.True(handle.TryGetTotal(Million, context, out decimal total));
            Assert.Equal(expected, total);
        }
    }

    private static LlmCostModelOptions Options()
    {
        LlmCostModelOptions options = new();
        options.AddJson("""
            { "RateCards": { "own": { "Currency": "USD", "Models": { "m-2024": { "PerMillionTokens": { "Input": 1 } }, "m-2025": { "PerMillionTokens": { "Input": 2 } } } } },
              "Deployments": { "prod": "latest" } }
            """, "test.json");
        return options;
    }

    private sealed class Latest : IModelIdNormalizer
    {
        public IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at) =>
            modelId == "latest" ? [new ModelIdCandidate { ModelId = at.Year < 2025 ? "m-2024" : "m-2025", DependsOnTime = true }] : [];
    }
}
