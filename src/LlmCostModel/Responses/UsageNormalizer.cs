namespace LlmCostModel;

/// <summary>Turns stated counts into disjoint ones by a <see cref="ApiConvention"/>, and rejects what cannot be.</summary>
internal static class UsageNormalizer
{
    /// <summary>One of Anthropic's calls within a call.</summary>
    internal static TokenUsage Iteration(in RawUsage raw, ref RawUsage whole)
    {
        TokenUsage usage = ToUsage(in raw, ApiConventions.Of(ApiFormat.AnthropicMessages), out string? gap);
        whole.UnknownIteration = gap ?? whole.UnknownIteration;
        return usage;
    }

    /// <summary>Converts the counts.</summary>
    /// <param name="raw">What is stated.</param>
    /// <param name="convention">How the API counts.</param>
    /// <param name="gap">What the total holds and no count explains; <see langword="null"/> when there is no such thing.</param>
    /// <exception cref="UsageFormatException">The counts contradict each other.</exception>
    /// <exception cref="OverflowException">They add up to more than <see cref="long.MaxValue"/>.</exception>
    internal static TokenUsage ToUsage(in RawUsage raw, ApiConvention convention, out string? gap)
    {
        TokenCounts counts = default;
        long cacheRead = convention.CacheReadIsInput ? 0 : raw[StatedCount.CacheRead];
        long written = ReadWrites(in raw, convention, ref counts, out string? untimed);
        long output = OutputCount(in raw, convention);
        long input = InputCount(in raw, convention, output);
        gap = FindUnclassified(in raw, input)
            ?? (DividesByModality(in raw, convention) ? FindWithoutModality(in raw, input, output) : null);
        (CountPlaces places, long reasoning) = PlaceReasoning(in raw, convention, input, output, checked(cacheRead + written), ref gap);
        gap = untimed is null || gap is null ? gap ?? untimed : $"{gap} {untimed}";
        SplitOutput(in raw, convention, output, reasoning, places.ReasoningApart, ref counts);
        SplitInput(in raw, convention, input, cacheRead, written, places.CacheApart, ref counts);
        TokenUsage usage = TokenUsage.FromCounts(in counts);
        _ = checked(usage.TotalInput + usage.TotalOutput);
        return usage;
    }

    /// <summary>Input of which the body does not say whether the cache had it, though it divides the input by that.</summary>
    private static string? FindUnclassified(in RawUsage raw, long input)
    {
        if (raw.Has(StatedCount.FreshInput) && raw[StatedCount.FreshInput] != input)
        {
            long parts = checked(raw[StatedCount.FreshInput] + raw[StatedCount.CacheRead] + raw[StatedCount.CacheWrite]);
            AtMost("tokens that the cache had, had not and took", parts, "input tokens", input);
            return parts == input ? null : UsageErrors.Unclassified(input, input - parts);
        }

        if (!raw.Has(StatedCount.CacheMiss))
        {
            return null;
        }

        long divided = checked(raw[StatedCount.CacheRead] + raw[StatedCount.CacheMiss]);
        AtMost("tokens that the cache had and had not", divided, "input tokens", input);
        return divided == input ? null : UsageErrors.Unclassified(input, input - divided);
    }

    /// <summary>Whether the modalities that are stated are all there are. Gemini lists only some; in OpenAI's shape text is stated beside
    /// the others.</summary>
    private static bool DividesByModality(in RawUsage raw, ApiConvention convention) => convention.StatesModalities
        || (raw.Has(ApiEvidence.PromptTokens | ApiEvidence.InputTokens)
            && (raw[StatedCount.AudioInput] | raw[StatedCount.ImageInput] | raw[StatedCount.VideoInput]
                | raw[StatedCount.AudioOutput] | raw[StatedCount.ImageOutput] | raw[StatedCount.VideoOutput]) != 0);

    /// <summary>What no modality has of counts that are divided by modality: it is priced as text, and may be sound.</summary>
    private static string? FindWithoutModality(in RawUsage raw, long input, long output)
    {
        long known = checked(
            raw[StatedCount.TextInput] + raw[StatedCount.AudioInput] + raw[StatedCount.ImageInput] + raw[StatedCount.VideoInput]);
        long made = checked(raw[StatedCount.TextOutput] + raw[StatedCount.AudioOutput] + raw[StatedCount.ImageOutput]
            + raw[StatedCount.VideoOutput]);
        return raw.Has(StatedCount.TextInput) && known != input ? UsageErrors.WithoutModality("input", input, known)
            : raw.Has(StatedCount.TextOutput) && made != output && made + raw[StatedCount.Reasoning] != output
                ? UsageErrors.WithoutModality("output", output, made)
            : null;
    }

