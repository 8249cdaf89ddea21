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

    /// <summary>Gets the ISO 4217 code of the currency of <see cref="HourlyCost"/>.</summary>
    /// <value>Default <c>USD</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Currency { get; init => field = CurrencyName.Require(value); } = CurrencyName.Default;

    /// <summary>Gets how many input tokens a second it reads when it does nothing else (prefill). With <see
    /// cref="CachedTokensPerSecond"/>, those that its cache does not hold; without it, all of them, as the measurement had them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal InputTokensPerSecond { get; init => field = Positive(value, nameof(InputTokensPerSecond)); }

    /// <summary>Gets how many input tokens a second it takes from its own cache when it does nothing else.</summary>
    /// <value><see langword="null"/> when hits were not measured apart: they take as long as other input, which is right when <see
    /// cref="InputTokensPerSecond"/> was measured with its hits.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? CachedTokensPerSecond
    {
        get;
        init => field = value is { } speed ? Positive(speed, nameof(CachedTokensPerSecond)) : null;
    }

    /// <summary>Gets how many output tokens a second it writes when it does nothing else (decode); reasoning is output.</summary>
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

    /// <summary>Gets what 1,000,000 input tokens found in its cache cost, correct to 28 digits.</summary>
    public decimal CachedPerMillion => PerMillion(CachedTokensPerSecond ?? InputTokensPerSecond);

    /// <summary>Gets what 1,000,000 output tokens cost, correct to 28 digits.</summary>
    public decimal OutputPerMillion => PerMillion(OutputTokensPerSecond);

    /// <summary>Makes a machine of one throughput that counts all tokens, as most measurements state it.</summary>
    /// <param name="hourlyCost">What an hour costs.</param>
    /// <param name="tokensPerSecond">The tokens a second, input and output together, of requests like yours: another mix has another
    /// throughput.</param>
    /// <param name="utilization">The share of the time it is busy, above 0 to 1.</param>
    /// <returns>The machine. Every token takes it as long as every other.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ServingNode FromTotal(decimal hourlyCost, decimal tokensPerSecond, decimal utilization) => new()
    {
        HourlyCost = hourlyCost,
        InputTokensPerSecond = tokensPerSecond,
        OutputTokensPerSecond = tokensPerSecond,
        Utilization = utilization,
    };

    /// <summary>Computes how many machines serve a load.</summary>
    /// <param name="inputTokens">The input tokens of the period that its cache does not hold; all of them where hits were not measured
    /// apart.</param>
    /// <param name="outputTokens">The output tokens of the period.</param>
    /// <param name="period">How long the period is.</param>
    /// <returns>The machines, busy by <see cref="Utilization"/>, correct to 28 digits; round up for a fleet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or the period is not longer than zero.</exception>
    public decimal ComputeNodes(decimal inputTokens, decimal outputTokens, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        return NodesFor(BusySeconds(inputTokens, 0, outputTokens), period).ToDecimal(out _);
    }

    /// <summary>Computes how many machines serve a load.</summary>
    /// <param name="usage">What is consumed in the period. Cache reads are hits in the machine's own cache, cache writes ordinary
    /// input.</param>
    /// <param name="period">How long the period is.</param>
    /// <returns>The machines, busy by <see cref="Utilization"/>, correct to 28 digits; round up for a fleet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is not longer than zero.</exception>
    public decimal ComputeNodes(in TokenUsage usage, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        return NodesFor(BusySeconds(in usage), period).ToDecimal(out _);
    }

    /// <summary>How long one machine is busy with tokens, exactly.</summary>
    internal Rational BusySeconds(in TokenUsage usage) =>
        BusySeconds(usage.TotalInput - usage.TotalCacheRead, usage.TotalCacheRead, usage.TotalOutput);

    /// <inheritdoc cref="BusySeconds(in TokenUsage)"/>
    internal Rational BusySeconds(decimal fresh, decimal cached, decimal output) =>
        (Rational.From(fresh) / Rational.From(InputTokensPerSecond))
        + (Rational.From(cached) / Rational.From(CachedTokensPerSecond ?? InputTokensPerSecond))
        + (Rational.From(output) / Rational.From(OutputTokensPerSecond));

    /// <summary>How many machines are busy for so long in a period.</summary>
    internal Rational NodesFor(Rational busySeconds, TimeSpan period) =>
        busySeconds * Rational.From(TimeSpan.TicksPerSecond) / (Rational.From(period.Ticks) * Rational.From(Utilization));

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
        .Required("utilization", JsonOf.Decimal, value => value.Utilization, (owner, value) => owner with { Utilization = value })
        .Maybe("cachedTokensPerSecond", JsonOf.Decimal,
            value => value.CachedTokensPerSecond, (owner, value) => owner with { CachedTokensPerSecond = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value! });

    static JsonConverter<ServingNode> IJsonValue<ServingNode>.Json => Shape;
}
