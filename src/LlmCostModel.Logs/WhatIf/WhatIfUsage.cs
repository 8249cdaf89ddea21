namespace LlmCostModel.Logs;

/// <summary>What a call consumes on a model that counts or charges otherwise.</summary>
internal static class WhatIfUsage
{
    /// <summary>The counts of text, times a ratio; pictures, sound and films are counted by their size.</summary>
    public static TokenUsage Scale(in TokenUsage usage, decimal ratio)
    {
        TokenUsage scaled = usage;
        if (ratio != 1)
        {
            foreach (TokenBucketInfo row in TokenBuckets.All)
            {
                if (row.Modality == TokenModality.Text)
                {
                    scaled = scaled.With(row.Bucket, checked((long)decimal.Round(usage[row.Bucket] * ratio)));
                }
            }
        }

        return scaled;
    }

    /// <summary>Moves counts that the model has no price for to what it bills them as: what is written to a cache or read from one is fresh
    /// input to a model without a price of that, and reasoning is output.</summary>
    /// <param name="model">The model.</param>
    /// <param name="answer">What it would have cost as it stands.</param>
    /// <param name="usage">The counts, which are changed.</param>
    /// <param name="assumptions">Receives what was taken for granted.</param>
    /// <returns>Whether counts were moved.</returns>
    public static bool TryReplace(string model, PricedCall answer, ref TokenUsage usage, ISet<string> assumptions)
    {
        bool isMoved = false;
        foreach (CostIssue issue in answer.Main.Estimate.Issues)
        {
            if (issue.Kind != CostIssueKind.UnknownTokenPrice
                || !TokenBuckets.TryParse(issue.Subject, out TokenBucket bucket)
                || InsteadOf(bucket) is not { } instead
                || usage[bucket] == 0)
            {
                continue;
            }

            usage = usage.With(instead, checked(usage[instead] + usage[bucket])).With(bucket, 0);
            isMoved = true;
            assumptions.Add($"'{model}' has no price of {bucket} tokens: they count as {instead}.");
        }

        return isMoved;
    }

    private static TokenBucket? InsteadOf(TokenBucket bucket) => bucket switch
    {
        TokenBucket.CacheRead or TokenBucket.CacheWrite or TokenBucket.CacheWrite5m or TokenBucket.CacheWrite1h => TokenBucket.Input,
        TokenBucket.AudioCacheRead => TokenBucket.AudioInput,
        TokenBucket.Reasoning => TokenBucket.Output,
        _ => null,
    };
}
