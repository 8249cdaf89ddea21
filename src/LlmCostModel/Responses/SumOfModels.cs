namespace LlmCostModel;

/// <summary>Reads a sum of calls of several models: the result of a session of Claude Code, whose usage block is that of one of
/// them.</summary>
/// <remarks>The fields: <c>modelUsage</c>, <c>total_cost_usd</c> and <c>usage</c> of
/// https://docs.claude.com/en/api/agent-sdk/typescript#sdkresultmessage, read 2026-11-26.</remarks>
internal static class SumOfModels
{
    internal static UsageReading Build(in RawUsage raw, ApiFormat api)
    {
        ApiConvention convention = ApiConventions.Of(ApiFormat.AnthropicMessages);
        if (api is not (ApiFormat.Detect or ApiFormat.AnthropicMessages))
        {
            UsageErrors.NotOfApi(ApiConventions.Of(api), ApiEvidence.InputTokens);
        }

        List<ModelShare> shares = raw.Models!;
        UsageStatus status = UsageStatus.Complete;
        string? reason = null;
        TokenUsage? whole = null;
        if (ApiDetector.Family(in raw) == ApiEvidence.InputTokens)
        {
            whole = UsageNormalizer.ToUsage(in raw, convention, out reason);
        }

        if (shares.Count == 0)
        {
            return new UsageReading { Api = convention.Api, Reason = "The result states the usage of no model.", Identity = raw.Identity };
        }

        // The block also says how long the cache keeps what was written; the shares do not.
        int main = whole is { } block ? shares.FindIndex(share => IsSame(share.Usage, block)) : 0;
        string? kept = main >= 0 || whole is not { } other || other.CacheWrite1h == 0 ? null
            : "The result does not say for which model the cache keeps writes for an hour; all are priced as kept for less.";
        ModelShare first = shares[Math.Max(main, 0)];
        reason = ShortfallFinder.AddDoubts(null, reason, kept, ref status);
        reason = ShortfallFinder.AddDoubts(reason, Contradiction(whole, raw[StatedCount.WebSearch], shares), null, ref status);
        reason = ShortfallFinder.AddDoubts(reason, raw.UnknownIteration, raw.Unknown?.ToReason(null), ref status);
        return new UsageReading
        {
            Api = convention.Api,
            Status = status,
            Reason = reason,
            Identity = raw.Identity,
            Calls = ReadingBuilder.CountCalls(in raw),
            Usage = main >= 0 && whole is not null ? whole : first.Usage,
            Model = first.Model,
            Meters = first.ToNested().Meters ?? MeteredQuantities.Empty,
            Nested = [.. shares.Where(share => share != first).Select(share => share.ToNested())],
            Served = ReadingBuilder.ReadServed(in raw, convention),
            Reported = ReadingBuilder.ReadReported(in raw),
        };
    }

    /// <summary>What the block has more of than all models together, though it is part of their sum; <see langword="null"/> when there is
    /// no such thing.</summary>
    private static string? Contradiction(TokenUsage? whole, long searches, List<ModelShare> shares)
    {
        TokenUsage block = whole.GetValueOrDefault();
        (string Name, long Block, long Models)[] counts =
        [
            ("input tokens", block.TotalInput, shares.Sum(share => share.Usage.TotalInput)),
            ("tokens read from the cache", block.CacheRead, shares.Sum(share => share.Usage.CacheRead)),
            ("tokens written to it", block.TotalCacheWrite, shares.Sum(share => share.Usage.TotalCacheWrite)),
            ("output tokens", block.TotalOutput, shares.Sum(share => share.Usage.TotalOutput)),
            ("web searches", searches, shares.Sum(share => share.WebSearches)),
        ];
        string more = string.Join(", ", counts.Where(count => count.Block > count.Models)
            .Select(count => FormattableString.Invariant($"{count.Block} {count.Name} and not {count.Models}")));
        return more.Length == 0 ? null : $"The result's usage has more than its models together: {more}. The models are priced.";
    }

    /// <summary>Whether two usages are the same but for how long the cache keeps what was written.</summary>
    private static bool IsSame(TokenUsage left, TokenUsage right) =>
        left.TotalInput == right.TotalInput
        && left.TotalOutput == right.TotalOutput
        && left.CacheRead == right.CacheRead
        && left.Input == right.Input;
}
