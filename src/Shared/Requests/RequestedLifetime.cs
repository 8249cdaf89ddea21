namespace LlmCostModel;

/// <summary>How long the cache keeps what was written, where the answer does not say it and its request did.</summary>
internal static class RequestedLifetime
{
    /// <summary>Gives writes whose lifetime the answer does not state the one that was asked for.</summary>
    /// <param name="usage">What the answer states.</param>
    /// <param name="facts">What its request says.</param>
    /// <param name="doubt">Why that does not decide it; <see langword="null"/> when it does.</param>
    internal static TokenUsage Apply(in TokenUsage usage, RequestFacts facts, out string? doubt)
    {
        doubt = usage.CacheWrite > 0 && facts.HasSeveralLifetimes
            ? "The request asked for cache writes of several lifetimes, and the response does not say how much of each."
            : null;
        return usage.CacheWrite > 0
            && !facts.HasSeveralLifetimes
            && facts.TimeToLive is { } asked
            && asked is not "5m" and not "30m" // the defaults of Anthropic and OpenAI, which the plain count means
            && Enum.TryParse($"{nameof(TokenBucket.CacheWrite)}{asked}", out TokenBucket bucket)
                ? usage.Move(usage.CacheWrite, TokenBucket.CacheWrite, bucket)
                : usage;
    }
}
