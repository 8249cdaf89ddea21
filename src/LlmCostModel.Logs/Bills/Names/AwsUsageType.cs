using System.Text.RegularExpressions;

namespace LlmCostModel.Logs;

/// <summary>Reads usage types of Amazon Bedrock: <c>USE1-Claude4.5Sonnet-input-tokens-cross-region-global</c> is input of one model, served
/// anywhere.</summary>
/// <remarks>
/// The price lists of the offers AmazonBedrock, AmazonBedrockService and AmazonBedrockFoundationModels
/// (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html), and
/// https://aws.amazon.com/blogs/machine-learning/part-2-amazon-bedrock-cost-attribution-with-amazon-athena-and-cudos, read 2026-11-27. A
/// usage type holds a name for bills, the id of the model (in front of <c>-mantle</c>), or, of what the marketplace sells, neither: the
/// product says it. Every part must be known.
/// </remarks>
internal static partial class AwsUsageType
{
    private const string Edition = " (Amazon Bedrock Edition)";

    /// <summary>The names for bills, whole, and the ids of their models.</summary>
    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal)
    {
        ["Claude3Haiku"] = "anthropic.claude-3-haiku-20240307-v1:0",
        ["Claude3Sonnet"] = "anthropic.claude-3-sonnet-20240229-v1:0",
        ["Claude3Opus"] = "anthropic.claude-3-opus-20240229-v1:0",
        ["Claude4Sonnet"] = "anthropic.claude-sonnet-4-20250514-v1:0",
        ["Claude4Opus"] = "anthropic.claude-opus-4-20250514-v1:0",
        ["Claude4.5Sonnet"] = "anthropic.claude-sonnet-4-5-20250929-v1:0",
        ["Claude4.5Haiku"] = "anthropic.claude-haiku-4-5-20251001-v1:0",
        ["Claude4.5Opus"] = "anthropic.claude-opus-4-5-20251101-v1:0",
        ["Claude4.6Opus"] = "anthropic.claude-opus-4-6-v1",
        ["Claude4.6Sonnet"] = "anthropic.claude-sonnet-4-6",
        ["NovaMicro"] = "amazon.nova-micro-v1:0",
        ["NovaLite"] = "amazon.nova-lite-v1:0",
        ["NovaPro"] = "amazon.nova-pro-v1:0",
        ["NovaPremier"] = "amazon.nova-premier-v1:0",
        ["Nova2.0Lite"] = "amazon.nova-2-lite-v1:0",
        ["Llama3-1-405B"] = "meta.llama3-1-405b-instruct-v1:0",
        ["Llama3-1-70B"] = "meta.llama3-1-70b-instruct-v1:0",
        ["Llama3-3-70B"] = "meta.llama3-3-70b-instruct-v1:0",
        ["DeepSeek-R1"] = "deepseek.r1-v1:0",
    };

    /// <summary>Reads a usage type.</summary>
    /// <param name="usageType">The usage type.</param>
    /// <param name="product">The name of the product, which tells the model of what the marketplace sells.</param>
    /// <returns>What it charges; <see langword="null"/> when it is not tokens, or says something that is not known.</returns>
    public static ChargedTokens? Read(string usageType, string? product)
    {
        if (Own().Match(usageType) is { Success: true } own)
        {
            string name = own.Groups["name"].Value;
            string? model = own.Groups["mantle"].Success ? name : Models.GetValueOrDefault(name);
            return Of(own, own.Groups["what"].Value, model);
        }

        if (Marketplace().Match(usageType) is not { Success: true } sold)
        {
            return null;
        }

        string? edition = product?.EndsWith(Edition, StringComparison.Ordinal) == true ? product[..^Edition.Length] : product;
        string what = sold.Groups["what"].Success ? sold.Groups["what"].Value.Replace('_', '-')
            : sold.Groups["cache"].Success ? $"cache-{sold.Groups["cache"].Value.ToLowerInvariant()}"
            : sold.Groups["side"].Value.ToLowerInvariant();
        return Of(sold, what, edition is null ? null : ClaudeNames.FindOnBedrock(edition));
    }

    private static ChargedTokens? Of(Match match, string what, string? model)
    {
        TokenBucket? bucket = AwsTokens.BucketOf(what, match.Groups["ttl"].Value);
        string[] marks =
        [
            .. match.Groups["mark"].Captures.Select(mark => mark.Value.ToLowerInvariant()),
            .. match.Groups["batch"].Success ? (string[])[ServiceTiers.Batch] : [],
        ];
        string? tier = marks.FirstOrDefault(mark => mark is ServiceTiers.Batch or ServiceTiers.Flex or ServiceTiers.Priority);
        return bucket is not { } counted ? null
            : new(model, "bedrock", counted, tier, marks.Any(mark => mark is "global" or "cross-region-global") ? "global" : null);
    }

    [GeneratedRegex(
        "^[A-Z]{2,4}[0-9]-(?<name>[A-Za-z0-9.-]+?)(?<mantle>-mantle)?(?:-text)?-(?<what>input|output|cache-read|cache-write)"
        + "(?:-input)?-token(?:s|-count)(?:-(?<ttl>[0-9]+[mh]))?"
        + "(?:-(?<mark>cross-region-global|global|long-context|long-ctx|standard|batch|flex|priority))*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Own();

    [GeneratedRegex(
        "^(?:[A-Z]{2,4}[0-9]-)?MP:[A-Z]{2,4}[0-9]_(?:(?:Million)?(?<batch>Batch)?(?:Cache(?<cache>Read|Write)(?<ttl>[0-9]+[mh])?)?"
        + "(?<side>Input|Output)TokenCount(?:_(?<mark>Global|Batch|LongContext))*"
        + "|(?<what>input|output|cache_read|cache_write)_tokens(?:_(?<ttl>[0-9]+[mh]))?"
        + "(?:_(?<mark>global|standard|batch|flex|priority|long|context|ctx))*)-Units$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Marketplace();
}
