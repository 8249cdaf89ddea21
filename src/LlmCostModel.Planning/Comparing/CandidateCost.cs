using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a workload costs at one candidate.</summary>
public sealed record CandidateCost
{
    /// <summary>Gets the candidate.</summary>
    public required WorkloadCandidate Candidate { get; init; }

    /// <summary>Gets whether everything, a part or nothing was priced.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the reasons why something is not priced, each once.</summary>
    public required ImmutableArray<CostIssue> Issues { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets what the candidate would consume.</summary>
    public required CacheTotals Totals { get; init; }

    /// <summary>Gets the exact sum over all requests; <see langword="null"/> when nothing was priced, a lower bound when only a part was.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets how many times the cheapest it costs, to 28 digits; <see langword="null"/> when it is not wholly priced or the cheapest is free.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>Gets what a solved task costs in the currency of <see cref="Total"/>, to 28 digits; <see langword="null"/> when the quality is not known or 0, or not everything is priced.</summary>
    public decimal? AmountPerSolved { get; init; }

    /// <summary>Gets whether no candidate is better for the same money or less; <see langword="false"/> when the quality is not known or not everything is priced.</summary>
    public bool OnFrontier { get; init; }
}
