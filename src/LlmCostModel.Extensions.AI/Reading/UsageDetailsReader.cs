using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Converts the counts of Microsoft.Extensions.AI, where cached tokens are part of the input and reasoning is part of the
/// output.</summary>
/// <remarks>The names under <c>AdditionalCounts</c> are those that the OpenAI adapter 10.11 and Anthropic 13.12 use, read
/// 2026-11-23.</remarks>
internal static class UsageDetailsReader
{
    private const string NoUsage =
        "The response states no usage, so its cost is not known. Ask the provider for it, such as with stream_options.include_usage.";

    internal static UsageReading Read(UsageDetails? details)
    {
        if (details is null || (details.InputTokenCount is null && details.OutputTokenCount is null && details.TotalTokenCount is null))
        {
            return Unknown(NoUsage);
        }

        try
        {
            string? shortfall = details.InputTokenCount is null ? "The response does not state its input tokens." : null;
            return new UsageReading
            {
                Origin = UsageOrigin.Adapter,
                Status = shortfall is null ? UsageStatus.Complete : UsageStatus.Partial,
                Reason = shortfall,
                Usage = Convert(details),
                Meters = Meters(details),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            return Unknown($"The usage of the response contradicts itself: {exception.Message}");
        }
    }

    /// <summary>A response whose usage is not known, for a reason.</summary>
    internal static UsageReading Unknown(string reason) => new() { Origin = UsageOrigin.Adapter, Reason = reason };

    /// <summary>What was counted besides tokens, by a client that knows.</summary>
    internal static UsageReading Metered(string meter, decimal quantity, CallContext served = default) => new()
    {
        Origin = UsageOrigin.Adapter,
        Status = UsageStatus.Complete,
        Usage = default(TokenUsage),
        Meters = MeteredQuantities.Empty.With(meter, quantity),
        Served = served,
    };

    private static TokenUsage Convert(UsageDetails details)
    {
        long input = details.InputTokenCount ?? 0;
        long output = details.OutputTokenCount ?? 0;
        long reasoning = details.ReasoningTokenCount ?? 0;

        // Some servers count reasoning beside the output; then only the total says so.
        bool apart = reasoning > 0 && details.TotalTokenCount == checked(input + output + reasoning);
        return TokenUsage.FromInclusive(
                input,
                apart ? checked(output + reasoning) : output,
                cacheRead: details.CachedInputTokenCount ?? 0,
                cacheWrite: More(details, "CacheCreationInputTokens"),
                reasoning: reasoning)
            .Move(More(details, "InputTokenDetails.AudioTokenCount"), TokenBucket.Input, TokenBucket.AudioInput)
            .Move(More(details, "InputTokenDetails.ImageTokenCount"), TokenBucket.Input, TokenBucket.ImageInput)
            .Move(More(details, "OutputTokenDetails.AudioTokenCount"), TokenBucket.Output, TokenBucket.AudioOutput);
    }

    private static MeteredQuantities Meters(UsageDetails details) =>
        MeteredQuantities.Empty.With("WebSearch", More(details, "WebSearchRequests")).With("WebFetch", More(details, "WebFetchRequests"));

    private static long More(UsageDetails details, string name) =>
        details.AdditionalCounts is { } counts && counts.TryGetValue(name, out long count) ? count : 0;
}
