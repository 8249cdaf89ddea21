using System.Collections.Immutable;
using CsCheck;

namespace LlmCostModel.Planning.Tests;

/// <summary>Random policies and workloads small enough that prompts collide, expire and are evicted all the time.</summary>
internal static class RandomWorkloads
{
    internal static readonly Gen<PrefixCachePolicy> Prefix =
        from minimum in Gen.Frequency((2, Gen.Const(0L)), (3, Gen.Long[1, 30]))
        from granularity in Gen.Frequency((1, Gen.Const(1)), (2, Gen.Int[2, 12]))
        from life in Gen.OneOf<int?>(null, null, 2, 3, 10, 30)
        from refresh in Gen.Bool
        from delay in Gen.Int[0, 2]
        from capacity in Gen.OneOf<long?>(null, null, 1, 2, 5, 12, 25)
        from charges in Gen.Bool
        select new PrefixCachePolicy
        {
            MinimumTokens = minimum,
            Granularity = granularity,
            TimeToLive = life is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            RefreshOnRead = refresh,
            ReadableAfter = TimeSpan.FromSeconds(Math.Min(delay, life ?? 9)),
            CapacityBlocks = capacity,
            WriteBucket = charges ? TokenBucket.CacheWrite : null,
        };

    internal static readonly Gen<EntryCachePolicy> Entry =
        from minimum in Gen.Frequency((2, Gen.Const(0L)), (3, Gen.Long[1, 30]))
        from life in Gen.OneOf<int?>(null, null, 2, 3, 10, 30)
        from refresh in Gen.Bool
        from delay in Gen.Int[0, 2]
        from automatic in Gen.Bool
        from breakpoints in Gen.Int[1, 4]
        from lookback in Gen.Int[1, 5]
        from charges in Gen.Bool
        from detects in Gen.Bool
        select new EntryCachePolicy
        {
            DetectCommonPrefix = detects,
            MinimumTokens = minimum,
            TimeToLive = life is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            RefreshOnRead = refresh,
            ReadableAfter = TimeSpan.FromSeconds(Math.Min(delay, life ?? 9)),
            AutomaticBreakpoint = automatic,
            MaximumBreakpoints = breakpoints,
            Lookback = lookback,
            WriteBucket = charges ? TokenBucket.CacheWrite1h : null,
        };

    /// <summary>Segments of a tree: content 0 to 2 at every depth, whose length depends on the content alone.</summary>
    private static readonly Gen<PromptSegment> Segment =
        from content in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 2]))
        from breakpoint in Gen.Bool
        select new PromptSegment { Content = (UInt128)content, Tokens = 5 + (content * 7), Breakpoint = breakpoint };

    private static readonly Gen<(int Gap, string Scope, ImmutableArray<PromptSegment> Prompt)> Call =
        from gap in Gen.Int[0, 4]
        from scope in Gen.OneOf("", "", "", "b")
        from prompt in Gen.Frequency((1, Segment.Array[0]), (9, Segment.Array[1, 6]))
        select (gap, scope, prompt.ToImmutableArray());

    internal static readonly Gen<PromptRequest[]> Requests = Call.Array[4, 40].Select(calls =>
    {
        DateTimeOffset at = Prompts.Start;
        return calls.Select(call => new PromptRequest { At = at += TimeSpan.FromSeconds(call.Gap), Scope = call.Scope, Prompt = call.Prompt }).ToArray();
    });
}
