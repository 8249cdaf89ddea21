namespace LlmCostModel;

/// <summary>The words behind the name of the model in Azure's meters: <c>gpt 4o 0806 cached Inp regnl Tokens</c>.</summary>
/// <remarks>The meters of https://prices.azure.com/api/retail/prices for Foundry Models, read 2026-11-27.</remarks>
internal static class AzureWords
{
    /// <summary>What each word says, by itself in lower case.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["inp"] = "input",
        ["inpt"] = "input",
        ["input"] = "input",
        ["opt"] = "output",
        ["outp"] = "output",
        ["outpt"] = "output",
        ["output"] = "output",
        ["cd"] = "cached",
        ["cached"] = "cached",
        ["cchd"] = "cached",
        ["wr"] = "written",
        ["gl"] = "global",
        ["glbl"] = "global",
        ["global"] = "global",
        ["dz"] = "zone",
        ["dzone"] = "zone",
        ["datazone"] = "zone",
        ["regnl"] = "region",
        ["rgnl"] = "region",
        ["regional"] = "region",
        ["batch"] = "batch",
        ["pp"] = "priority",
        ["flex"] = "flex",
        ["std"] = "standard",
        ["shortco"] = "short",
        ["tokens"] = "unit",
        ["1m"] = "unit",
        ["1k"] = "unit",
    };

    /// <summary>What is counted, by all that the words say; <see langword="null"/> when they do not say it.</summary>
    internal static TokenBucket? BucketOf(string[] kinds) =>
        kinds.Contains("written") ? TokenBucket.CacheWrite
        : kinds.Contains("cached") && !kinds.Contains("output") ? TokenBucket.CacheRead
        : kinds.Contains("input") ? TokenBucket.Input
        : kinds.Contains("output") ? TokenBucket.Output
        : null;
}
