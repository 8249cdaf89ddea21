namespace LlmCostModel;

/// <summary>What a body shows of its API, collected while reading.</summary>
[Flags]
internal enum ApiEvidence : ulong
{
    None = 0,

    // Families: how the counts are named.
    PromptTokens = 1 << 0,
    InputTokens = 1 << 1,
    Gemini = 1 << 2,
    Interactions = 1 << 3,
    Converse = 1 << 4,
    InvokeModel = 1 << 5,
    Cohere = 1 << 6,
    Ollama = 1 << 7,
    OnlyTotal = 1 << 8,
    Seconds = 1 << 9,
    ExtensionsAI = 1ul << 32,
    Cline = 1ul << 33,
    Pages = 1ul << 48,

    /// <summary>Characters of speech or translation.</summary>
    Characters = 1ul << 49,
    Families = PromptTokens | InputTokens | Gemini | Interactions | Converse | InvokeModel | Cohere | Ollama | OnlyTotal | Seconds
        | ExtensionsAI | Cline | Pages | Characters,

    // Evidence within a family.
    AnthropicCache = 1 << 10,
    MessageType = 1 << 11,
    Responses = 1 << 12,
    Details = 1 << 13,
    Realtime = 1 << 14,
    List = 1 << 15,
    Rerank = 1 << 16,
    ImageBody = 1 << 17,
    Transcription = 1 << 18,
    OpenRouterCost = 1 << 19,
    PerplexityCost = 1 << 20,
    DeepSeekCache = 1 << 21,
    Xai = 1 << 22,
    Mistral = 1 << 23,
    Chat = 1 << 24,

    // Where a stream stands.
    Usage = 1 << 25,
    Content = 1 << 26,
    Finished = 1 << 27,
    Batch = 1 << 28,
    OwnKey = 1 << 29,

    /// <summary>An answer begins here.</summary>
    Start = 1 << 30,

    /// <summary>There is no answer, but an error.</summary>
    Error = 1u << 31,

    /// <summary>The body is that of a transcription or translation of audio.</summary>
    Transcript = 1ul << 50,

    /// <summary>What a speaker said in a live session, transcribed by a model of its own.</summary>
    InputTranscript = 1ul << 51,

    /// <summary>The answer has a text that is not empty.</summary>
    AnswerText = 1ul << 54,

    /// <summary>A live session begins here.</summary>
    SessionStart = 1ul << 60,

    /// <summary>A credit of an earlier, declined attempt was used.</summary>
    CreditRedeemed = 1ul << 52,

    /// <summary>The model refused to answer, or to go on.</summary>
    Refused = 1ul << 53,

    // Libraries between the provider and the body.
    VercelAI = 1ul << 34,
    Copilot = 1ul << 35,
    LangChain = 1ul << 36,
    PydanticAI = 1ul << 37,

    /// <summary>There is an answer: content, or a reason why it ended.</summary>
    Answer = 1ul << 38,

    /// <summary>The answer is not there yet.</summary>
    Pending = 1ul << 39,

    /// <summary>The counts are those of several calls.</summary>
    Sum = 1ul << 40,

    // What lines of batch files show.
    Key = 1ul << 41,

    /// <summary>The library says whose counts it passes on, and that provider counts its cache apart.</summary>
    CacheApart = 1ul << 42,

    /// <summary>The counts are those of one of the calls that a library made for an answer.</summary>
    Step = 1ul << 43,

    /// <summary>One of these calls begins here.</summary>
    StepStart = 1ul << 44,

    /// <summary>The answer is an embedding, and has no output.</summary>
    Embedding = 1ul << 46,

    /// <summary>There is a list of images.</summary>
    ImageList = 1ul << 45,
}
