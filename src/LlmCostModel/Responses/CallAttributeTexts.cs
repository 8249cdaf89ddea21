namespace LlmCostModel;

/// <summary>The attributes that responses state and prices depend on.</summary>
/// <param name="Quality">The quality of generated images.</param>
/// <param name="Size">The size of generated images.</param>
/// <param name="SearchContextSize">How much a search model read.</param>
/// <param name="WebSearchTool">Which of OpenAI's search tools the call had.</param>
/// <param name="SearchType">How a search model searched.</param>
/// <param name="Latency">Bedrock's latency setting.</param>
internal readonly record struct CallAttributeTexts(
    string? Quality, string? Size, string? SearchContextSize, string? WebSearchTool, string? SearchType, string? Latency)
{
    internal bool IsEmpty => this == default;

    internal CallAttributes ToAttributes()
    {
        CallAttributes attributes = CallAttributes.Empty;
        attributes = With(attributes, AttributeNames.Quality, Quality);
        attributes = With(attributes, AttributeNames.Size, Size);
        attributes = With(attributes, AttributeNames.SearchContextSize, SearchContextSize);
        attributes = With(attributes, AttributeNames.WebSearchTool, WebSearchTool);
        attributes = With(attributes, AttributeNames.SearchType, SearchType);
        return With(attributes, AttributeNames.Latency, Latency);
    }

    private static CallAttributes With(CallAttributes attributes, string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? attributes : attributes.With(name, value);
}
