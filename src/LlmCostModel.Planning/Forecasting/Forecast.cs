using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a plan is likely to cost.</summary>
[JsonConverter(typeof(JsonValueConverter<Forecast>))]
public sealed record Forecast : IJsonValue<Forecast>
{
    private readonly EquatableArray<ForecastRange> _months;
    private readonly EquatableArray<ForecastDriver> _drivers;
    private readonly EquatableArray<string> _assumptions;
    private readonly EquatableArray<ForecastLineCost> _lines;
    private readonly EquatableArray<string> _notes;

    /// <summary>Gets the plan.</summary>
    public required ForecastPlan Plan { get; init; }

    /// <summary>Gets the ISO 4217 code of the currency of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Gets whether nothing was uncertain: then every amount is exact and all of them are equal.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Gets the whole period.</summary>
    public required ForecastRange Total { get; init; }

    /// <summary>Gets the months in order; their percentiles do not add up to those of the whole.</summary>
    public required ImmutableArray<ForecastRange> Months { get => _months; init => _months = value; }

    /// <summary>Gets the lines in the order of the plan.</summary>
    public required ImmutableArray<ForecastLineCost> Lines { get => _lines; init => _lines = value; }

    /// <summary>Gets the share of scenarios that exceed the budget, 0 to 1; <see langword="null"/> without a budget.</summary>
    public required double? ProbabilityOverBudget { get; init; }

    /// <summary>Gets what the uncertainty comes from, the main driver first; empty when nothing was uncertain.</summary>
    public required ImmutableArray<ForecastDriver> Drivers { get => _drivers; init => _drivers = value; }

    /// <summary>Gets what the plan leaves out and may matter, a sentence each; empty when nothing was noticed.</summary>
    public ImmutableArray<string> Notes { get => _notes; init => _notes = value; }

    /// <summary>Gets what was assumed, a sentence each.</summary>
    public required ImmutableArray<string> Assumptions { get => _assumptions; init => _assumptions = value; }

    /// <summary>Shows model, amounts and the share over budget, in the invariant culture.</summary>
    /// <returns>Such as <c>o1 for 12 months in USD, from 2026-12-01T00:00:00Z: mean 1922, ...; 3.1% exceed the budget</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Plan?.Label} for {Plan?.Months} months in {Currency}, {Total}")
        + (ProbabilityOverBudget is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"; {share * 100:0.#}% exceed the budget")
            : "");

    private static readonly JsonObject<Forecast> Shape = new JsonObject<Forecast>(
        () => new()
        {
            Plan = new ForecastPlan { Start = default, Lines = [new() { Model = "", Requests = 0, PromptTokens = 0 }] },
            Currency = "",
            IsExact = false,
            Total = new ForecastRange { From = default, Mean = 0, P5 = 0, P50 = 0, P95 = 0, P99 = 0 },
            Months = [],
            Lines = [],
            ProbabilityOverBudget = null,
            Drivers = [],
            Assumptions = [],
        })
        .Required("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Required("isExact", JsonOf.Flag, value => value.IsExact, (owner, value) => owner with { IsExact = value })
        .Required("total", JsonOf.Value<ForecastRange>(), value => value.Total, (owner, value) => owner with { Total = value })
        .Maybe("probabilityOverBudget", JsonOf.Double,
            value => value.ProbabilityOverBudget, (owner, value) => owner with { ProbabilityOverBudget = value })
        .Optional("months", JsonOf.Array(JsonOf.Value<ForecastRange>()),
            value => value.Months, (owner, value) => owner with { Months = value })
        .Optional("lines", JsonOf.Array(JsonOf.Value<ForecastLineCost>()),
            value => value.Lines, (owner, value) => owner with { Lines = value })
        .Optional("drivers", JsonOf.Array(JsonOf.Value<ForecastDriver>()),
            value => value.Drivers, (owner, value) => owner with { Drivers = value })
        .Optional("assumptions", JsonOf.Array(JsonOf.Text),
            value => value.Assumptions, (owner, value) => owner with { Assumptions = value })
        .Optional("notes", JsonOf.Array(JsonOf.Text), value => value.Notes, (owner, value) => owner with { Notes = value })
        .Required("plan", JsonOf.Value<ForecastPlan>(), value => value.Plan, (owner, value) => owner with { Plan = value });

    static JsonConverter<Forecast> IJsonValue<Forecast>.Json => Shape;
}
