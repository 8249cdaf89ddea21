using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>Reads the price list of Amazon Bedrock that AWS publishes for a region
/// (<c>offers/v1.0/aws/AmazonBedrock/current/REGION/index.json</c>): products by SKU, and what they cost on demand.</summary>
/// <remarks>
/// Only usage types that hold the id of a model say which model they are of, such as
/// <c>USE1-openai.gpt-oss-120b-mantle-input-tokens-standard</c>; others have a name for bills, which nothing leads to an id. A price is
/// that of its region: a call that names none has no price by it.
/// </remarks>
internal static partial class AwsPriceList
{
    private const string Provider = "bedrock";

    internal static IEnumerable<ImportedEntry> Read(JsonElement root)
    {
        JsonElement onDemand = root.Required("terms").Required("OnDemand");
        List<(string Model, JsonProperty Product, Match Usage)> known = [];
        List<ImportedEntry> others = [];
        foreach (JsonProperty product in root.Required("products").EnumerateObject())
        {
            string usage = product.Value.Object("attributes")?.Text("usagetype") ?? "";
            Match match = UsageType().Match(usage);
            if (match.Success)
            {
                known.Add((match.Groups["model"].Value, product, match));
            }
            else
            {
                others.Add(new ImportedEntry($"{product.Name} {usage}".TrimEnd(), Provider, product.Name));
                others[^1].Refuse("does not hold the id of a model, only a name for bills, or is not a price of tokens");
            }
        }

        return
        [
            .. known.GroupBy(one => one.Model, StringComparer.Ordinal).Select(model =>
                new ImportedEntry(model.Key, Provider, model.Key).Read(entry => Read(entry, [.. model], onDemand))),
            .. others,
        ];
    }

    private static void Read(ImportedEntry entry, (string Model, JsonProperty Product, Match Usage)[] products, JsonElement onDemand)
    {
        List<(string Region, string Tier, TokenBucket Bucket, decimal Price)> prices = [];
        DateTimeOffset? since = null;
        foreach ((_, JsonProperty product, Match usage) in products)
        {
            if (BucketOf(usage) is not { } bucket)
            {
                entry.Lose(usage.Value, "no bucket here corresponds to the usage type");
                continue;
            }

            string region = usage.Groups["global"].Success ? "global"
                : product.Value.Object("attributes")?.Text("regionCode") ?? throw new FormatException("'regionCode' is missing.");
            string tier = usage.Groups["tier"].Value;
            foreach (JsonProperty term in (onDemand.Object(product.Name) ?? throw new FormatException("has no terms.")).EnumerateObject())
            {
                since = Later(since, term.Value.Text("effectiveDate"));
                foreach (JsonProperty dimension in term.Value.Required("priceDimensions").EnumerateObject())
                {
                    if (Amount(entry, usage.Value, dimension.Value) is { } price)
                    {
                        prices.Add((region, tier, bucket, price));
                    }
                }
            }
        }

        ImportedVersion version = entry.AddVersion(since);
        foreach (var group in prices.Distinct().GroupBy(price => (price.Region, price.Tier, price.Bucket)))
        {
            if (group.Count() > 1)
            {
                entry.Refuse($"has two prices of {group.Key.Bucket} at the tier {group.Key.Tier} in {group.Key.Region}");
            }

            bool isStandard = group.Key.Tier == "standard";
            string rule = isStandard ? group.Key.Region : $"{group.Key.Region} {group.Key.Tier}";
            PriceCondition when = new() { Regions = [group.Key.Region], Tiers = isStandard ? [] : [group.Key.Tier] };
            version.SetIn(rule, when, group.Key.Bucket, group.First().Price);
        }
    }

    private static decimal? Amount(ImportedEntry entry, string usage, JsonElement dimension)
    {
        decimal? scale = dimension.Text("unit")?.ToLowerInvariant() switch
        {
            "1k tokens" => 1_000,
            "1m tokens" => 1,
            _ => null,
        };
        if (scale is null || dimension.Object("pricePerUnit") is not { } perUnit || !perUnit.TryGetProperty("USD", out JsonElement price))
        {
            entry.Lose(usage, $"is not in USD per tokens, but per '{dimension.Text("unit")}'");
            return null;
        }

        decimal? amount = entry.Price(usage, price, scale.Value);
        if (amount == 0)
        {
            entry.Lose(usage, "is 0, which stands here for what is not sold so as well as for free");
            return null;
        }

        return amount;
    }

    private static DateTimeOffset? Later(DateTimeOffset? since, string? date) =>
        date is not null && DateTimeOffset.TryParse(
            date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset begin) && !(begin <= since)
            ? begin
            : since;

    private static TokenBucket? BucketOf(Match usage) => AwsTokens.BucketOf(usage.Groups["what"].Value, usage.Groups["ttl"].Value);

    [GeneratedRegex(
        "^[A-Z0-9]+-(?<model>(?:[a-z0-9-]+\\.)+[a-z0-9.-]+?)-mantle-(?<what>input|output|cache-read|cache-write)-tokens"
        + "(?:-(?<ttl>[0-9]+[mh]))?-(?<tier>standard|batch|flex|priority)(?<global>-cross-region-global|-global)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex UsageType();
}
