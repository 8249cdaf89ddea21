namespace LlmCostModel.Logs;

/// <summary>What a cloud's name for a charge says.</summary>
/// <param name="Model">The id of the model; <see langword="null"/> when the name of the model is not known.</param>
/// <param name="Provider">Who bills it.</param>
/// <param name="Bucket">Which tokens.</param>
/// <param name="Tier">The service tier; <see langword="null"/> for the standard one.</param>
/// <param name="Region">Where they are served, as far as the name says.</param>
internal sealed record ChargedTokens(string? Model, string Provider, TokenBucket Bucket, string? Tier, string? Region);
