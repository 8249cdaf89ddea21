namespace LlmCostModel.Catalog.Tests;

/// <summary>Asks an estimator for a price as tables and pages state it.</summary>
internal static class CatalogPrices
{
    /// <summary>What a million tokens of a bucket cost in a call of so many input tokens in all; <see langword="null"/> where unpriced.</summary>
    internal static decimal? PerMillionTokens(this ICostEstimator estimator, string model, TokenBucket bucket, CallContext context, long input = 0)
    {
        bool isInput = !bucket.ToString().EndsWith("Output", StringComparison.Ordinal) && bucket != TokenBucket.Reasoning;
        long tokens = isInput ? Math.Max(input, 1_000) : 1_000;
        TokenUsage usage = new() { Input = isInput ? 0 : input, [bucket] = tokens };
        return estimator.Estimate(model, usage, context).GetAmount(bucket) / tokens * 1_000_000;
    }
}
