namespace LlmCostModel;

/// <summary>The service tier names that have a meaning of their own; all others are whatever rate cards say.</summary>
internal static class ServiceTier
{
    internal const string Standard = "standard";

    internal const string Batch = "batch";

    internal static bool IsStandard(string? tier) =>
        string.IsNullOrEmpty(tier) || tier.Equals(Standard, StringComparison.OrdinalIgnoreCase) || tier.Equals("default", StringComparison.OrdinalIgnoreCase);

    internal static string Normalize(string? tier) => IsStandard(tier) ? Standard : tier!;
}
