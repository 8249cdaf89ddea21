using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a limit held back in recorded minutes. What is over a limit waits until a later minute has room.</summary>
[JsonConverter(typeof(JsonValueConverter<RateLimitBacklog>))]
public sealed record RateLimitBacklog : IJsonValue<RateLimitBacklog>
{
    /// <summary>Gets the minutes.</summary>
    public required long Minutes { get; init; }

    /// <summary>Gets the minutes that asked for more than the limit by themselves.</summary>
    public required long BoundMinutes { get; init; }

    /// <summary>Gets the minutes at whose end something waited.</summary>
    public required long WaitingMinutes { get; init; }

    /// <summary>Gets how many minutes the limit needs at most for what waits, to 28 digits.</summary>
    public required decimal LongestWait { get; init; }

    /// <summary>Gets how many minutes it needs on average over all minutes, to 28 digits.</summary>
    public required decimal MeanWait { get; init; }

    /// <summary>Gets the share of the minutes that asked for more than the limit, to 28 digits.</summary>
    public decimal BoundShare => (decimal)BoundMinutes / Minutes;

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<RateLimitBacklog> Shape = new JsonObject<RateLimitBacklog>(
        () => new() { Minutes = 1, BoundMinutes = 0, WaitingMinutes = 0, LongestWait = 0, MeanWait = 0 })
        .Required("minutes", JsonOf.Int64, value => value.Minutes, (owner, value) => owner with { Minutes = value })
        .Required("boundMinutes", JsonOf.Int64, value => value.BoundMinutes, (owner, value) => owner with { BoundMinutes = value })
        .Required("waitingMinutes", JsonOf.Int64, value => value.WaitingMinutes, (owner, value) => owner with { WaitingMinutes = value })
        .Required("longestWait", JsonOf.Decimal, value => value.LongestWait, (owner, value) => owner with { LongestWait = value })
        .Required("meanWait", JsonOf.Decimal, value => value.MeanWait, (owner, value) => owner with { MeanWait = value });

    static JsonConverter<RateLimitBacklog> IJsonValue<RateLimitBacklog>.Json => Shape;
}
