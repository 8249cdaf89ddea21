using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>The requests and tokens of a minute: on average, and how much they vary. An estimate, so in floating point.</summary>
[JsonConverter(typeof(JsonValueConverter<MinuteTraffic>))]
public sealed record MinuteTraffic : IJsonValue<MinuteTraffic>
{
    /// <summary>Gets the mean requests a minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public required double Requests { get; init => field = NotNegative(value, nameof(Requests)); }

    /// <summary>Gets the mean tokens of a request, as the provider counts them against the limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public required double TokensPerRequest { get; init => field = NotNegative(value, nameof(TokensPerRequest)); }

    /// <summary>Gets how much the tokens of single requests vary: their deviation over their mean.</summary>
    /// <value>Default 0: all are alike.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double TokenVariation { get; init => field = NotNegative(value, nameof(TokenVariation)); }

    /// <summary>Gets how much the rate varies from minute to minute, beyond chance: its deviation over its mean. Hours of the day are part
    /// of it.</summary>
    /// <value>Default 0: an even rate, at which requests arrive by chance alone. Traffic of people is rarely below 0.5 over a day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double RateVariation { get; init => field = NotNegative(value, nameof(RateVariation)); }

    /// <summary>The share of the minutes with more than so many requests: a Poisson number at an even rate, a negative binomial one where
    /// the rate varies (as a gamma).</summary>
    internal double GetShareAboveRequests(double limit)
    {
        double most = Math.Floor(limit * (1 + 1e-12)); // a division may end just below the whole number that it is
        if (Requests == 0)
        {
            return 0;
        }

        double shape = RateVariation == 0 ? double.PositiveInfinity : 1 / (RateVariation * RateVariation);
        double term = RateVariation == 0 ? -Requests : -shape * Math.Log(1 + (Requests / shape));
        double below = 0;
        for (double k = 0; k <= most; k++)
        {
            below += Math.Exp(term);
            term += RateVariation == 0
                ? Math.Log(Requests / (k + 1))
                : Math.Log((k + shape) / (k + 1)) + Math.Log(Requests / (Requests + shape));
            if (k > Requests && term < -745)
            {
                break; // nothing that a double could add
            }
        }

        return Math.Clamp(1 - below, 0, 1);
    }

    /// <summary>The share of the minutes with more than so many tokens.</summary>
    internal double GetShareAboveTokens(decimal limit)
    {
        double mean = Requests * TokensPerRequest;
        if (mean == 0)
        {
            return 0;
        }

        if (TokenVariation == 0)
        {
            return GetShareAboveRequests((double)limit / TokensPerRequest); // so many requests are within the limit
        }

        // Var(sum) = E[N] Var(t) + Var(N) E[t]^2, where Var(N) = E[N] + (v E[N])^2: so relative to the mean,
        double variation = Math.Sqrt(((1 + (TokenVariation * TokenVariation)) / Requests) + (RateVariation * RateVariation));
        return LogNormal.FromMean(mean, variation).GetShareAbove((double)limit);
    }

    private static double NotNegative(double value, string name) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Traffic is counted in finite numbers of 0 or more.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<MinuteTraffic> Shape = new JsonObject<MinuteTraffic>(
        () => new() { Requests = 0, TokensPerRequest = 0 })
        .Required("requests", JsonOf.Double, value => value.Requests, (owner, value) => owner with { Requests = value })
        .Required("tokensPerRequest", JsonOf.Double,
            value => value.TokensPerRequest, (owner, value) => owner with { TokensPerRequest = value })
        .Optional("tokenVariation", JsonOf.Double, value => value.TokenVariation, (owner, value) => owner with { TokenVariation = value })
        .Optional("rateVariation", JsonOf.Double, value => value.RateVariation, (owner, value) => owner with { RateVariation = value });

    static JsonConverter<MinuteTraffic> IJsonValue<MinuteTraffic>.Json => Shape;
}
