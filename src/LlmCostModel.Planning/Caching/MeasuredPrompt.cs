namespace LlmCostModel.Planning;

/// <summary>A prompt with, for every segment, the identity of the prefix that ends there and its length in tokens.</summary>
internal readonly ref struct MeasuredPrompt(ReadOnlySpan<PromptSegment> segments, ReadOnlySpan<UInt128> prefixes, ReadOnlySpan<long> ends)
{
    internal ReadOnlySpan<PromptSegment> Segments { get; } = segments;

    internal ReadOnlySpan<UInt128> Prefixes { get; } = prefixes;

    internal ReadOnlySpan<long> Ends { get; } = ends;

    internal int Count => Segments.Length;
}

/// <summary>Looks a prompt up in a store and records it there.</summary>
internal interface IPromptCache
{
    /// <summary>Sends a prompt at an instant in UTC ticks; what had expired by then is already gone.</summary>
    /// <returns>The tokens read, and the tokens written, which need not be charged.</returns>
    (long Read, long Written) Send(long now, MeasuredPrompt prompt);
}
