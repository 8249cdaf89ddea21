namespace LlmCostModel;

/// <summary>What one id means from an instant on.</summary>
/// <param name="FromTicks">The instant, in UTC ticks; 0 for ever.</param>
/// <param name="Pricing">The model whose prices hold; one without prices where the id has none.</param>
/// <param name="Steps">What the events that led there say, in words; empty for the model of the id itself.</param>
internal sealed record IdPhase(long FromTicks, CompiledPricing Pricing, string[] Steps);
