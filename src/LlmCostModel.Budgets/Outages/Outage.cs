namespace LlmCostModel.Budgets.Outages;

/// <summary>A time in which a store cannot be relied on.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Began">The same, as a timestamp of the clock.</param>
/// <param name="Failure">Why.</param>
internal sealed record Outage(DateTimeOffset Since, long Began, Exception Failure);
