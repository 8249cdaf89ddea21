namespace LlmCostModel.Planning;

/// <summary>The spread of an amount over all scenarios. A percentile is the exact price of one scenario; the scenarios themselves are estimates.</summary>
/// <param name="From">The first instant of the period.</param>
/// <param name="Mean">The mean, rounded to 6 decimals.</param>
/// <param name="P50">The amount that half of the scenarios do not exceed.</param>
/// <param name="P95">The amount that 95% of the scenarios do not exceed.</param>
/// <param name="P99">The amount that 99% of the scenarios do not exceed.</param>
public sealed record ForecastRange(DateTimeOffset From, decimal Mean, decimal P50, decimal P95, decimal P99);
