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

        TokenUsage kept = RequestedLifetime.Apply(in usage, facts, out string? doubt);
        return doubt is null
            ? reading with { Usage = kept }
            : reading with { Status = UsageStatus.Partial, Reason = doubt };
    }
}
