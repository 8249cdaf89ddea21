using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What one line of a plan is likely to cost.</summary>
[JsonConverter(typeof(JsonValueConverter<ForecastLineCost>))]
public sealed record ForecastLineCost : IJsonValue<ForecastLineCost>
{
    private readonly EquatableArray<decimal> _monthlyMeans;
    private readonly EquatableArray<ForecastLoad> _loads;

    /// <summary>Gets the name of the line; without one, its model.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the model id.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the whole period. The percentiles of lines do not add up to those of the plan; the means do.</summary>
    public required ForecastRange Total { get; init; }

    /// <summary>Gets the mean of each month, rounded to 6 decimals.</summary>
    public required ImmutableArray<decimal> MonthlyMeans { get => _monthlyMeans; init => _monthlyMeans = value; }

    /// <summary>Gets the tokens of each month.</summary>
    public required ImmutableArray<ForecastLoad> Loads { get => _loads; init => _loads = value; }

    /// <summary>Shows name and range in the invariant culture.</summary>
    /// <returns>Such as <c>chat (gpt-4o) from 2026-12-01T00:00:00Z: mean 1922, ...</c>.</returns>
    public override string ToString() => Name == Model ? $"{Name} {Total}" : $"{Name} ({Model}) {Total}";

    private static readonly JsonObject<ForecastLineCost> Shape = new JsonObject<ForecastLineCost>(() => new()
    {
        Name = "",
        Model = "",
        Total = new ForecastRange { From = default, Mean = 0, P5 = 0, P50 = 0, P95 = 0, P99 = 0 },
        MonthlyMeans = [],
        Loads = [],
    })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Required("total", JsonOf.Value<ForecastRange>(), value => value.Total, (owner, value) => owner with { Total = value })
        .Optional("monthlyMeans", JsonOf.Array(JsonOf.Decimal),
            value => value.MonthlyMeans, (owner, value) => owner with { MonthlyMeans = value })
        .Optional("loads", JsonOf.Array(JsonOf.Value<ForecastLoad>()),
            value => value.Loads, (owner, value) => owner with { Loads = value });

    static JsonConverter<ForecastLineCost> IJsonValue<ForecastLineCost>.Json => Shape;
}
