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
        long cacheRead = convention.CacheReadIsInput ? 0 : raw[Slot.CacheRead];
        long written = ReadWrites(in raw, ref counts);
        long output = OutputCount(in raw, convention);
        long input = InputCount(in raw, convention, output);
        if (raw.Has(Slot.CacheMiss) && checked(raw[Slot.CacheRead] + raw[Slot.CacheMiss]) != input)
        {
            UsageErrors.WrongTotal(input, raw[Slot.CacheRead] + raw[Slot.CacheMiss]);
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
            counts[(int)write.Bucket] = raw[write.Slot];
            detailed = checked(detailed + raw[write.Slot]);
        }

        long all = raw.Has(Slot.CacheWrite) ? raw[Slot.CacheWrite] : detailed;
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
        if (raw.Has(Slot.Output) || convention.ZeroIsLeftOut || !raw.Has(Slot.Total) || !raw.Has(Slot.Input))
        {
            return raw[Slot.Output];
        }

        AtMost("input tokens", raw[Slot.Input], "all tokens", raw[Slot.Total]);
        return raw[Slot.Total] - raw[Slot.Input];
    }

    private static long InputCount(in RawUsage raw, ApiConvention convention, long output)
    {
        if (raw.Has(Slot.Input) || !raw.Has(Slot.Total) || (convention.Families & ApiEvidence.OnlyTotal) == 0)
        {
            return raw[Slot.Input];
        }

        AtMost("output tokens", output, "all tokens", raw[Slot.Total]);
        return raw[Slot.Total] - output;
    }

    private static bool SplitOutput(in RawUsage raw, ApiConvention convention, long input, long output, long cacheRead, long written, ref TokenCounts counts)
    {
        long reasoning = raw[Slot.Reasoning];
        Place place = convention.Reasoning;
        if (raw.Has(ApiEvidence.InputTokens) && place is Place.Apart or Place.ByTotal)
        {
            // The Responses shape has it inside everywhere it is spoken, xAI and Perplexity included.
            place = Place.Inside;
        }

        if (place == Place.ByTotal)
        {
            long sum = checked(AllInput(convention, input, cacheRead, written) + output);
            place = reasoning > 0 && raw.Has(Slot.Total) && raw[Slot.Total] == checked(sum + reasoning) ? Place.Apart : Place.Inside;
        }

        if (place == Place.RestOfTotal)
        {
            AtMost("input and output tokens", checked(input + output), "all tokens", raw.Has(Slot.Total) ? raw[Slot.Total] : input + output);
            reasoning = raw.Has(Slot.Total) ? raw[Slot.Total] - input - output : 0;
            place = Place.Apart;
        }

        long audio = raw[Slot.AudioOutput];
        long image = raw[Slot.ImageOutput];
        long video = raw[Slot.VideoOutput];
        long others = checked(audio + image + video + (place == Place.Inside ? reasoning : 0));
        AtMost(place == Place.Inside ? "reasoning, audio, image and video output tokens" : "audio, image and video output tokens", others, "output tokens", output);
        long rest = output - others;
        bool isImage = convention.OutputIsImage && others == 0 && !raw.Has(Slot.TextOutput);
        counts[(int)TokenBucket.Output] = isImage ? 0 : rest;
        counts[(int)TokenBucket.Reasoning] = reasoning;
        counts[(int)TokenBucket.AudioOutput] = audio;
        counts[(int)TokenBucket.ImageOutput] = isImage ? rest : image;
        counts[(int)TokenBucket.VideoOutput] = video;
        return place == Place.Apart;
    }

    private static void CheckTotal(in RawUsage raw, ApiConvention convention, long input, long output, long cacheRead, long written, bool reasoningApart)
    {
        if (!raw.Has(Slot.Total) || convention.Reasoning == Place.RestOfTotal || (convention.AudioApart && raw.Seconds is not null))
        {
            return;
        }

        long total = raw[Slot.Total];
        long sum = checked(AllInput(convention, input, cacheRead, written) + output + raw[Slot.ToolUseInput] + (convention.AudioApart ? raw[Slot.AudioInput] : 0));
        long withReasoning = reasoningApart ? checked(sum + raw[Slot.Reasoning]) : sum;

        // Perplexity's total, and that of gateways before xAI, leaves out the reasoning that is apart.
        bool mayLeaveReasoningOut = reasoningApart && convention.TotalMayOmitReasoning;
        if (total != withReasoning && !(mayLeaveReasoningOut && total == sum))
        {
            UsageErrors.WrongTotal(total, withReasoning);
        }
    }

    private static long AllInput(ApiConvention convention, long input, long cacheRead, long written) =>
        convention.Cache == Place.Inside ? input : checked(input + cacheRead + written);

    private static void SplitInput(in RawUsage raw, ApiConvention convention, long input, long cacheRead, long written, ref TokenCounts counts)
    {
        if (convention.Cache == Place.Inside)
        {
            AtMost("cached and cache-write tokens", checked(cacheRead + written), "input tokens", input);
        }

        // Fresh and read tokens of every modality. Text is what the others leave.
        long unwritten = convention.Cache == Place.Inside ? input - written : checked(input + cacheRead);
        long audio = convention.AudioApart ? 0 : raw[Slot.AudioInput];
        long image = raw[Slot.ImageInput];
        long video = raw[Slot.VideoInput];
        AtMost("audio, image and video input tokens", checked(audio + image + video), "input tokens", unwritten);
        long text = unwritten - audio - image - video;
        (long readAudio, long readImage, long readVideo) = CachedByModality(in raw, cacheRead, text, audio, image, video);
        AtMost("cached audio tokens", readAudio, "audio input tokens", audio);
        AtMost("cached image tokens", readImage, "image input tokens", image);
        AtMost("cached video tokens", readVideo, "video input tokens", video);
        long readText = cacheRead - readAudio - readImage - readVideo;
        AtMost("cached text tokens", readText, "text input tokens", text);

        counts[(int)TokenBucket.Input] = checked(text - readText + raw[Slot.ToolUseInput]);
        counts[(int)TokenBucket.CacheRead] = readText;
        counts[(int)TokenBucket.AudioInput] = convention.AudioApart && raw.Seconds is null ? raw[Slot.AudioInput] : audio - readAudio;
        counts[(int)TokenBucket.AudioCacheRead] = readAudio;
        counts[(int)TokenBucket.ImageInput] = image - readImage;
        counts[(int)TokenBucket.ImageCacheRead] = readImage;
        counts[(int)TokenBucket.VideoInput] = video - readVideo;
        counts[(int)TokenBucket.VideoCacheRead] = readVideo;
    }

    /// <summary>
    /// Cached tokens by modality as stated. Where the API does not state it, cached tokens are text as far as there is text; the rest is of the
    /// other modality when there is only one, and otherwise not known.
    /// </summary>
    private static (long Audio, long Image, long Video) CachedByModality(in RawUsage raw, long cacheRead, long text, long audio, long image, long video)
    {
        if (raw.Has(Slot.CachedAudio) || raw.Has(Slot.CachedImage) || raw.Has(Slot.CachedVideo))
        {
            AtMost("cached audio, image and video tokens", checked(raw[Slot.CachedAudio] + raw[Slot.CachedImage] + raw[Slot.CachedVideo]), "cached tokens", cacheRead);
            return (raw[Slot.CachedAudio], raw[Slot.CachedImage], raw[Slot.CachedVideo]);
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
