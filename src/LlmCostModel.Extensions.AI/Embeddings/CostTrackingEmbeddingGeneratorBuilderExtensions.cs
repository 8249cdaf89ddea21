using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Puts a cost on every call of an embedding generator.</summary>
public static class CostTrackingEmbeddingGeneratorBuilderExtensions
{
    /// <summary>Prices every call. Call this last: caches belong outside, so that a replay costs nothing.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The type of embedding.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="estimator">Prices the calls; <see langword="null"/> takes the registered <see cref="ICostEstimator"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">When the generator is built: there is no estimator.</exception>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder,
        ICostEstimator? estimator = null,
        Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(
            (inner, services) =>
            {
                EmbeddingGeneratorMetadata? client = inner.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
                return new CostTrackingEmbeddingGenerator<TInput, TEmbedding>(
                    inner,
                    new CostTracker(estimator, configure, services, client.Identify(inner))
                );
            }
        );
    }
}
