#pragma warning disable MEAI001 // Read only, and copied: whoever sets these has accepted that they may change.
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Puts the statements of usage in a stream together.</summary>
internal static class StreamedCounts
{
    /// <summary>The usage of a stream with one more statement of it.</summary>
    internal static UsageDetails Combine(UsageDetails? before, UsageDetails more, ClientAdapterOptions row)
    {
        UsageDetails sum = before ?? new UsageDetails();
        if (before is null || !row.StreamsRunningTotals)
        {
            sum.Add(more);
            return sum;
        }

        sum.InputTokenCount = Max(sum.InputTokenCount, more.InputTokenCount);
        sum.OutputTokenCount = Max(sum.OutputTokenCount, more.OutputTokenCount);
        sum.TotalTokenCount = Max(sum.TotalTokenCount, more.TotalTokenCount);
        sum.CachedInputTokenCount = Max(sum.CachedInputTokenCount, more.CachedInputTokenCount);
        sum.ReasoningTokenCount = Max(sum.ReasoningTokenCount, more.ReasoningTokenCount);
        sum.InputAudioTokenCount = Max(sum.InputAudioTokenCount, more.InputAudioTokenCount);
        sum.InputTextTokenCount = Max(sum.InputTextTokenCount, more.InputTextTokenCount);
        sum.OutputAudioTokenCount = Max(sum.OutputAudioTokenCount, more.OutputAudioTokenCount);
        sum.OutputTextTokenCount = Max(sum.OutputTextTokenCount, more.OutputTextTokenCount);
        foreach ((string name, long count) in more.AdditionalCounts ?? [])
        {
            AdditionalPropertiesDictionary<long> counts = sum.AdditionalCounts ??= [];
            counts[name] = counts.TryGetValue(name, out long known) ? Math.Max(known, count) : count;
        }

        return sum;
    }

    private static long? Max(long? first, long? second) => first is null || second > first ? second : first;
}
