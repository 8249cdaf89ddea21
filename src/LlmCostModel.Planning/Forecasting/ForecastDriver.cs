namespace LlmCostModel.Planning;

/// <summary>How much of the uncertainty comes from one input.</summary>
/// <param name="Input">The name of the input.</param>
/// <param name="Share">Its squared rank correlation with the total, as a share of the sum over all inputs, 0 to 1.</param>
public sealed record ForecastDriver(string Input, double Share);
