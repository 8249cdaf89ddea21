namespace LlmCostModel.Planning;

/// <summary>What a call of a line consumes on average in one scenario.</summary>
/// <param name="Prompt">The prompt tokens.</param>
/// <param name="HitRate">The share of them that is read from a cache.</param>
/// <param name="Output">The output tokens without reasoning.</param>
/// <param name="Reasoning">The reasoning tokens.</param>
/// <param name="Others">The tokens of other buckets, then the units of meters, in the order of the line.</param>
internal readonly record struct CallMeans(double Prompt, double HitRate, double Output, double Reasoning, double[] Others);