    private static (CountPlaces Places, long Reasoning) PlaceReasoning(
        in RawUsage raw, ApiConvention convention, long input, long output, long cached, ref string? gap)
    {
        if (convention.Reasoning == Inclusion.RestOfTotal)
        {
            long stated = checked(input + output);
            long total = raw.Has(StatedCount.Total) ? raw[StatedCount.Total] : stated;
            AtMost("input and output tokens", stated, "all tokens", total);
            return (new(CacheApart: false, ReasoningApart: true, 0), total - stated);
        }

        CountPlaces places = CountPlaces.Find(in raw, convention, input, output, cached);
        if (places.Hidden == 0)
        {
            return (places, raw[StatedCount.Reasoning]);
        }

        // Gemini bills thoughts and may count them in the total alone: https://ai.google.dev/gemini-api/docs/thinking#pricing
        if (!raw.Has(StatedCount.Reasoning) || raw[StatedCount.Reasoning] == 0)
        {
            if (convention.HidesReasoning || ApiConventions.IsBilledForHiddenReasoning(raw.Model))
            {
                return (places with { ReasoningApart = true }, places.Hidden);
            }
        }

        gap = UsageErrors.Hidden(raw[StatedCount.Total], places.Hidden);
        return (places, raw[StatedCount.Reasoning]);
    }

    private static long ReadWrites(in RawUsage raw, ApiConvention convention, ref TokenCounts counts, out string? untimed)
    {
        untimed = null;
        long detailed = 0;
        foreach (TimedWrite write in TimedWrite.All)
        {
            counts[(int)write.Bucket] = raw[write.Stated];
            detailed = checked(detailed + raw[write.Stated]);
        }

        bool areSummed = raw.Has(StatedCount.CacheWrite) && !(convention.SplitReplacesWrites && raw[StatedCount.CacheWrite] == 0);
        long all = areSummed ? raw[StatedCount.CacheWrite] : detailed;
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
        untimed = rest > 0 && detailed > 0 ? UsageErrors.UntimedWrites(all, rest) : null;
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

    private static void SplitOutput(
        in RawUsage raw, ApiConvention convention, long output, long reasoning, bool isReasoningApart, ref TokenCounts counts)
    {
        long audio = raw[StatedCount.AudioOutput];
        long image = raw[StatedCount.ImageOutput];
        long video = raw[StatedCount.VideoOutput];
        long others = checked(audio + image + video + (isReasoningApart ? 0 : reasoning));
        AtMost(
            isReasoningApart ? "audio, image and video output tokens" : "reasoning, audio, image and video output tokens",
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
    }

    private static void SplitInput(
        in RawUsage raw,
        ApiConvention convention,
        long input,
        long cacheRead,
        long written,
        bool isCacheApart,
        ref TokenCounts counts)
    {
        if (!isCacheApart)
        {
            AtMost("cached and cache-write tokens", checked(cacheRead + written), "input tokens", input);
        }

        // Fresh and read tokens of every modality. Text is what the others leave.
        long unwritten = isCacheApart ? checked(input + cacheRead) : input - written;
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

        long toolAudio = raw[StatedCount.ToolUseAudio];
        long toolImage = raw[StatedCount.ToolUseImage];
        long toolVideo = raw[StatedCount.ToolUseVideo];
        long toolOthers = checked(toolAudio + toolImage + toolVideo);
        AtMost("audio, image and video tokens of tools", toolOthers, "input tokens of tools", raw[StatedCount.ToolUseInput]);

        counts[(int)TokenBucket.Input] = checked(text - readText + raw[StatedCount.ToolUseInput] - toolOthers);
        counts[(int)TokenBucket.CacheRead] = readText;
        counts[(int)TokenBucket.AudioInput] =
            convention.AudioApart && raw.Seconds is null ? raw[StatedCount.AudioInput] : checked(audio - readAudio + toolAudio);
        counts[(int)TokenBucket.AudioCacheRead] = readAudio;
        counts[(int)TokenBucket.ImageInput] = checked(image - readImage + toolImage);
        counts[(int)TokenBucket.ImageCacheRead] = readImage;
        counts[(int)TokenBucket.VideoInput] = checked(video - readVideo + toolVideo);
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
