using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>How many units of provisioned throughput (PTUs and their like) a load needs.</summary>
/// <remarks>As the documents on provisioned throughput of Microsoft Foundry describe it (learn.microsoft.com, as of November 2026): output
/// counts as
/// so many input tokens, cached input does not count.</remarks>
[JsonConverter(typeof(JsonValueConverter<ProvisionedUnits>))]
public sealed record ProvisionedUnits : IJsonValue<ProvisionedUnits>
{
    /// <summary>Gets how many input tokens a minute one unit serves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal TokensPerMinute { get; init => field = Positive(value, nameof(TokensPerMinute)); }

    /// <summary>Gets how many input tokens an output token counts as.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal OutputWeight { get; init => field = Positive(value, nameof(OutputWeight)); }

    /// <summary>Gets the fewest units that are sold.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long Minimum { get; init => field = (long)Positive(value, nameof(Minimum)); } = 1;

    /// <summary>Gets the step in which units are sold.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long Increment { get; init => field = (long)Positive(value, nameof(Increment)); } = 1;

    /// <summary>Computes how many units would just serve a load, if they were sold in any number.</summary>
    /// <param name="inputPerMinute">The input tokens a minute, cached or not.</param>
    /// <param name="cachedShare">The share of them that is read from a cache, 0 to 1.</param>
    /// <param name="outputPerMinute">The output tokens a minute.</param>
    /// <returns>The units, correct to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public decimal ComputeLoad(decimal inputPerMinute, decimal cachedShare, decimal outputPerMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputPerMinute);
        ArgumentOutOfRangeException.ThrowIfNegative(cachedShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cachedShare, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(outputPerMinute);
        return ((inputPerMinute * (1 - cachedShare)) + (OutputWeight * outputPerMinute)) / TokensPerMinute;
    }

    /// <summary>Computes how many units must be bought for a load.</summary>
    /// <inheritdoc cref="ComputeLoad"/>
    /// <returns>The units: at least <see cref="Minimum"/>, a multiple of <see cref="Increment"/>.</returns>
    public long ComputeNeeded(decimal inputPerMinute, decimal cachedShare, decimal outputPerMinute)
    {
        decimal units = Math.Max(Minimum, ComputeLoad(inputPerMinute, cachedShare, outputPerMinute));
        return checked((long)decimal.Ceiling(units / Increment) * Increment);
    }

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Provisioned throughput is counted in positive numbers.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ProvisionedUnits> Shape = new JsonObject<ProvisionedUnits>(
        () => new() { TokensPerMinute = 1, OutputWeight = 1 })
        .Required("tokensPerMinute", JsonOf.Decimal,
            value => value.TokensPerMinute, (owner, value) => owner with { TokensPerMinute = value })
        .Required("outputWeight", JsonOf.Decimal, value => value.OutputWeight, (owner, value) => owner with { OutputWeight = value })
        .Optional("minimum", JsonOf.Int64, value => value.Minimum, (owner, value) => owner with { Minimum = value })
        .Optional("increment", JsonOf.Int64, value => value.Increment, (owner, value) => owner with { Increment = value });

    static JsonConverter<ProvisionedUnits> IJsonValue<ProvisionedUnits>.Json => Shape;
}
