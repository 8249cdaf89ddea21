namespace LlmCostModel;

/// <summary>Makes the public result from what a body, or a stream, states.</summary>
internal static class ReadingBuilder
{
    /// <summary>Builds the result.</summary>
    /// <param name="raw">What was stated.</param>
    /// <param name="api">The API that the caller names.</param>
    /// <param name="isFinal">Whether all of the response was seen.</param>
    internal static UsageReading Build(in RawUsage raw, ApiFormat api, bool isFinal = true) =>
        raw.Parts?.Exists(part => part.HasCounts) == true ? AnswerInParts.Build(in raw, api)
        : raw.Own is not null || raw.Whole is not null ? PassedOnUsage.Build(in raw, api, isFinal)
        : BuildOne(in raw, api, isFinal);

    /// <summary>Builds it of the usage of the body alone.</summary>
    internal static UsageReading BuildOne(in RawUsage raw, ApiFormat api, bool isFinal)
    {
        bool hasCounts = ApiDetector.Family(in raw) != 0;
        if (UnbilledRequest.Find(in raw, hasCounts || raw.Models is not null) is { } failure)
        {
            return Unbilled(in raw, api, failure);
        }

        if (raw.Models is not null)
        {
            return SumOfModels.Build(in raw, api);
        }

        ApiConvention convention = ApiDetector.Choose(in raw, api, hasCounts);
        MeterCounts meters = CountMeters(in raw, convention);
        string? reason = ShortfallFinder.Find(in raw, convention, in meters, hasCounts, isFinal, out UsageStatus status);
        TokenUsage? usage = null;
        if (status != UsageStatus.Unknown)
        {
            usage = UsageNormalizer.ToUsage(in raw, convention, out string? gap);
            gap = CompareWithAnswers(in raw, ref usage, gap);
            gap = ToolDoubts.Find(in raw, in meters, convention, gap);
            gap = raw.Shrunk is { } shrunk ? UsageErrors.Shrunk(shrunk, gap) : gap;
            reason = ShortfallFinder.AddDoubts(reason, gap, raw.Unknown?.ToReason(convention.Repeats), ref status);
        }
        else if (raw.Unknown?.ToReason(convention.Repeats) is { } doubt)
        {
            reason += " " + doubt;
        }

        if (convention.EarlyRefusalIsFree && raw.Has(ApiEvidence.Refused) && usage is { TotalOutput: 0 } refused)
        {
            // https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback: "You are not billed for a refusal that arrives
            // before any output." Attempts before it that had output are billed all the same.
            usage = default(TokenUsage);
            if (raw.Nested is null && status == UsageStatus.Complete)
            {
                return Unbilled(in raw, convention.Api, $"The model refused before any output, and the call is not billed: {refused}.");
            }
        }

        CallContext served = ReadServed(in raw, convention);
        return new UsageReading
        {
            Served = raw.Attributes.IsEmpty ? served : served with { Attributes = raw.Attributes.ToAttributes() },
            Meters = meters.ToQuantities(),
            Api = convention.Api,
            Status = status,
            Reason = reason,
            Identity = ReadIdentity(in raw),
            Calls = CountCalls(in raw),
            Usage = usage,
            Model = raw.ServedBy ?? raw.Model ?? raw.ItemModel,
            IsFromFallback = raw.ServedBy is not null,
            Nested = raw.Nested is null ? [] : [.. raw.Nested],
            Reported = ReadReported(in raw),
            CacheMiss = raw.MissReason is null ? null
                : new() { Reason = raw.MissReason, Tokens = raw.Has(StatedCount.MissedByCache) ? raw[StatedCount.MissedByCache] : null },
        };
    }

    /// <summary>The top level sums the answers among the attempts; where it does not, both are said and the smaller is a bound.</summary>
    private static string? CompareWithAnswers(in RawUsage raw, ref TokenUsage? usage, string? gap)
    {
        if (raw.Answered is not { } answered
            || usage is not { } stated
            || (stated.TotalInput, stated.CacheRead, stated.TotalCacheWrite, stated.TotalOutput)
                == (answered.TotalInput, answered.CacheRead, answered.TotalCacheWrite, answered.TotalOutput))
        {
            return gap;
        }

        usage = stated.TotalInput + stated.TotalOutput <= answered.TotalInput + answered.TotalOutput ? stated : answered;
        string differ = UsageErrors.IterationsDiffer(stated, answered);
        return gap is null ? differ : $"{gap} {differ}";
    }

    /// <summary>How many calls the counts are of; <see langword="null"/> when that there are several is all that is known.</summary>
    internal static long? CountCalls(in RawUsage raw) => raw.Calls ?? (raw.Has(ApiEvidence.Sum) ? null : 1);

