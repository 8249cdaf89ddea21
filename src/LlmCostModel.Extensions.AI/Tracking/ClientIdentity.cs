namespace LlmCostModel.Extensions.AI;

/// <summary>Who a client says it talks to.</summary>
internal sealed record ClientIdentity(string? Provider, Uri? Address, string? DefaultModel);
