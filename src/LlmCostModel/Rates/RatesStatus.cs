namespace LlmCostModel;

/// <summary>The state of an estimator's rates, for health checks. The type is immutable.</summary>
public sealed record RatesStatus
{
    /// <summary>Gets when the rates in use were loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Gets when a later change was refused; <see langword="null"/> when the rates in use are the latest.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Gets what was wrong with the change that was refused; empty when the rates in use are the latest.</summary>
    public IReadOnlyList<string> Faults { get; init => field = value ?? []; } = [];

    /// <summary>Gets what is only suspicious about the rates in use.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value ?? []; } = [];

    /// <summary>Gets whether the rates in use are the latest that were given.</summary>
    public bool IsCurrent => RefusedAt is null;
}
