using System.Collections.Immutable;

namespace LlmCostModel.Logs;

/// <summary>What a <see cref="FocusDataset"/> cannot know from logs.</summary>
public sealed class FocusOptions
{
    /// <summary>Gets the versions of FOCUS that can be written.</summary>
    public static ImmutableArray<string> Versions { get; } = ["1.2", "1.4"];

    /// <summary>Gets or sets the version of FOCUS.</summary>
    /// <value>One of <see cref="Versions"/>; default <c>1.2</c>.</value>
    public string Version { get; set; } = "1.2";

    /// <summary>Gets or sets the id of the account that is billed. No log states it, and FOCUS allows no row without one.</summary>
    /// <value>Default <c>llmcost</c>, which says who counted.</value>
    public string BillingAccountId { get; set; } = "llmcost";

    /// <summary>Gets or sets the name of the account that is billed.</summary>
    /// <value>Default <see langword="null"/>: it has no name.</value>
    public string? BillingAccountName { get; set; }

    /// <summary>Gets or sets the zone in which days and months begin.</summary>
    /// <value>Default <see langword="null"/>: UTC. Instants are written in UTC whatever the zone.</value>
    public TimeZoneInfo? TimeZone { get; set; }
}
