namespace LlmCostModel;

/// <summary>What another model consumed inside a call: an Anthropic advisor. It is billed at that model's prices, so it is not part of <see cref="UsageReading.Usage"/>.</summary>
/// <param name="Model">The id of the other model; <see langword="null"/> when the response does not name it.</param>
/// <param name="Usage">What it consumed.</param>
public sealed record OtherModelUsage(string? Model, TokenUsage Usage);
