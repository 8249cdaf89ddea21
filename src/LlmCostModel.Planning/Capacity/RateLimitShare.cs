using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>In which share of the minutes a limit binds, estimated.</summary>
[JsonConverter(typeof(JsonValueConverter<RateLimitShare>))]
public sealed record RateLimitShare : IJsonValue<RateLimitShare>
{
    /// <summary>Gets the share of the minutes with more requests than the limit lets through, 0 to 1.</summary>
    public required double RequestShare { get; init; }

    /// <summary>Gets the share of the minutes with more tokens than the limit lets through, 0 to 1.</summary>
    public required double TokenShare { get; init; }

    /// <summary>Gets the least share in which one of both binds: a minute with many requests is one with many tokens.</summary>
    public double Share => Math.Max(RequestShare, TokenShare);

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<RateLimitShare> Shape = new JsonObject<RateLimitShare>(
        () => new() { RequestShare = 0, TokenShare = 0 })
        .Required("requestShare", JsonOf.Double, value => value.RequestShare, (owner, value) => owner with { RequestShare = value })
        .Required("tokenShare", JsonOf.Double, value => value.TokenShare, (owner, value) => owner with { TokenShare = value });

    static JsonConverter<RateLimitShare> IJsonValue<RateLimitShare>.Json => Shape;
}
