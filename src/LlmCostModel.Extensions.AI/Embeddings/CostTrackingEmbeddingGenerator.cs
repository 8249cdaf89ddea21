using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Prices every batch of embeddings.</summary>
internal sealed class CostTrackingEmbeddingGenerator<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> inner, CostTracker tracker)
    : DelegatingEmbeddingGenerator<TInput, TEmbedding>(inner)
    where TEmbedding : Embedding
{
    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallStart call = tracker.Begin("embeddings", options?.ModelId);
        GeneratedEmbeddings<TEmbedding> embeddings;
        try
        {
            embeddings = await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            tracker.RecordFailure(in call, exception);
            throw;
        }

        CallReading reading = UsageDetailsReader.Read(embeddings.Usage);
        CallCost cost = tracker.Price(in call, in reading, embeddings.Count > 0 ? embeddings[0].ModelId : null);
        ResponseCostExtensions.Attach(embeddings, new StrongBox<CallCost>(cost));
        tracker.Record(in call, cost);
        return embeddings;
    }
}
