using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>The state of an estimator's rates, for health checks. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<RatesStatus>))]
public sealed record RatesStatus : IJsonValue<RatesStatus>
{
    /// <summary>Gets when the rates in use were loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Gets when a later change was refused; <see langword="null"/> when the rates in use are the latest.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Gets what was wrong with the change that was refused; empty when the rates in use are the latest.</summary>
    public IReadOnlyList<string> Faults { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets what is only suspicious about the rates in use.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets whether the rates in use are the latest that were given.</summary>
    public bool IsCurrent => RefusedAt is null;

    /// <summary>Shows when the rates were loaded and what is wrong, in the invariant culture.</summary>
    /// <returns>Such as <c>loaded at 2026-11-20T12:00:00Z, 1 warning</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"loaded at {AmountFormat.ToText(LoadedAt)}, {Warnings.Count} {(Warnings.Count == 1
            ? "warning" : "warnings")}")
        + (RefusedAt is { } refused ? $"; a change was refused at {AmountFormat.ToText(refused)}: {string.Join(" ", Faults)}" : "");

    private static readonly JsonObject<RatesStatus> Shape = new JsonObject<RatesStatus>(() => new() { LoadedAt = default })
        .Required("loadedAt", JsonOf.Instant, value => value.LoadedAt, (owner, value) => owner with { LoadedAt = value })
        .Maybe("refusedAt", JsonOf.Instant, value => value.RefusedAt, (owner, value) => owner with { RefusedAt = value })
        .Optional("faults", JsonOf.List(JsonOf.Text), value => value.Faults, (owner, value) => owner with { Faults = value })
        .Optional("warnings", JsonOf.List(JsonOf.Text), value => value.Warnings, (owner, value) => owner with { Warnings = value });

    static JsonConverter<RatesStatus> IJsonValue<RatesStatus>.Json => Shape;
}
