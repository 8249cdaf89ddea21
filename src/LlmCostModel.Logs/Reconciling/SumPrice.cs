namespace LlmCostModel.Logs;

/// <summary>What the calls of a sum cost, or would.</summary>
/// <param name="Total">All of it.</param>
/// <param name="ByBucket">What their tokens cost, by kind.</param>
internal readonly record struct SumPrice(decimal Total, IReadOnlyDictionary<TokenBucket, decimal> ByBucket)
{
    /// <summary>What their tokens cost.</summary>
    public decimal Tokens => ByBucket.Values.Sum();
}
