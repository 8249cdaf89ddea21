using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What one role of the sampled traffic consumed and cost.</summary>
[JsonConverter(typeof(JsonValueConverter<TrafficRoleCost>))]
public sealed record TrafficRoleCost : IJsonValue<TrafficRoleCost>
{
    private readonly EquatableArray<double> _lengths;

    /// <summary>Gets the name of the role.</summary>
    public required string Role { get; init; }

    /// <summary>Gets what its requests consumed and cost: all of them, of the sampled conversations.</summary>
    public required CandidateCost Cost { get; init; }

    /// <summary>Gets how different the outputs of its requests are, reasoning included: the standard deviation over the mean.</summary>
    public double OutputVariation { get; init; }

    /// <summary>Gets by how much the cost of a month departs from its mean beyond what single requests of chance explain, times the square
    /// root of the conversations of the month: requests come by conversations, some of them long.</summary>
    public double Clustering { get; init; }

    /// <summary>Gets prompt lengths that stand for those of all its requests, each for as many of them.</summary>
    public ImmutableArray<double> PromptLengths { get => _lengths; init => _lengths = value; }

    /// <summary>Shows role and cost in the invariant culture.</summary>
    /// <returns>Such as <c>editor: gpt-5-mini: 2.5 USD</c>.</returns>
    public override string ToString() => $"{Role}: {Cost}";

    private static readonly JsonObject<TrafficRoleCost> Shape = new JsonObject<TrafficRoleCost>(() => new()
    {
        Role = "",
        Cost = new CandidateCost
        {
            Candidate = new WorkloadCandidate { Model = "" },
            Status = CostStatus.Unpriced,
            Issues = [],
            Totals = default
        },
    })
        .Required("role", JsonOf.Text, value => value.Role, (owner, value) => owner with { Role = value })
        .Required("cost", JsonOf.Value<CandidateCost>(), value => value.Cost, (owner, value) => owner with { Cost = value })
        .Optional("outputVariation", JsonOf.Double, value => value.OutputVariation, (owner, value) =>
            owner with { OutputVariation = value })
        .Optional("clustering", JsonOf.Double, value => value.Clustering, (owner, value) => owner with { Clustering = value })
        .Optional("promptLengths", JsonOf.Array(JsonOf.Double),
            value => value.PromptLengths, (owner, value) => owner with { PromptLengths = value });

    static JsonConverter<TrafficRoleCost> IJsonValue<TrafficRoleCost>.Json => Shape;
}
