using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>What the name of a SKU of Azure says: <c>5.4 mini pp cd inp Gl</c> is input of gpt-5.4-mini read from the cache, at the
/// priority tier, deployed globally.</summary>
/// <param name="Model">The words that name the model, in lower case.</param>
/// <param name="Bucket">What is counted.</param>
/// <param name="Tier">The service tier.</param>
/// <param name="Deployment">Where it runs: <c>global</c>, <c>zone</c> or <c>region</c>.</param>
internal sealed partial record AzureMeter(string Model, TokenBucket Bucket, string Tier, string Deployment)
{
    private static readonly string[] Tiers = ["batch", "priority", "flex"];
    private static readonly string[] Deployments = ["global", "zone", "region"];

    /// <summary>Reads a name; <see langword="null"/> when it does not say which tokens it counts and where, or says something more that is
    /// not known.</summary>
    internal static AzureMeter? Read(string name)
    {
        string text = name.ToLowerInvariant().Replace("data zone", "dz", StringComparison.Ordinal);
        string[] words = Spaces().Replace(text, " ").Trim().Split(' ');
        string[] kinds = [.. words.Select(word => AzureWords.Kinds.GetValueOrDefault(word)).OfType<string>()];

        // The words of the model come first; one that is not known behind them would change what is meant.
        string[] model = [.. words.TakeWhile(word => !AzureWords.Kinds.ContainsKey(word))];
        TokenBucket? bucket = AzureWords.BucketOf(kinds);
        string[] deployments = [.. kinds.Intersect(Deployments)];
        string[] tiers = [.. kinds.Intersect(Tiers)];
        return bucket is not { } counted || model.Length + kinds.Length != words.Length || deployments.Length != 1 || tiers.Length > 1
            ? null
            : new AzureMeter(string.Join('-', model), counted, tiers.FirstOrDefault("standard"), deployments[0]);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
