namespace LlmCostModel.Planning;

/// <summary>Makes an ordinary rate card of your own machine, so that everything that prices calls prices these too.</summary>
public static class SelfHostedRateCard
{
    /// <summary>The decimals that prices per 1,000,000 tokens are rounded to (half to even): a billionth of a cent and less.</summary>
    public const int Decimals = 12;

    /// <summary>Makes a rate card with one model.</summary>
    /// <param name="node">The machine that serves it.</param>
    /// <param name="modelId">The id under which calls name the model.</param>
    /// <param name="provider">The provider that the card is for.</param>
    /// <param name="cacheReadPerMillion">What 1,000,000 input tokens found in the machine's own cache cost;
    /// <see langword="null"/> means <see cref="ServingNode.CachedPerMillion"/>.</param>
    /// <returns>The card. Reasoning is billed as output, cache writes as input; both are the machine's ordinary work.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cacheReadPerMillion"/> is negative.</exception>
    public static RateCard Create(
        ServingNode node,
        string modelId,
        string provider = "self-hosted",
        decimal? cacheReadPerMillion = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentException.ThrowIfNullOrWhiteSpace(modelId);
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        decimal input = decimal.Round(node.InputPerMillion, Decimals);
        PriceVersion version = new()
        {
            PerMillionTokens = new()
            {
                Input = input,
                CacheRead = cacheReadPerMillion ?? decimal.Round(node.CachedPerMillion, Decimals),
                Output = decimal.Round(node.OutputPerMillion, Decimals),
            },
            BilledAs = new PriceVersion()
                .BilledAs.Add(TokenBucket.Reasoning, TokenBucket.Output)
                .AddRange(TokenBuckets.CacheWrites.Select(bucket => KeyValuePair.Create(bucket, TokenBucket.Input))),
            Note = $"{AmountFormat.ToText(node.HourlyCost)} an hour, {AmountFormat.ToText(node.InputTokensPerSecond)} input and "
                + $"{AmountFormat.ToText(node.OutputTokensPerSecond)} output tokens a second, busy "
                + $"{AmountFormat.ToText(node.Utilization)} of the time",
        };
        return new()
        {
            Name = $"{provider} {modelId}",
            Provider = provider,
            Currency = node.Currency,
            Models = [new() { Id = modelId, Versions = [version] }],
        };
    }
}
