namespace LlmCostModel;

/// <summary>The meters of <see cref="MeteredQuantities"/> that responses state or the built-in catalog has prices of: everything billed
/// that is
/// not a token.</summary>
/// <remarks>The list is open: a meter is whatever a rate card has a price of. Case does not matter.</remarks>
public static class MeterNames
{
    /// <summary>Requests. A model that has a price per request charges one for every estimate that does not say how many it stands
    /// for.</summary>
    public const string Request = "Request";

    /// <summary>Web searches that a tool of the provider made.</summary>
    public const string WebSearch = "WebSearch";

    /// <summary>Web pages that a tool of the provider fetched.</summary>
    public const string WebFetch = "WebFetch";

    /// <summary>Searches on X.</summary>
    public const string XSearch = "XSearch";

    /// <summary>Posts that a search on X returned.</summary>
    public const string XSearchPost = "XSearchPost";

    /// <summary>Profiles that a search on X returned.</summary>
    public const string XSearchProfile = "XSearchProfile";

    /// <summary>Calls of a file search tool.</summary>
    public const string FileSearchCall = "FileSearchCall";

    /// <summary>Searches in attachments.</summary>
    public const string AttachmentSearch = "AttachmentSearch";

    /// <summary>Code executions, or sessions of them, as the provider counts.</summary>
    public const string CodeExecution = "CodeExecution";

    /// <summary>Seconds in which a code execution tool ran.</summary>
    public const string CodeExecutionSecond = "CodeExecutionSecond";

    /// <summary>Seconds in which a tool used a browser.</summary>
    public const string BrowserSecond = "BrowserSecond";

    /// <summary>Sessions of a container for code, of the length that the provider sells, such as 20 minutes.</summary>
    public const string ContainerSession = "ContainerSession";

    /// <summary>Minutes of a container for code.</summary>
    public const string ContainerMinute = "ContainerMinute";

    /// <summary>Calls of an image generation tool.</summary>
    public const string ImageGeneration = "ImageGeneration";

    /// <summary>Sources that a live search used.</summary>
    public const string SearchSource = "SearchSource";

    /// <summary>Search queries that a research model made.</summary>
    public const string SearchQuery = "SearchQuery";

    /// <summary>Search units of a reranker.</summary>
    public const string SearchUnit = "SearchUnit";

    /// <summary>Tokens of citations that are billed apart.</summary>
    public const string CitationToken = "CitationToken";

    /// <summary>Prompts that were grounded by a search, however many queries that took.</summary>
    public const string GroundedPrompt = "GroundedPrompt";

    /// <summary>Search queries that grounding made.</summary>
    public const string GroundedQuery = "GroundedQuery";

    /// <summary>Prompts that were grounded by places of Google Maps.</summary>
    public const string MapsGroundedPrompt = "MapsGroundedPrompt";

    /// <summary>Queries of Google Maps that grounding made.</summary>
    public const string MapsQuery = "MapsQuery";

    /// <summary>Images made.</summary>
    public const string Image = "Image";

    /// <summary>Images read that are billed by piece.</summary>
    public const string InputImage = "InputImage";

    /// <summary>Pixels read.</summary>
    public const string InputPixel = "InputPixel";

    /// <summary>Megapixels made.</summary>
    public const string Megapixel = "Megapixel";

    /// <summary>Seconds of audio read.</summary>
    public const string AudioInputSecond = "AudioInputSecond";

    /// <summary>Seconds of video read.</summary>
    public const string VideoInputSecond = "VideoInputSecond";

    /// <summary>Seconds of video made.</summary>
    public const string VideoOutputSecond = "VideoOutputSecond";

    /// <summary>Videos made.</summary>
    public const string Video = "Video";

    /// <summary>Songs made.</summary>
    public const string Song = "Song";

    /// <summary>Characters of speech or translation.</summary>
    public const string Character = "Character";

    /// <summary>Pages read by document recognition.</summary>
    public const string Page = "Page";

    /// <summary>Pages read with annotations.</summary>
    public const string AnnotatedPage = "AnnotatedPage";

    /// <summary>Cached tokens kept for one second each: tokens times seconds.</summary>
    public const string CacheStorageTokenSecond = "CacheStorageTokenSecond";

    /// <summary>Tokens of a training run.</summary>
    public const string TrainingToken = "TrainingToken";

    /// <summary>Hours of a training run.</summary>
    public const string TrainingHour = "TrainingHour";

    /// <summary>Hours of one unit of provisioned capacity.</summary>
    public const string ProvisionedHour = "ProvisionedHour";

    /// <summary>Seconds of a live session.</summary>
    public const string LiveSessionSecond = "LiveSessionSecond";

    /// <summary>Seconds in which a live session waits.</summary>
    public const string LiveStandbySecond = "LiveStandbySecond";

    /// <summary>Seconds in which the session of a hosted agent ran; waiting does not count.</summary>
    public const string AgentSessionSecond = "AgentSessionSecond";

    /// <summary>Virtual processors used for one second each: processors times seconds.</summary>
    public const string VcpuSecond = "VcpuSecond";

    /// <summary>Gigabytes of memory used for one second each, in the gigabytes that the provider bills (GB or GiB).</summary>
    public const string GigabyteSecond = "GigabyteSecond";

    /// <summary>Events stored in an agent's memory or session.</summary>
    public const string MemoryEvent = "MemoryEvent";

    /// <summary>Records kept in an agent's memory for one month each.</summary>
    public const string MemoryRecordMonth = "MemoryRecordMonth";

    /// <summary>Retrievals from an agent's memory.</summary>
    public const string MemoryRetrieval = "MemoryRetrieval";

    /// <summary>Answers of a hosted agent that an author wrote.</summary>
    public const string ClassicAnswer = "ClassicAnswer";

    /// <summary>Answers of a hosted agent that a model wrote.</summary>
    public const string GenerativeAnswer = "GenerativeAnswer";

    /// <summary>Answers or actions of a hosted agent for which a model reasoned, billed on top of the answer or action.</summary>
    public const string ReasonedResponse = "ReasonedResponse";

    /// <summary>Actions of a hosted agent, such as triggers or steps of computer use.</summary>
    public const string AgentAction = "AgentAction";

    /// <summary>Actions of the flows that a hosted agent runs.</summary>
    public const string FlowAction = "FlowAction";

    /// <summary>Messages that were grounded in the graph of an organization's data.</summary>
    public const string GraphGrounding = "GraphGrounding";

    /// <summary>Responses of tools with a basic model.</summary>
    public const string BasicToolResponse = "BasicToolResponse";

    /// <summary>Responses of tools with a standard model.</summary>
    public const string StandardToolResponse = "StandardToolResponse";

    /// <summary>Responses of tools with a premium model.</summary>
    public const string PremiumToolResponse = "PremiumToolResponse";
}
