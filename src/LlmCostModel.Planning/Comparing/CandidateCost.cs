using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a workload costs at one candidate.</summary>
[JsonConverter(typeof(JsonValueConverter<CandidateCost>))]
public sealed record CandidateCost : IJsonValue<CandidateCost>
{
    private readonly EquatableArray<CostIssue> _issues;
    private readonly EquatableArray<string> _assumptions;
    private readonly EquatableArray<string> _notes;

    /// <summary>Gets the candidate.</summary>
    public required WorkloadCandidate Candidate { get; init; }

    /// <summary>Gets the policy that was simulated: the candidate's with the minimum of its model, or the model's own; <see
    /// langword="null"/> without a cache.</summary>
    public CachePolicy? Cache { get; init; }

    /// <summary>Gets whether everything, a part or nothing was priced.</summary>
    public required CostStatus Status { get; init; }

    /// <summary>Gets the reasons why something is not priced, each once.</summary>
    public required ImmutableArray<CostIssue> Issues { get => _issues; init => _issues = value; }

    /// <summary>Gets what the candidate would consume.</summary>
    public required CacheTotals Totals { get; init; }

    /// <summary>Gets the exact sum over all requests; <see langword="null"/> when nothing was priced, a lower bound when only a part
    /// was.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets how many times the cheapest it costs, to 28 digits; <see langword="null"/> when it is not wholly priced or the
    /// cheapest is free.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>Gets what a solved task costs in the currency of <see cref="Total"/>, to 28 digits; <see langword="null"/> when the quality
    /// is not known or 0, or not everything is priced.</summary>
    public decimal? AmountPerSolved { get; init; }

    /// <summary>Gets whether no candidate is better for the same money or less; <see langword="false"/> when the quality is not known or
    /// not everything is priced.</summary>
    public bool OnFrontier { get; init; }

    /// <summary>Gets what was taken for granted, in sentences.</summary>
    public ImmutableArray<string> Assumptions { get => _assumptions; init => _assumptions = value; }

    /// <summary>Gets what a reader should know: a policy that its model does not have, a price that the hour decides.</summary>
    public ImmutableArray<string> Notes { get => _notes; init => _notes = value; }

    /// <summary>Shows candidate, cost and ratio in the invariant culture.</summary>
    /// <returns>Such as <c>o1: 16.5 USD (29.59 times the cheapest), on the frontier</c>.</returns>
    public override string ToString()
    {
        string amount = Total is { } total ? total.ToString() : "unpriced";
        string cost = Status == CostStatus.Partial ? $"at least {amount}" : amount;
        string ratio = Ratio is { } times ? $" ({AmountFormat.ToText(decimal.Round(times, 2))} times the cheapest)" : "";
        string reasons = Issues.IsEmpty ? "" : $": {string.Join(" ", Issues)}";
        return $"{Candidate?.Label ?? Candidate?.Model}: {cost}{ratio}{(OnFrontier ? ", on the frontier" : "")}{reasons}";
    }

    private static readonly JsonObject<CandidateCost> Shape = new JsonObject<CandidateCost>(
        () => new() { Candidate = new WorkloadCandidate { Model = "" }, Status = CostStatus.Unpriced, Issues = [], Totals = default })
        .Required("candidate", JsonOf.Value<WorkloadCandidate>(),
            value => value.Candidate, (owner, value) => owner with { Candidate = value })
        .Required("status", JsonOf.Name<CostStatus>(), value => value.Status, (owner, value) => owner with { Status = value })
        .Maybe("total", JsonOf.Value<Money>(), value => value.Total, (owner, value) => owner with { Total = value })
        .Maybe("ratio", JsonOf.Decimal, value => value.Ratio, (owner, value) => owner with { Ratio = value })
        .Maybe("amountPerSolved", JsonOf.Decimal,
            value => value.AmountPerSolved, (owner, value) => owner with { AmountPerSolved = value })
        .Optional("onFrontier", JsonOf.Flag, value => value.OnFrontier, (owner, value) => owner with { OnFrontier = value })
        .Required("totals", JsonOf.Value<CacheTotals>(), value => value.Totals, (owner, value) => owner with { Totals = value })
        .Optional("issues", JsonOf.Array(JsonOf.Value<CostIssue>()),
            value => value.Issues, (owner, value) => owner with { Issues = value })
        .Optional("cache", JsonOf.Value<CachePolicy>(), value => value.Cache, (owner, value) => owner with { Cache = value })
        .Optional("assumptions", JsonOf.Array(JsonOf.Text),
            value => value.Assumptions, (owner, value) => owner with { Assumptions = value })
        .Optional("notes", JsonOf.Array(JsonOf.Text), value => value.Notes, (owner, value) => owner with { Notes = value });

    static JsonConverter<CandidateCost> IJsonValue<CandidateCost>.Json => Shape;
}
