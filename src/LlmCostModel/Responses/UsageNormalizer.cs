namespace LlmCostModel;

/// <summary>Turns stated counts into disjoint ones by a <see cref="ApiConvention"/>, and rejects what cannot be.</summary>
internal static class UsageNormalizer
{
    /// <summary>One of Anthropic's calls within a call.</summary>
    internal static TokenUsage Iteration(in RawUsage raw) => ToUsage(in raw, ApiConventions.Of(ApiFormat.AnthropicMessages));

    /// <summary>Converts the counts.</summary>
    /// <exception cref="UsageFormatException">The counts contradict each other.</exception>
    /// <exception cref="OverflowException">They add up to more than <see cref="long.MaxValue"/>.</exception>
    internal static TokenUsage ToUsage(in RawUsage raw, ApiConvention convention)
    {
        TokenCounts counts = default;
        long cacheRead = convention.CacheReadIsInput ? 0 : raw[StatedCount.CacheRead];
        long written = ReadWrites(in raw, ref counts);
        long output = OutputCount(in raw, convention);
        long input = InputCount(in raw, convention, output);
        if (raw.Has(StatedCount.CacheMiss) && checked(raw[StatedCount.CacheRead] + raw[StatedCount.CacheMiss]) != input)
        {
            UsageErrors.WrongTotal(input, raw[StatedCount.CacheRead] + raw[StatedCount.CacheMiss]);
        }

        bool reasoningApart = SplitOutput(in raw, convention, input, output, cacheRead, written, ref counts);
        CheckTotal(in raw, convention, input, output, cacheRead, written, reasoningApart);
        SplitInput(in raw, convention, input, cacheRead, written, ref counts);
        TokenUsage usage = TokenUsage.FromCounts(in counts);
        _ = checked(usage.TotalInput + usage.TotalOutput);
        return usage;
    }

    private static long ReadWrites(in RawUsage raw, ref TokenCounts counts)
    {
        long detailed = 0;
        foreach (TimedWrite write in TimedWrite.All)
        {
            counts[(int)write.Bucket] = raw[write.Stated];
            detailed = checked(detailed + raw[write.Stated]);
        }

        long all = raw.Has(StatedCount.CacheWrite) ? raw[StatedCount.CacheWrite] : detailed;
        if (detailed > all && raw.ServedUsage is { } served)
        {
            // After a fallback the split may still be that of the declined attempt: https://github.com/ryoppippi/ccusage/issues/1552
            bool fits = served.TotalCacheWrite == all;
            foreach (TokenBucket bucket in TokenBuckets.CacheWrites)
            {
                counts[(int)bucket] = fits ? served[bucket] : 0;
            }

            counts[(int)TokenBucket.CacheWrite] += fits ? 0 : all;
            return all;
        }

        AtMost("cache writes by time to live", detailed, "all cache writes", all);
        long rest = all - detailed;
        if (rest > 0 && raw.UnknownTimeToLive is not null)
        {
            UsageErrors.UnknownTtl(raw.UnknownTimeToLive);
        }

        counts[(int)(raw.Kept?.Bucket ?? TokenBucket.CacheWrite)] += rest;
        return all;
    }

    /// <summary>The stated output, or what the input leaves of the total where the output is left out.</summary>
    private static long OutputCount(in RawUsage raw, ApiConvention convention)
    {
        if (raw.Has(StatedCount.Output) || convention.ZeroIsLeftOut || !raw.Has(StatedCount.Total) || !raw.Has(StatedCount.Input))
        {
            return raw[StatedCount.Output];
        }

        AtMost("input tokens", raw[StatedCount.Input], "all tokens", raw[StatedCount.Total]);
        return raw[StatedCount.Total] - raw[StatedCount.Input];
    }

    private static long InputCount(in RawUsage raw, ApiConvention convention, long output)
    {
        if (raw.Has(StatedCount.Input) || !raw.Has(StatedCount.Total) || (convention.Families & ApiEvidence.OnlyTotal) == 0)
        {
            return raw[StatedCount.Input];
        }

        AtMost("output tokens", output, "all tokens", raw[StatedCount.Total]);
        return raw[StatedCount.Total] - output;
    }

    private static bool SplitOutput(
        in RawUsage raw,
        ApiConvention convention,
        long input,
        long output,
        long cacheRead,
        long written,
        ref TokenCounts counts)
    {
        long reasoning = raw[StatedCount.Reasoning];
        Inclusion inclusion = convention.Reasoning;
        if (raw.Has(ApiEvidence.InputTokens) && inclusion is Inclusion.Apart or Inclusion.ByTotal)
        {
            // The Responses shape has it inside everywhere it is spoken, xAI and Perplexity included.
            inclusion = Inclusion.Inside;
        }

        if (inclusion == Inclusion.ByTotal)
        {
            long sum = checked(AllInput(convention, input, cacheRead, written) + output);
            inclusion =
                raw.Has(StatedCount.Total) && raw[StatedCount.Total] == checked(sum + reasoning) ? Inclusion.Apart : Inclusion.Inside;
        }

        if (inclusion == Inclusion.RestOfTotal)
        {
            long stated = checked(input + output);
            long total = raw.Has(StatedCount.Total) ? raw[StatedCount.Total] : stated;
            AtMost("input and output tokens", stated, "all tokens", total);
            reasoning = total - stated;
            inclusion = Inclusion.Apart;
        }

        long audio = raw[StatedCount.AudioOutput];
        long image = raw[StatedCount.ImageOutput];
        long video = raw[StatedCount.VideoOutput];
        long others = checked(audio + image + video + (inclusion == Inclusion.Inside ? reasoning : 0));
        AtMost(
            inclusion == Inclusion.Inside ? "reasoning, audio, image and video output tokens" : "audio, image and video output tokens",
            others,
            "output tokens",
            output);
        long rest = output - others;
        bool isImage = convention.OutputIsImage && others == 0 && !raw.Has(StatedCount.TextOutput);
        counts[(int)TokenBucket.Output] = isImage ? 0 : rest;
        counts[(int)TokenBucket.Reasoning] = reasoning;
        counts[(int)TokenBucket.AudioOutput] = audio;
        counts[(int)TokenBucket.ImageOutput] = isImage ? rest : image;
        counts[(int)TokenBucket.VideoOutput] = video;
        return inclusion == Inclusion.Apart;
    }

