namespace LlmCostModel.Catalog;

/// <summary>One price that two sets of rate cards state differently. The type is immutable.</summary>
/// <param name="Provider">The provider; <see langword="null"/> for a card without one.</param>
/// <param name="Model">The id of the model.</param>
/// <param name="What">The token bucket (per 1,000,000 tokens), the meter (per unit), or <c>Rules</c> when rules differ.</param>
/// <param name="Before">The first price; <see langword="null"/> when it is not known there.</param>
/// <param name="After">The second price; <see langword="null"/> when it is not known there.</param>
public sealed record PriceDifference(string? Provider, string Model, string What, decimal? Before, decimal? After);
