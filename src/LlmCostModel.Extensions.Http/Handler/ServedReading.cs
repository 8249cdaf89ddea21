namespace LlmCostModel;

/// <summary>Completes what an answer says with what only its request or its address knows.</summary>
internal static class ServedReading
{
    internal static UsageReading Of(
        UsageReading reading,
        RequestFacts facts,
        in KnownAddress address,
        string? requestedModel,
        string? operation)
    {
        // Bedrock's answers name the model as its maker does; its prices are those of the id in the request.
        if (address.Provider == "bedrock" && requestedModel is not null)
        {
            reading = reading with { Model = requestedModel };
        }

        if (reading.Usage is not { } usage)
        {
            return reading;
        }

        // What such a model puts out is sound, whatever its counts are called.
        if (operation == "speech" && usage is { Output: > 0, AudioOutput: 0 })
        {
            usage = usage.Move(usage.Output, TokenBucket.Output, TokenBucket.AudioOutput);
            reading = reading with { Usage = usage };
        }

        return usage.CacheWrite == 0 ? reading : WithLifetime(in reading, in usage, facts);
    }

    /// <summary>Writes whose lifetime the answer does not state have the one that was asked for.</summary>
    private static UsageReading WithLifetime(in UsageReading reading, in TokenUsage usage, RequestFacts facts)
    {
        if (facts.HasSeveralLifetimes)
        {
            return reading with
            {
                Status = UsageStatus.Partial,
                Reason = "The request asked for cache writes of several lifetimes, and the response does not say how much of each.",
            };
        }

        return facts.TimeToLive is { } asked
            && asked is not "5m" and not "30m" // the defaults of Anthropic and OpenAI, which the plain count means
            && Enum.TryParse($"{nameof(TokenBucket.CacheWrite)}{asked}", out TokenBucket bucket)
            ? reading with { Usage = usage.Move(usage.CacheWrite, TokenBucket.CacheWrite, bucket) }
            : reading;
    }
}
