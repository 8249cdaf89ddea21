using System.Collections.Immutable;

namespace LlmCostModel.Budgets;

/// <summary>When a budget alerts.</summary>
/// <param name="Thresholds">At which shares of its limit, in their order.</param>
/// <param name="ProjectsOverrun">Whether an overrun that comes at this pace is said beforehand.</param>
/// <param name="SpikeFactor">How many times as much as before for the time is a spike; <see langword="null"/> for never.</param>
internal sealed record AlertRules(ImmutableArray<decimal> Thresholds, bool ProjectsOverrun, decimal? SpikeFactor)
{
    internal static AlertRules None { get; } = new([], false, null);
}
