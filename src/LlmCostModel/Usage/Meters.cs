namespace LlmCostModel;

/// <summary>The meter names that have a meaning of their own; all others are whatever rate cards say.</summary>
internal static class Meters
{
    /// <summary>A model that has a price per request charges it once for every estimate that does not say how many requests it stands for.</summary>
    internal const string Request = "Request";
}
