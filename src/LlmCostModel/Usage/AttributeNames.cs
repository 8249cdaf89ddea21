namespace LlmCostModel;

/// <summary>The attributes of a call (<see cref="CallContext.Attributes"/>) on which prices of the built-in catalog depend, or which
/// responses
/// state.</summary>
/// <remarks>The list is open: an attribute is whatever a rule of a rate card asks for. Case does not matter.</remarks>
public static class AttributeNames
{
    /// <summary>How much a search model reads: <c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public const string SearchContextSize = "searchContextSize";

    /// <summary>How Perplexity searched: <c>fast</c>, or <c>pro</c> (Pro Search); how Groq did: <c>basic</c> or <c>advanced</c>.</summary>
    public const string SearchType = "searchType";

    /// <summary>Which search tool of OpenAI was used: <c>web_search</c> or <c>web_search_preview</c>.</summary>
    public const string WebSearchTool = "webSearchTool";

    /// <summary>Whether a model was allowed to think before it answered, where that changes its price.</summary>
    public const string Thinking = "thinking";

    /// <summary>The quality of a generated image, such as <c>low</c>, <c>medium</c>, <c>high</c>, <c>standard</c> or <c>hd</c>.</summary>
    public const string Quality = "quality";

    /// <summary>The size of a generated image in pixels, such as <c>1024x1024</c>.</summary>
    public const string Size = "size";

    /// <summary>The resolution of a generated image or video, such as <c>720p</c> or <c>2k</c>.</summary>
    public const string Resolution = "resolution";

    /// <summary>Whether a generated video has sound: <c>true</c> or <c>false</c>.</summary>
    public const string GenerateAudio = "generateAudio";

    /// <summary>Bedrock's latency setting: <c>standard</c> or <c>optimized</c>.</summary>
    public const string Latency = "latency";

    /// <summary>Whether the provider may use the data of a fine-tuning run: <c>true</c> or <c>false</c>.</summary>
    public const string DataSharing = "dataSharing";

    /// <summary>How long provisioned capacity was committed to, such as <c>1-month</c>.</summary>
    public const string Commitment = "commitment";

    /// <summary>The memory of a container for code, such as <c>1g</c>, <c>4g</c>, <c>16g</c> or <c>64g</c>.</summary>
    public const string Memory = "memory";
}
