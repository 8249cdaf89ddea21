namespace LlmCostModel;

/// <summary>One model's place in a comparison.</summary>
/// <param name="RequestedId">The id as it was given.</param>
/// <param name="Estimate">What the usage costs there.</param>
/// <param name="Ratio">How many times the cheapest it costs, at full decimal precision; <see langword="null"/> when it is not wholly priced or the cheapest is free.</param>
public sealed record CostComparison(string RequestedId, CostEstimate Estimate, decimal? Ratio);
