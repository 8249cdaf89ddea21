namespace LlmCostModel;

/// <summary>Short forms of what an estimator does.</summary>
public static class CostEstimatorExtensions
{
    /// <summary>Works out what a call of input and output alone costs, now and at the standard tier.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="modelId">The model id as the provider or the application writes it.</param>
    /// <param name="inputTokens">The tokens of the prompt, none of them read from or written to a cache; not negative.</param>
    /// <param name="outputTokens">The tokens of the answer, reasoning left out; not negative.</param>
    /// <returns>The estimate. What is not known is in its status and issues, never a silent zero.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="estimator"/> or <paramref name="modelId"/> is <see
    /// langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="UnpricedException">The options ask for strictness and something is not priced.</exception>
    public static CostEstimate Estimate(this ICostEstimator estimator, string modelId, long inputTokens, long outputTokens)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return estimator.Estimate(modelId, new TokenUsage { Input = inputTokens, Output = outputTokens });
    }
}
