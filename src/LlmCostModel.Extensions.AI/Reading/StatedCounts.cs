#pragma warning disable MEAI001 // Read only: whoever sets these has accepted that they may change.
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>The counts of one <see cref="UsageDetails"/>, each in its place, as the client states them.</summary>
internal ref struct StatedCounts
{
    private const int Kinds = (int)CountKind.NoPrice + 1;

    private Counts _counts;
    private uint _stated;

    internal long Input;
    internal long Output;
    internal long? Total;
    internal bool HasReadApart;
    internal bool HasTypedRead;
    internal TokenUsage Others; // buckets that a row of the user names, which are beside all others
    internal bool HasOthers;
    internal List<string>? Unknown;

    internal readonly long this[CountKind kind] => _counts[(int)kind];

    /// <summary>Whether anything is stated besides input, output and total.</summary>
    internal readonly bool HasParts => _stated != 0;

    internal readonly bool Has(CountKind kind) => (_stated & (1u << (int)kind)) != 0;

    /// <summary>Whether nothing is stated but input and output, and a total that they add up to: what nearly all clients say of calls
    /// without a cache, and needs no judgment.</summary>
    internal static bool TryGetPlain(UsageDetails details, out long input, out long output)
    {
        input = details.InputTokenCount ?? -1;
        output = details.OutputTokenCount ?? -1;
        return input is >= 0 and <= int.MaxValue
            && output is >= 0 and <= int.MaxValue
            && (input | output) > 0
            && (details.TotalTokenCount is null or 0 || details.TotalTokenCount == input + output)
            && details is
            {
                CachedInputTokenCount: null,
                ReasoningTokenCount: null,
                InputAudioTokenCount: null,
                InputTextTokenCount: null,
                OutputAudioTokenCount: null,
                OutputTextTokenCount: null,
                AdditionalCounts: null or { Count: 0 },
            };
    }

    /// <exception cref="ArgumentException">A count is negative, or stated twice with two values.</exception>
    internal static StatedCounts Of(UsageDetails details, ClientAdapterOptions row)
    {
        StatedCounts stated = default;
        stated.Input = Checked(nameof(details.InputTokenCount), details.InputTokenCount ?? 0);
        stated.Output = Checked(nameof(details.OutputTokenCount), details.OutputTokenCount ?? 0);

        // Libraries that write an absent total as 0 mean that there is none.
        stated.Total = details.TotalTokenCount is > 0 ? details.TotalTokenCount : null;
        stated.HasTypedRead = details.CachedInputTokenCount is not null;
        stated.Set(CountKind.CacheRead, nameof(details.CachedInputTokenCount), details.CachedInputTokenCount);
        stated.Set(CountKind.Reasoning, nameof(details.ReasoningTokenCount), details.ReasoningTokenCount);
        stated.Set(CountKind.AudioInput, nameof(details.InputAudioTokenCount), details.InputAudioTokenCount);
        stated.Set(CountKind.TextInput, nameof(details.InputTextTokenCount), details.InputTextTokenCount);
        stated.Set(CountKind.AudioOutput, nameof(details.OutputAudioTokenCount), details.OutputAudioTokenCount);
        stated.Set(CountKind.TextOutput, nameof(details.OutputTextTokenCount), details.OutputTextTokenCount);
        if (details.AdditionalCounts is { Count: > 0 } more)
        {
            foreach ((string name, long count) in more)
            {
                stated.Add(name, Checked(name, count), row);
            }
        }

        return stated;
    }

    private void Add(string name, long count, ClientAdapterOptions row)
    {
        if (row.Counts.TryGetValue(name, out TokenBucket bucket))
        {
            if (KindOf(bucket) is { } named)
            {
                Set(named, name, count);
            }
            else
            {
                Others += default(TokenUsage).With(bucket, count);
                HasOthers |= count != 0;
            }
        }
        else if (CountNames.All.TryGetValue(name, out CountKind kind))
        {
            HasReadApart |= name.Equals(CountNames.ReadApart, StringComparison.OrdinalIgnoreCase);
            Set(kind, name, count);
        }
        else if (count != 0 && !row.Ignored.Contains(name))
        {
            (Unknown ??= []).Add(name);
        }
    }

    private static CountKind? KindOf(TokenBucket bucket) => bucket switch
    {
        TokenBucket.CacheRead => CountKind.CacheRead,
        TokenBucket.CacheWrite => CountKind.CacheWrite,
        TokenBucket.CacheWrite5m => CountKind.CacheWrite5m,
        TokenBucket.CacheWrite1h => CountKind.CacheWrite1h,
        TokenBucket.Reasoning => CountKind.Reasoning,
        TokenBucket.AudioInput => CountKind.AudioInput,
        TokenBucket.ImageInput => CountKind.ImageInput,
        TokenBucket.AudioOutput => CountKind.AudioOutput,
        TokenBucket.ImageOutput => CountKind.ImageOutput,
        _ => null,
    };

    private void Set(CountKind kind, string name, long? stated)
    {
        if (stated is not { } count)
        {
            return;
        }

        if (Has(kind) && kind != CountKind.NoPrice && this[kind] != count && this[kind] != 0 && count != 0)
        {
            throw new ArgumentException($"{name} is {count}, but another count of the same meaning is {this[kind]}.");
        }

        _counts[(int)kind] = Math.Max(this[kind], Checked(name, count));
        _stated |= 1u << (int)kind;
    }

    private static long Checked(string name, long count) =>
        count >= 0 ? count : throw new ArgumentException($"{name} is {count}, and a count cannot be negative.");

    [System.Runtime.CompilerServices.InlineArray(Kinds)]
    private struct Counts
    {
        private long _first;
    }
}
