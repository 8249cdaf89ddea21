using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>What a provider lets through in a minute: tokens (TPM), requests (RPM), or both.</summary>
[JsonConverter(typeof(JsonValueConverter<RateLimit>))]
public sealed record RateLimit : IJsonValue<RateLimit>
{
    /// <summary>Gets the tokens a minute.</summary>
    /// <value><see langword="null"/> for no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? TokensPerMinute { get; init => field = Positive(value, nameof(TokensPerMinute)); }

    /// <summary>Gets the requests a minute.</summary>
    /// <value><see langword="null"/> for no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public decimal? RequestsPerMinute { get; init => field = Positive(value, nameof(RequestsPerMinute)); }

    /// <summary>Estimates in which share of the minutes a limit binds.</summary>
    /// <param name="traffic">The traffic.</param>
    /// <returns>The shares. Requests arrive at random (Poisson) at a rate that itself varies from minute to minute; tokens of
    /// requests that are all alike follow from their number, others are taken to be lognormal with the mean and deviation that
    /// follow.</returns>
    public RateLimitShare EstimateShare(MinuteTraffic traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        return new()
        {
            RequestShare = RequestsPerMinute is { } requests ? traffic.GetShareAboveRequests((double)requests) : 0,
            TokenShare = TokensPerMinute is { } tokens ? traffic.GetShareAboveTokens(tokens) : 0,
        };
    }

    /// <summary>Counts in which share of recorded minutes a limit binds, and how long what it holds back waits.</summary>
    /// <param name="minutes">The requests and tokens that were asked for in each minute, in order and with those in which nothing
    /// was.</param>
    /// <returns>The shares and the backlog.</returns>
    /// <exception cref="ArgumentException">There are no minutes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public RateLimitBacklog Replay(IEnumerable<(decimal Requests, decimal Tokens)> minutes)
    {
        ArgumentNullException.ThrowIfNull(minutes);
        long count = 0, bound = 0, waiting = 0;
        decimal heldRequests = 0, heldTokens = 0, longest = 0, total = 0;
        foreach ((decimal requests, decimal tokens) in minutes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(requests, nameof(minutes));
            ArgumentOutOfRangeException.ThrowIfNegative(tokens, nameof(minutes));
            count++;
            bound += requests > RequestsPerMinute || tokens > TokensPerMinute ? 1 : 0;
            heldRequests = Math.Max(0, heldRequests + requests - (RequestsPerMinute ?? decimal.MaxValue));
            heldTokens = Math.Max(0, heldTokens + tokens - (TokensPerMinute ?? decimal.MaxValue));
            decimal wait = Math.Max(heldRequests / (RequestsPerMinute ?? 1), heldTokens / (TokensPerMinute ?? 1));
            waiting += wait > 0 ? 1 : 0;
            longest = Math.Max(longest, wait);
            total += wait;
        }

        return count == 0
            ? throw new ArgumentException("There is no minute to replay.", nameof(minutes))
            : new()
            {
                Minutes = count,
                BoundMinutes = bound,
                WaitingMinutes = waiting,
                LongestWait = longest,
                MeanWait = total / count,
            };
    }

    private static decimal? Positive(decimal? value, string name) =>
        value is null or > 0 ? value
            : throw new ArgumentOutOfRangeException(name, value, "A limit is more than 0 a minute. Use null for none.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<RateLimit> Shape = new JsonObject<RateLimit>(() => new())
        .Maybe("tokensPerMinute", JsonOf.Decimal,
            value => value.TokensPerMinute, (owner, value) => owner with { TokensPerMinute = value })
        .Maybe("requestsPerMinute", JsonOf.Decimal,
            value => value.RequestsPerMinute, (owner, value) => owner with { RequestsPerMinute = value });

    static JsonConverter<RateLimit> IJsonValue<RateLimit>.Json => Shape;
}
