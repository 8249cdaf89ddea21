using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A machine that serves a model: what an hour costs, what it can do when fully busy, and how busy it is. That gives a price per
/// token.</summary>
/// <remarks>
/// Measure the throughput with your own prompts: the same accelerator differs twenty-fold with batching, precision and the speed promised
/// to each user.
/// The utilization decides as much: at 30% every token costs 3.3 times what it would at 100%.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<ServingNode>))]
public sealed record ServingNode : IJsonValue<ServingNode>
{
    /// <summary>Gets what an hour of the machine costs, busy or idle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal HourlyCost
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(HourlyCost), value, "A machine cannot cost less than 0 an hour.");
    }

    /// <summary>Gets how many input tokens a second it reads when it does nothing else (prefill).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal InputTokensPerSecond { get; init => field = Positive(value, nameof(InputTokensPerSecond)); }

    /// <summary>Gets how many output tokens a second it writes when it does nothing else (decode).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal OutputTokensPerSecond { get; init => field = Positive(value, nameof(OutputTokensPerSecond)); }

    /// <summary>Gets the share of the time it is busy, above 0 to 1. There is no default: it decides the price as much as the throughput
    /// does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and at most 1.</exception>
    public required decimal Utilization
    {
        get;
        init =>
            field = value is > 0 and <= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Utilization), value, "A utilization is above 0 and at most 1: 0.3 is 30%.");
    }

    /// <summary>Gets what 1,000,000 input tokens cost, correct to 28 digits.</summary>
    public decimal InputPerMillion => PerMillion(InputTokensPerSecond);

    /// <summary>Gets what 1,000,000 output tokens cost, correct to 28 digits.</summary>
    public decimal OutputPerMillion => PerMillion(OutputTokensPerSecond);

    /// <summary>Computes how many machines serve a load.</summary>
    /// <param name="inputTokens">The input tokens of the period.</param>
    /// <param name="outputTokens">The output tokens of the period.</param>
    /// <param name="period">How long the period is.</param>
    /// <returns>The machines, busy by <see cref="Utilization"/>, correct to 28 digits; round up for a fleet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or the period is not longer than zero.</exception>
    public decimal ComputeNodes(decimal inputTokens, decimal outputTokens, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        Rational busySeconds =
            (Rational.From(inputTokens) / Rational.From(InputTokensPerSecond))
            + (Rational.From(outputTokens) / Rational.From(OutputTokensPerSecond));
        return (
            busySeconds * Rational.From(TimeSpan.TicksPerSecond) / (Rational.From(period.Ticks) * Rational.From(Utilization))
        ).ToDecimal(out _);
    }

    private decimal PerMillion(decimal tokensPerSecond) =>
        (
            Rational.From(HourlyCost)
            * Rational.From(1_000_000)
            / (Rational.From(tokensPerSecond) * Rational.From(3_600) * Rational.From(Utilization))).ToDecimal(out _);

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A throughput must be above 0 tokens a second.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ServingNode> Shape = new JsonObject<ServingNode>(
        () => new() { HourlyCost = 0, InputTokensPerSecond = 1, OutputTokensPerSecond = 1, Utilization = 1 })
        .Required("hourlyCost", JsonOf.Decimal, value => value.HourlyCost, (owner, value) => owner with { HourlyCost = value })
        .Required("inputTokensPerSecond", JsonOf.Decimal,
            value => value.InputTokensPerSecond, (owner, value) => owner with { InputTokensPerSecond = value })
        .Required("outputTokensPerSecond", JsonOf.Decimal,
            value => value.OutputTokensPerSecond, (owner, value) => owner with { OutputTokensPerSecond = value })
        .Required("utilization", JsonOf.Decimal, value => value.Utilization, (owner, value) => owner with { Utilization = value });

    static JsonConverter<ServingNode> IJsonValue<ServingNode>.Json => Shape;
}
