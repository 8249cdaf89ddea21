using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a plan is likely to cost.</summary>
public sealed record Forecast
{
    /// <summary>Gets the plan.</summary>
    public required ForecastPlan Plan { get; init; }

    /// <summary>Gets the ISO 4217 code of the currency of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Gets whether nothing was uncertain: then every amount is exact and all of them are equal.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Gets the whole period.</summary>
    public required ForecastRange Total { get; init; }

    /// <summary>Gets the months in order; their percentiles do not add up to those of the whole.</summary>
    public required ImmutableArray<ForecastRange> Months { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the share of scenarios that exceed the budget, 0 to 1; <see langword="null"/> without a budget.</summary>
    public required double? ProbabilityOverBudget { get; init; }

    /// <summary>Gets what the uncertainty comes from, the main driver first; empty when nothing was uncertain.</summary>
    public required ImmutableArray<ForecastDriver> Drivers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets what was assumed, a sentence each.</summary>
    public required ImmutableArray<string> Assumptions { get; init => field = value.IsDefault ? [] : value; } = [];
}
