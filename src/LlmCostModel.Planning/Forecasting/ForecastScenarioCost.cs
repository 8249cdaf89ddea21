using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a plan would cost under a scenario.</summary>
[JsonConverter(typeof(JsonValueConverter<ForecastScenarioCost>))]
public sealed record ForecastScenarioCost : IJsonValue<ForecastScenarioCost>
{
    private readonly EquatableArray<ScenarioCondition> _conditions;

    /// <summary>Gets the name of the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the forecast of the changed plan, with the seed of the plan.</summary>
    public required Forecast Forecast { get; init; }

    /// <summary>Gets its mean over that of the plan, to 6 decimals; <see langword="null"/> where the plan is free.</summary>
    public required decimal? Ratio { get; init; }

    /// <summary>Gets what has to be true for it to cost no more than the plan; empty where both cost the same.</summary>
    public required ImmutableArray<ScenarioCondition> Conditions { get => _conditions; init => _conditions = value; }

    /// <summary>Shows name, mean and ratio in the invariant culture.</summary>
    /// <returns>Such as <c>prices fall by a fifth: mean 1537.6 USD, 0.8 times the plan</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: mean {AmountFormat.ToText(Forecast?.Total.Mean ?? 0)} {Forecast?.Currency}{Times}");

    private string Times => Ratio is { } ratio ? $", {AmountFormat.ToText(ratio)} times the plan" : "";

    private static readonly JsonObject<ForecastScenarioCost> Shape = new JsonObject<ForecastScenarioCost>(
        () => new() { Name = "", Forecast = null!, Ratio = null, Conditions = [] })
        .Required("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Maybe("ratio", JsonOf.Decimal, value => value.Ratio, (owner, value) => owner with { Ratio = value })
        .Optional("conditions", JsonOf.Array(JsonOf.Value<ScenarioCondition>()),
            value => value.Conditions, (owner, value) => owner with { Conditions = value })
        .Required("forecast", JsonOf.Value<Forecast>(), value => value.Forecast, (owner, value) => owner with { Forecast = value });

    static JsonConverter<ForecastScenarioCost> IJsonValue<ForecastScenarioCost>.Json => Shape;
}
