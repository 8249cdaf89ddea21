using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a line is expected to ask of the machines that serve it during a month: means over all scenarios, so statistics.</summary>
/// <remarks>The type is immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<ForecastLoad>))]
public sealed record ForecastLoad : IJsonValue<ForecastLoad>
{
    /// <summary>Gets the first instant of the month.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the first instant after it.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Gets the requests, retries included.</summary>
    public required double Requests { get; init; }

    /// <summary>Gets the input tokens that are not read from a cache.</summary>
    public required double FreshTokens { get; init; }

    /// <summary>Gets the input tokens that are read from a cache.</summary>
    public required double CachedTokens { get; init; }

    /// <summary>Gets the output tokens, reasoning included.</summary>
    public required double OutputTokens { get; init; }

    /// <summary>Gets how many times the mean the busiest hour has.</summary>
    public required double PeakToMean { get; init; }

    /// <summary>Shows requests and tokens in the invariant culture.</summary>
    /// <returns>Such as <c>2026-12-01T00:00:00Z: 12000 requests, 3000000 fresh, 9000000 cached, 600000 output tokens</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{AmountFormat.ToText(From)}: {Requests:0.###} requests, {FreshTokens:0.###} fresh, {CachedTokens:0.###} cached, "
        + $"{OutputTokens:0.###} output tokens");

    private static readonly JsonObject<ForecastLoad> Shape = new JsonObject<ForecastLoad>(
        () => new() { From = default, Until = default, Requests = 0, FreshTokens = 0, CachedTokens = 0, OutputTokens = 0, PeakToMean = 1 })
        .Required("from", JsonOf.Instant, value => value.From, (owner, value) => owner with { From = value })
        .Required("until", JsonOf.Instant, value => value.Until, (owner, value) => owner with { Until = value })
        .Required("requests", JsonOf.Double, value => value.Requests, (owner, value) => owner with { Requests = value })
        .Required("freshTokens", JsonOf.Double, value => value.FreshTokens, (owner, value) => owner with { FreshTokens = value })
        .Required("cachedTokens", JsonOf.Double, value => value.CachedTokens, (owner, value) => owner with { CachedTokens = value })
        .Required("outputTokens", JsonOf.Double, value => value.OutputTokens, (owner, value) => owner with { OutputTokens = value })
        .Required("peakToMean", JsonOf.Double, value => value.PeakToMean, (owner, value) => owner with { PeakToMean = value });

    static JsonConverter<ForecastLoad> IJsonValue<ForecastLoad>.Json => Shape;
}
