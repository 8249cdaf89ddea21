namespace LlmCostModel.Planning;

/// <summary>What a workload is in a candidate's tokens.</summary>
internal static class TokenScale
{
    internal static TokenUsage Of(TokenUsage usage, WorkloadCandidate candidate)
    {
        if (candidate.TokenRatio == 1 && candidate.ReasoningRatio == 1)
        {
            return usage;
        }

        foreach (TokenBucketInfo row in TokenBuckets.All.Where(row => row.Modality == TokenModality.Text))
        {
            decimal ratio = row.Bucket == TokenBucket.Reasoning ? candidate.TokenRatio * candidate.ReasoningRatio : candidate.TokenRatio;
            usage = usage.With(row.Bucket, Scale(usage[row.Bucket], ratio));
        }

        return usage;
    }

    internal static PromptRequest Of(PromptRequest request, WorkloadCandidate candidate)
    {
        if (candidate.TokenRatio == 1 && candidate.ReasoningRatio == 1)
        {
            return request;
        }

        return request with
        {
            Prompt = candidate.TokenRatio == 1
                ? request.Prompt
                : [.. request.Prompt.Select(segment => segment with { Tokens = Scale(segment.Tokens, candidate.TokenRatio) })],
            OutputTokens = Scale(request.OutputTokens, candidate.TokenRatio),
            ReasoningTokens = Scale(request.ReasoningTokens, candidate.TokenRatio * candidate.ReasoningRatio),
        };
    }

    private static long Scale(long tokens, decimal ratio) => checked((long)decimal.Round(tokens * ratio));
}
