using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>What beside the rate cards decides how a table answers.</summary>
internal sealed record PriceTableSettings
{
    internal ImmutableArray<PriceOverlay> Overlays { get; init; } = [];

    internal ImmutableDictionary<string, ModelDeployment> Deployments { get; init; } = ImmutableDictionary.Create<string, ModelDeployment>(StringComparer.OrdinalIgnoreCase);

    internal ImmutableArray<IModelIdNormaliser> Normalisers { get; init; } = [];

    internal MatchKind WeakestMatch { get; init; } = MatchKind.Normalised;

    internal bool Strict { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
