using System.Text;

namespace LlmCostModel;

/// <summary>What kind of object is being read.</summary>
internal enum JsonScope
{
    Root,
    Metadata,
    CallerMetadata,
    Delta,
    Usage,
    Iteration,
    XGroq,
    InputDetails,
    OutputDetails,
    CachedDetails,
    CacheCreation,
    CacheOptions,
    ServerTools,
    Billed,
    Cost,
    CostDetails,
    Content,
    OutputItem,
    SearchAction,
    ToolResult,
    TextPart,
    TextParts,
    SearchArguments,
    CalledTool,
    ExecutedTool,
    ChatMessage,
    AddedArguments,
    GroundingCount,
    ServerToolMap,
    ToolUsage,
    ToolRequests,
    Connectors,
    Grounding,
    Latency,
    Tier,
    InvocationMetrics,
    TitanResult,
    CacheDiagnostics,
    Diagnostics,
    CacheMissReason,
    Credit,
    CreditStatus,
    Tool,
    UsageInfo,
    ExtraInfo,
    Session,
    SessionAudio,
    SessionInput,
    Transcription,

    // Of libraries; see LibraryFields.
    VercelInput,
    VercelOutput,
    VercelInputTotal,
    VercelOutputTotal,
    CopilotData,
    PydanticDetails,
    ResponseMetadata,
    GeminiCli,
    AdditionalCounts,
    ModelUsage,
    RequestCounts,
    LlmOutput,
    ProviderMetadata,
    AnthropicMetadata,
    BedrockMetadata,
    BedrockCacheCounts,
    OpenAIMetadata,
    GoogleMetadata,
    OpenRouterMetadata,
    OpenRouterCost,
    GatewayMetadata,
    Breakdown,
    GroundingChunk,
    Error,
    Count,
}

/// <summary>What a field holds and what to do with it.</summary>
internal enum FieldKind
{
    /// <summary>A whole number of 0 or more for <see cref="ApiField.Stated"/>.</summary>
    Count,

    /// <summary>A whole number that adds to what the count has.</summary>
    AddedCount,

    /// <summary>A whole number, or an object with it and its parts, read with <see cref="ApiField.Into"/>.</summary>
    CountOrObject,

    /// <summary>An object read with <see cref="ApiField.Into"/>; any other value is an error.</summary>
    Object,

    /// <summary>An object, where the same name also holds other things that are skipped.</summary>
    ObjectOrOther,

    /// <summary>A list of objects read with <see cref="ApiField.Into"/>.</summary>
    Items,

    /// <summary>A list whose length goes to the count.</summary>
    Length,

    /// <summary>A part of an answer, read with <see cref="ApiField.Into"/>, in an event of its own.</summary>
    Piece,

    /// <summary>What a search with Google asked for, whether the provider ran a tool, and how often it ran each.</summary>
    Queries,
    Hosted,
    GroundingCounts,

    /// <summary>A list of counts by modality; the count is that of audio, the next two are image and video.</summary>
    Modalities,

    /// <summary>A list of counts by modality, or an object read with <see cref="ApiField.Into"/>.</summary>
    DetailsOrModalities,

    /// <summary>Bedrock's cache writes by time to live.</summary>
    CacheWrites,

    /// <summary>Anthropic's calls within a call.</summary>
    Iterations,

    /// <summary>The usage of every model that took part.</summary>
    ModelUsage,

    /// <summary>A usage block of the provider that a library passes on beside its own counts.</summary>
    PassedOn,

    /// <summary>A wrapper, or such a block where a library's counts are beside it.</summary>
    Body,

    /// <summary>What all calls of a run used together.</summary>
    Whole,

    /// <summary>The calls of a run, or those of the models that took part, each with its usage.</summary>
    Steps,
    Breakdown,

    /// <summary>The answers to a list of prompts, each of which is a list itself.</summary>
    Generations,

    /// <summary>A list whose length goes to the count, with a look at whether it is one of images, or an object.</summary>
    DataOrObject,

    /// <summary>A number above 0 says that the counts are those of a tier, or that they are a sum of calls.</summary>
    TierShare,
    InnerCalls,

    /// <summary>1 where it is there.</summary>
    Present,

    /// <summary>How many calls the counts are the sum of: all, those that ended well, or the turns that they were made in.</summary>
    Calls,
    CompletedCalls,
    Turns,

    /// <summary>An amount of money, or an object with its parts.</summary>
    Cost,
    CostInWords,
    TotalCost,
    Ticks,
    Upstream,
    OwnKey,
    Currency,
    Seconds,
    Duration,

    ResponseId,
    RequestId,
    BatchItemId,
    Model,
    Tier,
    Traffic,
    Speed,
    TimeToLive,
    Region,
    Created,
    Type,
    ObjectType,
    ItemType,
    ItemName,
    ItemModel,
    ActionType,
    ItemStatus,
    ResultType,
    ResultOrTexts,
    AnswerText,
    UsageType,
    IterationType,
    Finish,
    Status,
    Done,
    MessageKind,
    Quality,
    Size,
    SearchContextSize,
    SearchType,
    ToolType,
    Latency,
    Task,
    MissReason,
    CreditType,
    TranscriptionModel,

    /// <summary>Why there is no answer.</summary>
    Error,
    ErrorCode,
    HttpStatus,

    /// <summary>A text that is an answer when it is not empty, or a list of its parts.</summary>
    Answer,

    /// <summary>The caller's own id of a request in a batch of Gemini.</summary>
    BatchKey,

    /// <summary>Only the marks matter.</summary>
    Mark,
}

/// <summary>One field of a usage block; a row of <see cref="ApiFields"/>.</summary>
internal sealed class ApiField(
    string name,
    FieldKind kind,
    StatedCount stated = StatedCount.None,
    JsonScope into = JsonScope.Root,
    ApiEvidence marks = ApiEvidence.None)
{
    internal string Name { get; } = name;

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    internal FieldKind Kind { get; } = kind;

    internal StatedCount Stated { get; } = stated;

    internal JsonScope Into { get; } = into;

    /// <summary>What the presence of the field (with a value other than null) shows.</summary>
    internal ApiEvidence Marks { get; } = marks;
}