    private static CallIdentity ReadIdentity(in RawUsage raw) =>
        raw.BatchKey is not null && UnbilledRequest.IsBatchLine(in raw)
            ? raw.Identity with { BatchItemId = raw.Identity.BatchItemId ?? raw.BatchKey }
            : raw.Identity;

    private static UsageReading Unbilled(in RawUsage raw, ApiFormat api, string reason) => new()
    {
        Api = api,
        Status = UsageStatus.NotBilled,
        Reason = reason,
        Identity = ReadIdentity(in raw),
        Usage = default(TokenUsage),
        Model = raw.Model,
        Served = new CallContext { At = raw.At, Batch = UnbilledRequest.IsBatchLine(in raw) ? true : null },
    };

    /// <summary>How one of Anthropic's calls within a call was served, where it says so itself.</summary>
    internal static CallContext ReadServedOfIteration(in RawUsage raw) =>
        ReadServed(in raw, ApiConventions.Of(ApiFormat.AnthropicMessages));

    /// <summary>How the call was served. What is stated is kept, also when it is the standard: it wins over what was asked for.</summary>
    internal static CallContext ReadServed(in RawUsage raw, ApiConvention convention)
    {
        bool isBatchTier = raw.Tier == ServiceTiers.Batch;
        string? tier = isBatchTier ? ServiceTiers.Standard : raw.Tier;
        return new()
        {
            At = raw.At,
            Region = raw.Region,

            // A speed is a tier of its own unless it is the standard one; then the tier, if any, says more.
            Tier = ServiceTiers.IsStandard(raw.Speed) ? tier ?? raw.Speed : raw.Speed,
            Batch = isBatchTier || UnbilledRequest.IsBatchLine(in raw) ? true
                : raw.Tier is not null && convention.TierStatesBatch ? false : null,
        };
    }

    private static MeterCounts CountMeters(in RawUsage raw, ApiConvention convention)
    {
        MeterCounts meters = default;
        meters.Raise(in raw.ItemCounts);
        meters.Raise(in raw.PieceCounts);
        for (StatedCount stated = StatedCount.WebSearch; stated < StatedCount.Count; stated++)
        {
            if (raw.Has(stated))
            {
                meters[MeterCounts.IndexOf(stated)] = raw[stated];
            }
        }

        // A tool of the caller's may be called as a tool of another provider; Google does not bill what it reads of files or computes.
        if (!raw.Has(ApiEvidence.Xai) && !raw.Has(StatedCount.XSearch))
        {
            meters[MeterCounts.IndexOf(StatedCount.XSearch)] = 0;
        }

        if (convention.Api == ApiFormat.GeminiInteractions)
        {
            meters[MeterCounts.IndexOf(StatedCount.FileSearchCall)] = 0;
        }

        // A list called data is also embeddings; images billed by the token are not billed by the piece.
        if (!convention.CountsInputImages && (!convention.OutputIsImage || raw.Has(StatedCount.Output)))
        {
            meters[MeterCounts.IndexOf(StatedCount.Image)] = 0;
        }

        // Up to Gemini 2.5 a grounded request is billed once, since then each query: https://ai.google.dev/gemini-api/docs/google-search
        // Both are counted; the rate card knows which one the model charges, and has the other free.
        meters[MeterCounts.IndexOf(StatedCount.GroundedPrompt)] = Math.Min(meters[MeterCounts.IndexOf(StatedCount.GroundedQuery)], 1);
        int maps = MeterCounts.IndexOf(StatedCount.MapsGroundedPrompt);
        meters[maps] = Math.Min(meters[maps], 1);
        meters[MeterCounts.AudioInputSecond] = raw.Seconds ?? 0;
        int searches = MeterCounts.IndexOf(StatedCount.WebSearch);
        meters[searches] = meters[searches] == 0 && raw.Has(ApiEvidence.Usage) && ApiConventions.IsOneSearch(convention, raw.Model)
            ? 1
            : meters[searches];
        return meters;
    }

    internal static ReportedCost? ReadReported(in RawUsage raw)
    {
        if (raw.Cost is not { } cost)
        {
            return null;
        }

        string currency = string.IsNullOrWhiteSpace(raw.CostCurrency) ? "USD" : raw.CostCurrency;
        return new ReportedCost
        {
            Charged = new Money(cost, currency),
            OwnKey = raw.Has(ApiEvidence.OwnKey),
            Upstream = raw.Upstream is { } upstream ? new Money(upstream, currency) : null,
        };
    }
}
