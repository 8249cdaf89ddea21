namespace LlmCostModel.Planning;

/// <summary>A prompt with, for every segment, the identity of the prefix that ends there and its length in tokens.</summary>
internal readonly ref struct MeasuredPrompt(ReadOnlySpan<PromptSegment> segments, ReadOnlySpan<UInt128> prefixes, ReadOnlySpan<long> ends)
{
    internal ReadOnlySpan<PromptSegment> Segments { get; } = segments;

    internal ReadOnlySpan<UInt128> Prefixes { get; } = prefixes;

    internal ReadOnlySpan<long> Ends { get; } = ends;

    internal int Count => Segments.Length;

    /// <summary>Whether the segments are the whole blocks of a trace.</summary>
    internal bool IsInBlocks { get; init; }

    /// <summary>Whether the caller set a breakpoint in the rest of a block that follows the last whole one.</summary>
    internal bool HasBreakpointBeyond { get; init; }

    /// <summary>The prompt of a trace without what follows its last whole block.</summary>
    internal MeasuredPrompt UpTo(int wholeBlocks)
    {
        bool beyond = false;
        foreach (ref readonly PromptSegment segment in Segments[wholeBlocks..])
        {
            beyond |= segment.Breakpoint;
        }

        return new(Segments[..wholeBlocks], Prefixes[..wholeBlocks], Ends[..wholeBlocks])
        {
            IsInBlocks = true,
            HasBreakpointBeyond = beyond,
        };
    }
}

/// <summary>What a request did to a cache.</summary>
/// <param name="Read">The tokens read.</param>
/// <param name="Written">The tokens written, which need not be charged.</param>
/// <param name="Storage">The tokens times the ticks of which it prolonged the life of entries, where storage is billed.</param>
internal readonly record struct CacheUse(long Read, long Written, Int128 Storage = default);

/// <summary>Looks a prompt up in a store and records it there.</summary>
internal interface IPromptCache
{
    /// <summary>Sends a prompt at an instant in UTC ticks; what had expired by then is already gone.</summary>
    CacheUse Send(long now, MeasuredPrompt prompt);
}
