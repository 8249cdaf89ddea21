using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>Where traffic could run: a model for every role, or one for each.</summary>
[JsonConverter(typeof(JsonValueConverter<TrafficCandidate>))]
public sealed record TrafficCandidate : IJsonValue<TrafficCandidate>
{
    private static readonly ImmutableSortedDictionary<string, WorkloadCandidate> None =
        ImmutableSortedDictionary.Create<string, WorkloadCandidate>(StringComparer.Ordinal);

    private readonly EquatableMap<string, WorkloadCandidate> _roles;

    /// <summary>Gets what people call it.</summary>
    /// <value>Default <see langword="null"/>: the models.</value>
    public string? Label { get; init; }

    /// <summary>Gets the model of every role that <see cref="Roles"/> does not name.</summary>
    /// <value>Default <see langword="null"/>: each must be named.</value>
    public WorkloadCandidate? Default { get; init; }

    /// <summary>Gets the models of roles, by the names of the roles.</summary>
    /// <value>Default empty.</value>
    public ImmutableSortedDictionary<string, WorkloadCandidate> Roles
    {
        get => _roles.Or(None);
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Roles));
            _roles = value;
        }
    }

    /// <summary>Gets what people call it: the label, or the models in the order of the roles' names.</summary>
    public string Name => Label
        ?? Default?.Label
        ?? string.Join(" + ", new[] { Default }.Concat(Roles.Values).OfType<WorkloadCandidate>().Select(one => one.Label ?? one.Model)
            .Distinct());

    /// <summary>Makes a candidate of one model for every role.</summary>
    /// <param name="candidate">The model, with its cache.</param>
    public static implicit operator TrafficCandidate(WorkloadCandidate candidate) => FromWorkloadCandidate(candidate);

    /// <summary>Makes a candidate of one model for every role.</summary>
    /// <param name="candidate">The model, with its cache.</param>
    /// <returns>The candidate.</returns>
    public static TrafficCandidate FromWorkloadCandidate(WorkloadCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return new() { Label = candidate.Label, Default = candidate };
    }

    /// <summary>Gets the model of a role.</summary>
    /// <param name="role">The name of the role.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">It has none.</exception>
    public WorkloadCandidate GetModel(string role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return Roles.GetValueOrDefault(role) ?? Default
            ?? throw new ArgumentException($"'{Name}' has no model for the role '{role}'. Name one, or a model for all.", nameof(role));
    }

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<TrafficCandidate> Shape = new JsonObject<TrafficCandidate>(() => new())
        .Optional("label", JsonOf.Text, value => value.Label, (owner, value) => owner with { Label = value })
        .Optional("default", JsonOf.Value<WorkloadCandidate>(), value => value.Default, (owner, value) => owner with { Default = value })
        .Optional("roles", JsonOf.Entries(JsonOf.Value<WorkloadCandidate>()), value => [.. value.Roles],
            (owner, list) => owner with { Roles = list.ToImmutableSortedDictionary(StringComparer.Ordinal) });

    static JsonConverter<TrafficCandidate> IJsonValue<TrafficCandidate>.Json => Shape;
}
