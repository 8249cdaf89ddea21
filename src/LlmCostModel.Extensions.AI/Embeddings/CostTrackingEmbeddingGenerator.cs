using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every batch of embeddings.</summary>
internal sealed class CostTrackingEmbeddingGenerator<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> inner, CostTracker tracker)
    : DelegatingEmbeddingGenerator<TInput, TEmbedding>(inner)
    where TEmbedding : Embedding
{
    private readonly ResponseReader _reader = tracker.Reader();

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        tracker.TrackAsync(
            "embeddings",
            options?.ModelId,
            () => base.GenerateAsync(values, options, cancellationToken),
            embeddings => Read(embeddings.Usage, embeddings.Count > 0 ? embeddings[0].ModelId : null),
            static (embeddings, cost) => CostMarks.Attach((object)embeddings, cost),
            cancellationToken);

    private ReadAnswer Read(UsageDetails? usage, string? model) => _reader.Read(null, usage, model);
}
