using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Makes the line of a forecast of what a role of sampled traffic consumed.</summary>
internal static class TrafficLine
{
    internal static ForecastLine Of(TrafficCost cost, TrafficRoleCost role, ForecastLine? like)
    {
        CacheTotals totals = role.Cost.Totals;
        TokenUsage usage = totals.Usage;
        WorkloadCandidate model = role.Cost.Candidate;
        double requests = totals.Requests;
        long written = usage.TotalCacheWrite;
        long otherPrompt = usage.TotalInput - written;
        TokenBucket? bucket = WriteBucketOf(usage);
        // Where every token that is not read is written, the line says so; otherwise writes stand beside the prompt.
        bool isAllWritten = bucket is not null && usage.FreshInput == 0;
        double prompt = isAllWritten ? usage.TotalInput : otherPrompt;
        return (like ?? new ForecastLine { Model = "", Requests = 0, PromptTokens = 0 }) with
        {
            Name = cost.Roles.Length == 1 ? like?.Name : role.Role,
            Model = model.Model,
            Context = model.Context,
            Requests = RequestsOf(cost, requests / cost.Conversations),
            PromptTokens = Rounded(prompt / requests),
            OutputTokens = Rounded(usage.Output / requests),
            ReasoningTokens = Rounded(usage.Reasoning / requests),
            HitRate = prompt == 0 ? 0 : Rounded(usage.TotalCacheRead / prompt),
            WriteBucket = isAllWritten ? bucket : null,
            OtherTokens = isAllWritten ? ImmutableSortedDictionary<TokenBucket, Uncertain>.Empty : WritesOf(usage, requests),
            OutputVariation = Rounded(role.OutputVariation),
            PromptLengths = prompt > 0 ? role.PromptLengths : [],
            Noise = Combine(like?.Noise ?? 0, Rounded(role.Clustering / Math.Sqrt(cost.Traffic.MeanConversations))),
            Profile = cost.Traffic.Profile,
        };
    }

    /// <summary>As uncertain as the conversations of a month are; where those are stated exactly, as the sample is.</summary>
    private static Uncertain RequestsOf(TrafficCost cost, double perConversation)
    {
        double mean = Rounded(cost.Traffic.MeanConversations * perConversation);
        return cost.Traffic.Conversations.Exact is null ? cost.Traffic.Conversations.Times(Rounded(perConversation))
            : cost.SamplingError is > 0 and { } error ? Uncertain.FromMean(mean, Rounded(error))
            : mean;
    }

    /// <summary>To 6 digits, more than a sample knows.</summary>
    private static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        double scale = Math.Pow(10, 5 - Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value * scale) / scale;
    }

    private static double Combine(double one, double other) => Math.Min(10, Math.Sqrt((one * one) + (other * other)));

    private static TokenBucket? WriteBucketOf(TokenUsage usage)
    {
        TokenBucket[] written = [.. TokenBuckets.CacheWrites.Where(bucket => usage[bucket] > 0)];
        return written is [var only] ? only : null;
    }

    private static ImmutableSortedDictionary<TokenBucket, Uncertain> WritesOf(TokenUsage usage, double requests) => TokenBuckets.CacheWrites
        .Where(bucket => usage[bucket] > 0)
        .ToImmutableSortedDictionary(bucket => bucket, bucket => Uncertain.Exactly(Rounded(usage[bucket] / requests)));
}
