namespace LlmCostModel;

/// <summary>Attributes with a value by which the provider sells something else, as a tier is: without a rule that asks for them the
/// prices of a version are not those of such a call.</summary>
/// <remarks>Bedrock's optimized latency (https://aws.amazon.com/bedrock/pricing/) and Perplexity's Pro Search
/// (https://docs.perplexity.ai/guides/pro-search-quickstart), read 2026-11-26.</remarks>
internal sealed class DecisiveAttributes
{
    private static readonly (string Name, string Usual)[] All =
        [(AttributeNames.Latency, ServiceTiers.Standard), (AttributeNames.SearchType, "fast")];

    private readonly string[] _asked;

    internal DecisiveAttributes(CompiledRule[] rules) =>
        _asked = [.. All.Select(row => row.Name).Where(name => rules.Any(rule => rule.Rule.When.Attributes.ContainsKey(name)))];

    /// <summary>Such an attribute of a call that no rule asks for; <see langword="null"/> when there is none.</summary>
    internal string? FindUnasked(CallAttributes attributes)
    {
        foreach ((string name, string usual) in All)
        {
            if (attributes[name] is { } value && !value.Equals(usual, StringComparison.OrdinalIgnoreCase) && !_asked.Contains(name))
            {
                return name;
            }
        }

        return null;
    }
}
