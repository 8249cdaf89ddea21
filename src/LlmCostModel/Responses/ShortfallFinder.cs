namespace LlmCostModel;

/// <summary>Judges how much of a call's usage a body, or a stream, states.</summary>
internal static class ShortfallFinder
{
    private const string WasCutOff = "The stream was cut off: the counts are a lower bound.";

    private const string NotYet = "The response is not finished, so it has no usage yet. Fetch it again by its id when it is.";

    private const string DoesNotCount = "The response states no tokens at all beside an answer, which cannot come out of nothing: its "
        + "server does not count. Count the tokens, or have the server state them.";

    /// <summary>What is known of turns when the next one was cut off.</summary>
    internal static UsageReading CutOff(in UsageReading turns) => turns.Status == UsageStatus.Complete
        ? turns with { Status = UsageStatus.Partial, Reason = WasCutOff }
        : turns;

    /// <summary>Why the usage is not complete; <see langword="null"/> when it is.</summary>
    internal static string? Find(
        in RawUsage raw,
        ApiConvention convention,
        in MeterCounts meters,
        bool hasCounts,
        bool isFinal,
        out UsageStatus status)
    {
        status = UsageStatus.Unknown;
        if (!hasCounts && meters[MeterCounts.AudioInputSecond] == 0)
        {
            if (isFinal && convention.OutputIsImage && meters[MeterCounts.IndexOf(StatedCount.Image)] != 0)
            {
                status = UsageStatus.Complete;
                return null;
            }

            return raw.Cost is null && raw.Has(ApiEvidence.Pending) && !raw.Has(ApiEvidence.Finished) ? NotYet
                : raw.Cost is null && raw.Has(ApiEvidence.Error) ? "The response is an error, which states no usage."
                : raw.Cost is null
                ? "The response does not state its usage. Ask for it (stream_options.include_usage in OpenAI's streams), or count the "
                    + "tokens."
                : "The response states its cost but not its usage.";
        }

        if (isFinal && !IsCounted(in raw, convention))
        {
            return "The usage of the response holds no counts of input or output.";
        }

        if (isFinal && HasAnswer(in raw) && IsAllZero(in raw, in meters))
        {
            return DoesNotCount;
        }

        status = UsageStatus.Partial;
        if (!isFinal)
        {
            return raw.Has(ApiEvidence.Error) ? EndedWithError(raw.ErrorCode) : WasCutOff;
        }

        if (raw.Has(ApiEvidence.Pending) && !raw.Has(ApiEvidence.Finished))
        {
            return "The response is not finished, so its counts are a lower bound. Fetch it again by its id when it is.";
        }

        if (raw.Has(ApiEvidence.CreditRedeemed))
        {
            return "A fallback credit was redeemed (usage.fallback_credit): what was sent again may be billed as a cache read, and whether "
                + "the counts say so is not documented.";
        }

        if (raw.UnknownIteration is not null)
        {
            return raw.UnknownIteration;
        }

        if (SideWithoutCount(in raw) is { } side)
        {
            return $"The response states no {side} tokens beside an answer, which cannot come out of nothing: its counts are a lower "
                + "bound.";
        }

        if (!convention.ZeroIsLeftOut
            && raw.Seconds is null
            && !raw.Has(ApiEvidence.Pages | ApiEvidence.Characters)
            && !raw.Has(StatedCount.Total)
            && !(raw.Has(StatedCount.Input) && (raw.Has(StatedCount.Output) || raw.Has(ApiEvidence.Embedding))))
        {
            return raw.Has(StatedCount.Input)
                ? "The response does not state its output tokens."
                : "The response does not state its input tokens.";
        }

        status = UsageStatus.Complete;
        return null;
    }

    /// <summary>Adds what is not explained to why the usage is not complete.</summary>
    internal static string? AddDoubts(string? reason, string? gap, string? unknown, ref UsageStatus status)
    {
        if (gap is null && unknown is null)
        {
            return reason;
        }

        status = UsageStatus.Partial;
        return string.Join(" ", new[] { reason, gap, unknown }.Where(text => text is not null));
    }

    private static string EndedWithError(string? code) =>
        $"The stream ended with an error{(code is null ? "" : $" ({code})")}: the counts are a lower bound.";

    /// <summary>Input or output, where it is 0 or not stated though there is a text that was made of something.</summary>
    private static string? SideWithoutCount(in RawUsage raw)
    {
        if (!raw.Has(ApiEvidence.AnswerText) || !raw.Has(StatedCount.Input))
        {
            return null;
        }

        long input = raw[StatedCount.Input] | raw[StatedCount.CacheRead] | raw[StatedCount.CacheWrite] | raw[StatedCount.ToolUseInput];
        foreach (TimedWrite write in TimedWrite.All)
        {
            input |= raw[write.Stated];
        }

        bool isRestOutput = raw[StatedCount.Total] > raw[StatedCount.Input];
        return input == 0 && raw.Seconds is null ? "input" // sound is counted in seconds
            : (raw[StatedCount.Output] | raw[StatedCount.Reasoning]) == 0 && !isRestOutput ? "output"
            : null;
    }

    /// <summary>Content, a reason why it ended, or a list of embeddings.</summary>
    private static bool HasAnswer(in RawUsage raw) =>
        raw.Has(ApiEvidence.Answer) || (raw.Has(ApiEvidence.List) && raw[StatedCount.Image] > 0);

    private static bool IsAllZero(in RawUsage raw, in MeterCounts meters)
    {
        for (StatedCount stated = StatedCount.Input; stated < StatedCount.WebSearch; stated++)
        {
            if (raw[stated] != 0)
            {
                return false;
            }
        }

        for (int i = 0; i < MeterCounts.Size; i++)
        {
            if (meters[i] != 0)
            {
                return false;
            }
        }

        return raw.Nested is null && raw.Seconds is null && raw.Calls is null or > 0;
    }

    private static bool IsCounted(in RawUsage raw, ApiConvention convention) =>
        raw.Has(StatedCount.Input)
        || raw.Has(StatedCount.Output)
        || raw.Has(StatedCount.SearchUnit)
        || raw.Has(StatedCount.Image)
        || raw.Has(ApiEvidence.Pages | ApiEvidence.Characters)
        || raw.Seconds is not null
        || (raw.Has(StatedCount.Total) && (convention.Families & ApiEvidence.OnlyTotal) != 0);
}
