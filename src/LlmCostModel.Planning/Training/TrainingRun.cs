using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A stage of training as it is paid: accelerator hours at a rate.</summary>
/// <remarks>Renting only: research, failed runs, data and staff are not in it, as in most published figures.</remarks>
[JsonConverter(typeof(JsonValueConverter<TrainingRun>))]
public sealed record TrainingRun : IJsonValue<TrainingRun>
{
    /// <summary>Gets the accelerator hours: one accelerator for an hour is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal GpuHours { get; init => field = NotNegative(value, nameof(GpuHours)); }

    /// <summary>Gets the rate per accelerator hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal HourlyRate { get; init => field = NotNegative(value, nameof(HourlyRate)); }

    /// <summary>Gets the ISO 4217 code of the currency of <see cref="HourlyRate"/>.</summary>
    /// <value>Default <c>USD</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Currency { get; init => field = CurrencyName.Require(value); } = CurrencyName.Default;

    /// <summary>Gets what no figure of this kind counts, although it is paid: the rest of what a model costs.</summary>
    public static ImmutableArray<string> NotCounted { get; } =
    [
        "research and experiments before the run",
        "failed and repeated runs",
        "data: licenses, collection, labels",
        "staff",
        "network, storage and machines without accelerators, unless the hourly rate holds them",
    ];

    /// <summary>Gets what the stage costs, in the currency of the rate.</summary>
    /// <exception cref="OverflowException">The amount does not fit a <see cref="decimal"/>.</exception>
    public decimal Amount => GpuHours * HourlyRate;

    /// <summary>Gets what the stage adds to each 1,000,000 tokens served over the life of the model.</summary>
    /// <param name="tokensServed">The tokens served over that life, more than 0.</param>
    /// <returns>The amount per 1,000,000 tokens, to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokensServed"/> is not positive.</exception>
    public decimal GetAmountPerMillion(decimal tokensServed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokensServed);
        return (Rational.From(Amount) * Rational.From(1_000_000) / Rational.From(tokensServed)).ToDecimal(out _);
    }

    private static decimal NotNegative(decimal value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Hours and rates of training cannot be negative.");

    /// <summary>Shows hours, rate and amount in the invariant culture.</summary>
    /// <returns>Such as <c>2788000 hours at 2 USD: 5576000 USD</c>.</returns>
    public override string ToString() =>
        $"{AmountFormat.ToText(GpuHours)} hours at {AmountFormat.ToText(HourlyRate)} {Currency}: {AmountFormat.ToText(Amount)} {Currency}";

    private static readonly JsonObject<TrainingRun> Shape = new JsonObject<TrainingRun>(() => new() { GpuHours = 0, HourlyRate = 0 })
        .Required("gpuHours", JsonOf.Decimal, value => value.GpuHours, (owner, value) => owner with { GpuHours = value })
        .Required("hourlyRate", JsonOf.Decimal, value => value.HourlyRate, (owner, value) => owner with { HourlyRate = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value! });

    static JsonConverter<TrainingRun> IJsonValue<TrainingRun>.Json => Shape;
}
