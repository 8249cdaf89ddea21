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
    /// <returns>Such as <c>2788000 hours at 2: 5576000</c>.</returns>
    public override string ToString() =>
        $"{AmountFormat.ToText(GpuHours)} hours at {AmountFormat.ToText(HourlyRate)}: {AmountFormat.ToText(Amount)}";

    private static readonly JsonObject<TrainingRun> Shape = new JsonObject<TrainingRun>(() => new() { GpuHours = 0, HourlyRate = 0 })
        .Required("gpuHours", JsonOf.Decimal, value => value.GpuHours, (owner, value) => owner with { GpuHours = value })
        .Required("hourlyRate", JsonOf.Decimal, value => value.HourlyRate, (owner, value) => owner with { HourlyRate = value });

    static JsonConverter<TrainingRun> IJsonValue<TrainingRun>.Json => Shape;
}
