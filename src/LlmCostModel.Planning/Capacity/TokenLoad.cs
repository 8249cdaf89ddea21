using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>The tokens of a period, and how far its busiest time is above its mean: what machines are sized by.</summary>
[JsonConverter(typeof(JsonValueConverter<TokenLoad>))]
public sealed record TokenLoad : IJsonValue<TokenLoad>
{
    /// <summary>Gets what the period is called, such as <c>2026-12</c> or <c>2026-12 p95</c>.</summary>
    /// <value>Default empty.</value>
    public string Label { get; init; } = "";

    /// <summary>Gets how long the period is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not longer than zero.</exception>
    public required TimeSpan Period
    {
        get;
        init =>
            field = value > TimeSpan.Zero
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Period), value, "A period is longer than zero.");
    }

    /// <summary>Gets the input tokens that no cache holds, written or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal FreshInput { get; init => field = NotNegative(value, nameof(FreshInput)); }

    /// <summary>Gets the input tokens that a cache holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal CachedInput { get; init => field = NotNegative(value, nameof(CachedInput)); }

    /// <summary>Gets the output tokens that are shown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Output { get; init => field = NotNegative(value, nameof(Output)); }

    /// <summary>Gets the output tokens of reasoning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Reasoning { get; init => field = NotNegative(value, nameof(Reasoning)); }

    /// <summary>Gets how many requests the tokens are of: prices and limits that depend on a request need it.</summary>
    /// <value><see langword="null"/> when it is not known.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Requests
    {
        get;
        init =>
            field = value is null or >= 0
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Requests), value, "A load cannot have fewer than 0 requests.");
    }

    /// <summary>Gets how many times the mean the busiest time is, at least 1; <see cref="GetPeakToMean"/> computes it. There is no default:
    /// a fleet for the mean turns away what comes at noon.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public required decimal PeakToMean
    {
        get;
        init =>
            field =
                value >= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(PeakToMean), value, "A peak is at least the mean: 1 is an even load, 2 a peak of twice the mean.");
    }

    /// <summary>Gets all output tokens.</summary>
    public decimal TotalOutput => Output + Reasoning;

    /// <summary>Gets all tokens.</summary>
    public decimal Total => FreshInput + CachedInput + TotalOutput;

    /// <summary>Gets the tokens a second on average, to 28 digits.</summary>
    public decimal MeanPerSecond => Total * TimeSpan.TicksPerSecond / Period.Ticks;

    /// <summary>Gets the tokens a second at the busiest time, to 28 digits.</summary>
    public decimal PeakPerSecond => MeanPerSecond * PeakToMean;

    /// <summary>Makes a load of a number of equal requests.</summary>
    /// <param name="requests">The requests of the period.</param>
    /// <param name="request">What each consumes on average. Cache writes are fresh input.</param>
    /// <param name="period">How long the period is.</param>
    /// <param name="peakToMean">How many times the mean the busiest time is, at least 1.</param>
    /// <returns>The load.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static TokenLoad FromRequests(decimal requests, in TokenUsage request, TimeSpan period, decimal peakToMean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requests);
        return new()
        {
            Period = period,
            PeakToMean = peakToMean,
            Requests = requests,
            FreshInput = requests * (request.TotalInput - request.TotalCacheRead),
            CachedInput = requests * request.TotalCacheRead,
            Output = requests * (request.TotalOutput - request.Reasoning),
            Reasoning = requests * request.Reasoning,
        };
    }

    /// <summary>Makes the loads of a forecast, month by month: the means of all lines together.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <returns>A load for each month, called after its first day. Reasoning is in the output; the peak is that of the line with the
    /// highest one, as if all lines had theirs at the same hour.</returns>
    public static ImmutableArray<TokenLoad> FromForecast(Forecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        return
        [
            .. Enumerable.Range(0, forecast.Months.Length).Select(month =>
            {
                ForecastLoad[] lines = [.. forecast.Lines.Select(line => line.Loads[month])];
                return new TokenLoad
                {
                    Label = AmountFormat.ToText(DateOnly.FromDateTime(lines[0].From.UtcDateTime)),
                    Period = lines[0].Until - lines[0].From,
                    PeakToMean = (decimal)lines.Max(line => line.PeakToMean),
                    Requests = lines.Sum(line => (decimal)line.Requests),
                    FreshInput = lines.Sum(line => (decimal)line.FreshTokens),
                    CachedInput = lines.Sum(line => (decimal)line.CachedTokens),
                    Output = lines.Sum(line => (decimal)line.OutputTokens),
                };
            }),
        ];
    }

    /// <summary>Computes how many times the mean the busiest time is.</summary>
    /// <param name="profile">What each hour, or other equal part of a day or week, has: tokens, requests or weights.</param>
    /// <returns>The greatest over the mean, to 28 digits.</returns>
    /// <exception cref="ArgumentException">There is nothing, or nothing above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A part is negative.</exception>
    public static decimal GetPeakToMean(IEnumerable<decimal> profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        decimal[] parts = [.. profile];
        foreach (decimal part in parts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(part, nameof(profile));
        }

        decimal sum = parts.Sum();
        return sum > 0
            ? parts.Max() * parts.Length / sum
            : throw new ArgumentException("A profile has at least one part above 0.", nameof(profile));
    }

    /// <summary>Multiplies all tokens: more requests, or fewer.</summary>
    /// <param name="factor">The factor, 0 or more.</param>
    /// <returns>The load.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is negative.</exception>
    public TokenLoad Scale(decimal factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return this with
        {
            Requests = Requests * factor,
            FreshInput = FreshInput * factor,
            CachedInput = CachedInput * factor,
            Output = Output * factor,
            Reasoning = Reasoning * factor,
        };
    }

    /// <summary>Multiplies the tokens of reasoning: longer answers to the same requests.</summary>
    /// <param name="factor">The factor, 0 or more.</param>
    /// <returns>The load.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is negative.</exception>
    public TokenLoad ScaleReasoning(decimal factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return this with { Reasoning = Reasoning * factor };
    }

    /// <summary>Rounds the tokens to a usage that an estimator prices; rounding a period's tokens moves no amount that is shown.</summary>
    /// <returns>The usage of the whole period.</returns>
    /// <exception cref="OverflowException">There are more tokens than a usage counts.</exception>
    public TokenUsage ToUsage() => new()
    {
        Input = (long)decimal.Round(FreshInput),
        CacheRead = (long)decimal.Round(CachedInput),
        Output = (long)decimal.Round(Output),
        Reasoning = (long)decimal.Round(Reasoning),
    };

    private static decimal NotNegative(decimal value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A load cannot have fewer than 0 tokens.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<TokenLoad> Shape = new JsonObject<TokenLoad>(
        () => new() { Period = TimeSpan.FromDays(1), PeakToMean = 1 })
        .Optional("label", JsonOf.Text, value => value.Label, (owner, value) => owner with { Label = value! })
        .Required("period", JsonOf.Duration, value => value.Period, (owner, value) => owner with { Period = value })
        .Optional("freshInput", JsonOf.Decimal, value => value.FreshInput, (owner, value) => owner with { FreshInput = value })
        .Optional("cachedInput", JsonOf.Decimal, value => value.CachedInput, (owner, value) => owner with { CachedInput = value })
        .Optional("output", JsonOf.Decimal, value => value.Output, (owner, value) => owner with { Output = value })
        .Optional("reasoning", JsonOf.Decimal, value => value.Reasoning, (owner, value) => owner with { Reasoning = value })
        .Maybe("requests", JsonOf.Decimal, value => value.Requests, (owner, value) => owner with { Requests = value })
        .Required("peakToMean", JsonOf.Decimal, value => value.PeakToMean, (owner, value) => owner with { PeakToMean = value });

    static JsonConverter<TokenLoad> IJsonValue<TokenLoad>.Json => Shape;
}
