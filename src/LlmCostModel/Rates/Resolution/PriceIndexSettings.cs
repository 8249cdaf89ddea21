using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>What besides the rate cards decides how ids are found.</summary>
internal sealed record PriceIndexSettings
{
    internal ImmutableArray<PriceOverlay> Overlays { get; init; } = [];

    internal ImmutableArray<PrepaidPool> Pools { get; init; } = [];

    internal ImmutableDictionary<string, ModelDeployment> Deployments { get; init; } =
        ImmutableDictionary.Create<string, ModelDeployment>(StringComparer.OrdinalIgnoreCase);

    internal ImmutableArray<IModelIdNormalizer> Normalizers { get; init; } = [];

    internal MatchKind WeakestMatch { get; init; } = MatchKind.Normalized;

    internal bool Strict { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
