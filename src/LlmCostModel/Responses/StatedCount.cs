namespace LlmCostModel;

/// <summary>The numbers that usage blocks state, whatever each API calls them. What they include is the business of <see
/// cref="ApiConvention"/>.</summary>
internal enum StatedCount
{
    None,
    Input,
    Output,
    Total,
    CacheRead,
    CacheMiss,
    CacheWrite,

    // Cache writes by time to live, named as their buckets; see TimedWrite.
    CacheWrite5m,
    CacheWrite30m,
    CacheWrite1h,
    CacheWrite12h,

    Reasoning,
    ToolUseInput,

    // What of it is not text.
    ToolUseAudio,
    ToolUseImage,
    ToolUseVideo,

    /// <summary>Tokens that would have been read from the cache.</summary>
    MissedByCache,

    /// <summary>Input without cached and written tokens, where it stands beside the whole.</summary>
    FreshInput,

    /// <summary>Tools that xAI's server called, and those among them that are billed by their tokens alone.</summary>
    ServerCall,
    FreeCall,

    /// <summary>Text in the input, which only Realtime's sum is held to.</summary>
    TextInput,

    // By modality; text is always the rest, because providers leave parts out of their details.
    AudioInput,
    ImageInput,
    VideoInput,
    CachedAudio,
    CachedImage,
    CachedVideo,
    CachedText,
    TextOutput,
    AudioOutput,
    ImageOutput,
    VideoOutput,

    // Meters, in the order of MeterCounts.Names.
    WebSearch,
    WebFetch,
    XSearch,
    FileSearchCall,
    AttachmentSearch,
    CodeExecution,
    ImageGeneration,
    SearchSource,
    SearchQuery,
    CitationToken,
    SearchUnit,
    GroundedPrompt,
    GroundedQuery,
    MapsGroundedPrompt,
    Image,
    Page,
    AnnotatedPage,
    Character,

    /// <summary>How many there are.</summary>
    Count,
}
