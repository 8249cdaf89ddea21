using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Rates as one load made them, with what the next one is compared with.</summary>
internal sealed record LoadedRates(PriceIndex Index, RatesStatus Status, bool Strict)
{
    /// <summary>Whether a change may take away what is in use: <see cref="LlmCostModelOptions.AllowLossOnReload"/>.</summary>
    internal bool AllowsLoss { get; init; }

    internal int Overlays { get; init; }

    internal int Deployments { get; init; }

    /// <summary>The parts of the application's configuration that held something.</summary>
    internal ImmutableArray<ConfigurationPart> Parts { get; init; } = [];
}
