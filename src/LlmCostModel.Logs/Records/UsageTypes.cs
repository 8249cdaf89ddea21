using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Counts by type, as Langfuse keeps them.</summary>
internal sealed class UsageTypes
{
    private static readonly Dictionary<string, TokenBucket> Buckets = new(StringComparer.Ordinal)
    {
        ["input"] = TokenBucket.Input,
        ["prompt_tokens"] = TokenBucket.Input,
        ["input_tokens"] = TokenBucket.Input,
        ["input_text_tokens"] = TokenBucket.Input,
        ["input_text"] = TokenBucket.Input,
        ["input_cached_tokens"] = TokenBucket.CacheRead,
        ["input_cache_read"] = TokenBucket.CacheRead,
        ["input_cached"] = TokenBucket.CacheRead,
        ["cache_read_input_tokens"] = TokenBucket.CacheRead,
        ["input_cache_creation"] = TokenBucket.CacheWrite,
        ["input_cache_write"] = TokenBucket.CacheWrite,
        ["cache_creation_input_tokens"] = TokenBucket.CacheWrite,
        ["input_cache_creation_5m"] = TokenBucket.CacheWrite5m,
        ["input_cache_creation_1h"] = TokenBucket.CacheWrite1h,
        ["input_audio_tokens"] = TokenBucket.AudioInput,
        ["input_audio"] = TokenBucket.AudioInput,
        ["input_image_tokens"] = TokenBucket.ImageInput,
        ["output"] = TokenBucket.Output,
        ["completion_tokens"] = TokenBucket.Output,
        ["output_tokens"] = TokenBucket.Output,
        ["output_text_tokens"] = TokenBucket.Output,
        ["output_text"] = TokenBucket.Output,
        ["output_accepted_prediction_tokens"] = TokenBucket.Output,
        ["output_rejected_prediction_tokens"] = TokenBucket.Output,
        ["output_reasoning_tokens"] = TokenBucket.Reasoning,
        ["output_reasoning"] = TokenBucket.Reasoning,
        ["output_audio_tokens"] = TokenBucket.AudioOutput,
        ["output_audio"] = TokenBucket.AudioOutput,
    };

    private static readonly string[] Totals = ["total", "total_tokens"];

    /// <summary>The counts; <see langword="null"/> when none is stated.</summary>
    public TokenUsage? Counts { get; private set; }

    /// <summary>What of them is not known.</summary>
    public List<string> Doubts { get; } = [];

    public bool IsEmpty => Counts is null;

    /// <summary>Reads them.</summary>
    /// <param name="details">By type.</param>
    /// <param name="old">As they were before there were types: input, output and total.</param>
    public static UsageTypes Of(RecordFields? details, RecordFields? old)
    {
        UsageTypes read = new();
        if (details is { } types && types.Members.Any())
        {
            read.Take(types);
        }
        else if (old is { } counts && (counts.Count("input") ?? counts.Count("output") ?? 0) > 0)
        {
            string unit = counts.Text("unit") ?? "TOKENS";
            read.Take(counts);
            if (!unit.Equals("TOKENS", StringComparison.OrdinalIgnoreCase))
            {
                read.Counts = null;
                read.Doubts.Add($"The usage is in {unit}, not in tokens.");
            }
        }

        return read;
    }

    private void Take(RecordFields types)
    {
        TokenUsage usage = default;
        bool isAny = false;
        List<string> unknown = [];
        foreach (JsonProperty type in types.Members)
        {
            if (Totals.Contains(type.Name) || type.Name == "unit" || type.Name.EndsWith("Cost", StringComparison.Ordinal)
                || types.Count(type.Name) is not { } count)
            {
                continue;
            }

            isAny |= count > 0;
            if (Buckets.TryGetValue(type.Name, out TokenBucket bucket))
            {
                usage = usage.With(bucket, checked(usage[bucket] + count));
            }
            else if (count > 0)
            {
                unknown.Add(FormattableString.Invariant($"{type.Name} {count}"));
            }
        }

        Counts = !isAny ? null : Checked(in usage, types.Count(Totals), unknown);
    }

    /// <summary>The total tells whether a type is inside of another.</summary>
    private TokenUsage? Checked(in TokenUsage usage, long? total, List<string> unknown)
    {
        if (unknown.Count > 0)
        {
            Doubts.Add($"The usage holds types that are not known here: {string.Join(", ", unknown)}. If they are billed, part of the cost "
                + "is missing.");
            return usage;
        }

        long input = usage.TotalInput;
        long output = usage.TotalOutput;
        if (total is null or 0 || total == checked(input + output))
        {
            return usage;
        }

        long inInput = input - usage.Input;
        long inOutput = output - usage.Output;
        bool isInput = total == input + output - inInput && inInput <= usage.Input;
        bool isOutput = total == input + output - inOutput && inOutput <= usage.Output;
        bool isBoth = total == input + output - inInput - inOutput && inInput <= usage.Input && inOutput <= usage.Output;
        TokenUsage whole = usage;
        return (isInput, isOutput, isBoth) switch
        {
            (true, false, false) => whole with { Input = whole.Input - inInput },
            (false, true, false) => whole with { Output = whole.Output - inOutput },
            (_, _, true) => whole with { Input = whole.Input - inInput, Output = whole.Output - inOutput },
            _ => Contradicted(whole, total.Value),
        };
    }

    private TokenUsage Contradicted(TokenUsage usage, long total)
    {
        Doubts.Add(FormattableString.Invariant($"The types add up to {usage.TotalInput + usage.TotalOutput} tokens, and the total is ")
            + FormattableString.Invariant($"{total}: which of them overlap is not known."));
        return usage;
    }
}
