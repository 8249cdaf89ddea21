namespace LlmCostModel.Planning;

/// <summary>What a call of a line costs on average while prices stay as they are.</summary>
internal abstract class CallPrice
{
    /// <summary>The mean over calls of all lengths.</summary>
    internal abstract decimal GetMean(in CallMeans means);

    /// <summary>The variance of what a single call costs over the square of its mean.</summary>
    internal abstract double GetVariance(in CallMeans means);
}
