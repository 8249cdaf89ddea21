namespace LlmCostModel;

/// <summary>What one model consumed in a sum of calls of several.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Usage">Its tokens.</param>
/// <param name="WebSearches">Its searches.</param>
internal readonly record struct ModelShare(string Model, TokenUsage Usage, long WebSearches)
{
    internal NestedCall ToNested() => new()
    {
        Role = CallRole.OtherModel,
        Model = Model,
        Usage = Usage,
        Meters = WebSearches == 0 ? null : MeteredQuantities.Empty.With(MeterNames.WebSearch, WebSearches),
    };
}
