using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What is expected to happen, month by month: the traffic of one model or of several, whose costs add up.</summary>
[JsonConverter(typeof(JsonValueConverter<ForecastPlan>))]
public sealed record ForecastPlan : IJsonValue<ForecastPlan>
{
    private readonly EquatableArray<ForecastLine> _lines;

    /// <summary>Gets the first instant of the first month.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Gets the number of months, 1 to 120.</summary>
    /// <value>Default 12.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Months
    {
        get;
        init =>
            field = value is >= 1 and <= 120
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Months), value, "A forecast is for 1 to 120 months.");
    } = 12;

    /// <summary>Gets the traffic, a line for each model or use.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public required ImmutableArray<ForecastLine> Lines
    {
        get => _lines;
        init => _lines = value.IsDefaultOrEmpty ? throw new ArgumentException("A plan has at least one line.", nameof(Lines)) : value;
    }

    /// <summary>Gets how much every two uncertain inputs, of all lines, move together: the correlation of their normal scores, 0 to
    /// 1.</summary>
    /// <value>Default 0: they are independent.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double Correlation
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Correlation), value, "A correlation here is from 0 to 1.");
    }

    /// <summary>Gets the amount that the whole period should not exceed, in the currency of the prices.</summary>
    /// <value>Default <see langword="null"/>: no budget.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Budget
    {
        get;
        init =>
            field = value is null or >= 0
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Budget), value, "A budget is 0 or more. Use null for none.");
    }

    /// <summary>Gets the number of scenarios, 100 to 1,000,000; a plan that is wholly exact has one.</summary>
    /// <value>Default 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Samples
    {
        get;
        init =>
            field = value is >= 100 and <= 1_000_000
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Samples), value, "A forecast draws 100 to 1,000,000 scenarios.");
    } = 10_000;

    /// <summary>Gets the seed: the same plan and seed give the same forecast.</summary>
    /// <value>Default 0.</value>
    public int Seed { get; init; }

    /// <summary>What people call the plan.</summary>
    internal string Label => string.Join(", ", Lines.Select(line => line.Label));

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ForecastPlan> Shape = new JsonObject<ForecastPlan>(
        () => new() { Start = default, Lines = [new() { Model = "", Requests = 0, PromptTokens = 0 }] })
        .Required("start", JsonOf.Instant, value => value.Start, (owner, value) => owner with { Start = value })
        .Optional("months", JsonOf.Int32, value => value.Months, (owner, value) => owner with { Months = value })
        .Required("lines", JsonOf.Array(JsonOf.Value<ForecastLine>()), value => value.Lines, (owner, value) => owner with { Lines = value })
        .Optional("correlation", JsonOf.Double, value => value.Correlation, (owner, value) => owner with { Correlation = value })
        .Maybe("budget", JsonOf.Decimal, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Optional("samples", JsonOf.Int32, value => value.Samples, (owner, value) => owner with { Samples = value })
        .Optional("seed", JsonOf.Int32, value => value.Seed, (owner, value) => owner with { Seed = value });

    static JsonConverter<ForecastPlan> IJsonValue<ForecastPlan>.Json => Shape;
}
