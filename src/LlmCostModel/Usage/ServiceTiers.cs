namespace LlmCostModel;

/// <summary>The service tiers of <see cref="CallContext.Tier"/> that providers sell, as the rate cards of the built-in catalog name
/// them.</summary>
/// <remarks>The list is open: a tier is whatever a rate card says. Case does not matter.</remarks>
public static class ServiceTiers
{
    /// <summary>What a call gets that asks for nothing: the list price. Providers call it <c>default</c>, <c>standard</c> or
    /// <c>on_demand</c>.</summary>
    public const string Standard = "standard";

    /// <summary>Answered within hours, at a discount. For a batch at another tier, set <see cref="CallContext.Batch"/> besides the
    /// tier.</summary>
    public const string Batch = "batch";

    /// <summary>Answered when there is room, at a discount.</summary>
    public const string Flex = "flex";

    /// <summary>Answered first, at a surcharge.</summary>
    public const string Priority = "priority";

    /// <summary>Generated faster, at a surcharge.</summary>
    public const string Fast = "fast";

    /// <summary>Generated still faster, at a higher surcharge.</summary>
    public const string Ultrafast = "ultrafast";

    /// <summary>Answered by capacity that is paid by the hour (Google's provisioned throughput, Azure's PTU).</summary>
    public const string Provisioned = "provisioned";

    internal static bool IsStandard(string? tier) =>
        string.IsNullOrEmpty(tier)
        || tier.Equals(Standard, StringComparison.OrdinalIgnoreCase)
        || tier.Equals("default", StringComparison.OrdinalIgnoreCase);

    internal static string Normalize(string? tier) => IsStandard(tier) ? Standard : tier!;
}