    private static void CheckTotal(
        in RawUsage raw,
        ApiConvention convention,
        long input,
        long output,
        long cacheRead,
        long written,
        bool reasoningApart)
    {
        if (!raw.Has(StatedCount.Total)
            || convention.Reasoning == Inclusion.RestOfTotal
            || (convention.AudioApart && raw.Seconds is not null))
        {
            return;
        }

        long total = raw[StatedCount.Total];
        long sum = checked(
            AllInput(convention, input, cacheRead, written)
            + output
            + raw[StatedCount.ToolUseInput]
            + (convention.AudioApart ? raw[StatedCount.AudioInput] : 0));
        long withReasoning = reasoningApart ? checked(sum + raw[StatedCount.Reasoning]) : sum;

        // Perplexity's total, and that of gateways before xAI, leaves out the reasoning that is apart.
        bool mayLeaveReasoningOut = reasoningApart && convention.TotalMayOmitReasoning;
        if (total != withReasoning && !(mayLeaveReasoningOut && total == sum))
        {
            UsageErrors.WrongTotal(total, withReasoning);
        }
    }

    private static long AllInput(ApiConvention convention, long input, long cacheRead, long written) =>
        convention.Cache == Inclusion.Inside ? input : checked(input + cacheRead + written);

    private static void SplitInput(
        in RawUsage raw,
        ApiConvention convention,
        long input,
        long cacheRead,
        long written,
        ref TokenCounts counts)
    {
        if (convention.Cache == Inclusion.Inside)
        {
            AtMost("cached and cache-write tokens", checked(cacheRead + written), "input tokens", input);
        }

        // Fresh and read tokens of every modality. Text is what the others leave.
        long unwritten = convention.Cache == Inclusion.Inside ? input - written : checked(input + cacheRead);
        long audio = convention.AudioApart ? 0 : raw[StatedCount.AudioInput];
        long image = raw[StatedCount.ImageInput];
        long video = raw[StatedCount.VideoInput];
        AtMost("audio, image and video input tokens", checked(audio + image + video), "input tokens", unwritten);
        long text = unwritten - audio - image - video;
        (long readAudio, long readImage, long readVideo) = CachedByModality(in raw, cacheRead, text, audio, image, video);
        AtMost("cached audio tokens", readAudio, "audio input tokens", audio);
        AtMost("cached image tokens", readImage, "image input tokens", image);
        AtMost("cached video tokens", readVideo, "video input tokens", video);
        long readText = cacheRead - readAudio - readImage - readVideo;
        AtMost("cached text tokens", readText, "text input tokens", text);

        counts[(int)TokenBucket.Input] = checked(text - readText + raw[StatedCount.ToolUseInput]);
        counts[(int)TokenBucket.CacheRead] = readText;
        counts[(int)TokenBucket.AudioInput] =
            convention.AudioApart && raw.Seconds is null ? raw[StatedCount.AudioInput] : audio - readAudio;
        counts[(int)TokenBucket.AudioCacheRead] = readAudio;
        counts[(int)TokenBucket.ImageInput] = image - readImage;
        counts[(int)TokenBucket.ImageCacheRead] = readImage;
        counts[(int)TokenBucket.VideoInput] = video - readVideo;
        counts[(int)TokenBucket.VideoCacheRead] = readVideo;
    }

    /// <summary>
    /// Cached tokens by modality as stated. Where the API does not state it, cached tokens are text as far as there is text; the rest is of
    /// the
    /// other modality when there is only one, and otherwise not known.
    /// </summary>
    private static (long Audio, long Image, long Video) CachedByModality(
        in RawUsage raw,
        long cacheRead,
        long text,
        long audio,
        long image,
        long video)
    {
        if (raw.Has(StatedCount.CachedAudio) || raw.Has(StatedCount.CachedImage) || raw.Has(StatedCount.CachedVideo))
        {
            AtMost(
                "cached audio, image and video tokens",
                checked(raw[StatedCount.CachedAudio] + raw[StatedCount.CachedImage] + raw[StatedCount.CachedVideo]),
                "cached tokens",
                cacheRead);
            return (raw[StatedCount.CachedAudio], raw[StatedCount.CachedImage], raw[StatedCount.CachedVideo]);
        }

        long rest = Math.Max(0, cacheRead - text);
        if (rest == 0)
        {
            return default;
        }

        if ((audio > 0 ? 1 : 0) + (image > 0 ? 1 : 0) + (video > 0 ? 1 : 0) > 1)
        {
            UsageErrors.Ambiguous("it does not say which of audio, image and video tokens came from the cache.");
        }

        return (audio > 0 ? rest : 0, image > 0 ? rest : 0, video > 0 ? rest : 0);
    }

    private static void AtMost(string part, long count, string whole, long limit)
    {
        if (count > limit)
        {
            UsageErrors.TooMuch(part, count, whole, limit);
        }
    }
}
