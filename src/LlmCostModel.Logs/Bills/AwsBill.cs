namespace LlmCostModel.Logs;

/// <summary>Cost and Usage Reports of AWS, 1 and 2: the lines of Amazon Bedrock. What others are for is left out.</summary>
/// <remarks>https://docs.aws.amazon.com/cur/latest/userguide/data-dictionary.html and
/// https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html, read 2026-11-27. Times are in UTC; the unblended cost
/// counts. Taxes, credits and discounts are lines of their own.</remarks>
internal sealed class AwsBill : BillFormat
{
    private static readonly string[] Bedrock = ["AmazonBedrock", "AmazonBedrockService", "AmazonBedrockFoundationModels"];

    public override string Description => "Cost and Usage Reports of AWS";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("lineItem/UsageType", "lineItem/UnblendedCost") && !record.Has("line_item_usage_type", "line_item_unblended_cost"))
        {
            return null;
        }

        string? product = ProductOf(record);
        string code = record.Text("lineItem/ProductCode", "line_item_product_code") ?? "";
        if (!Bedrock.Contains(code) && product?.EndsWith("(Amazon Bedrock Edition)", StringComparison.Ordinal) != true)
        {
            return [BillLine.OfOtherService];
        }

        string? currency = record.Text("lineItem/CurrencyCode", "line_item_currency_code");
        if (Amount(record, currency, "lineItem/UnblendedCost", "line_item_unblended_cost") is not var (amount, decimals))
        {
            return [];
        }

        string name = record.Text("lineItem/UsageType", "line_item_usage_type") ?? product ?? code;
        BillLineKind kind = KindOf(record.Text("lineItem/LineItemType", "line_item_line_item_type"));
        ChargedTokens? charged = AwsUsageType.Read(name, product);
        (DateOnly day, DateTimeOffset? at) = BillTime.Of(
            record, ["lineItem/UsageStartDate", "line_item_usage_start_date"], ["lineItem/UsageEndDate", "line_item_usage_end_date"]);
        return
        [
            new()
            {
                Day = day,
                At = at,
                Name = charged?.Model is null && product is not null && product != name ? $"{name}, {product}" : name,
                Model = charged?.Model,
                Provider = "bedrock",
                Kind = kind,
                Bucket = charged?.Model is null ? null : charged.Bucket,
                Tokens = TokensOf(record),
                Tier = charged?.Tier,
                Region = charged?.Region ?? record.Text("product/regionCode", "product_region_code"),
                Amount = amount,
                Decimals = decimals,
            },
        ];
    }

    private static string? ProductOf(RecordFields record) =>
        record.Text("product/servicename", "product_servicename", "product/ProductName", "product_product_name")
            ?? record.Object("product")?.Text("servicename", "product_name");

    private static decimal? TokensOf(RecordFields record)
    {
        decimal? perUnit = record.Text("pricing/unit", "pricing_unit")?.ToLowerInvariant() switch
        {
            "1k tokens" => 1_000,
            "1m tokens" => 1_000_000,
            _ => null,
        };
        return perUnit is null ? null : record.Amount("lineItem/UsageAmount", "line_item_usage_amount") * perUnit;
    }

    private static BillLineKind KindOf(string? type) => type switch
    {
        null or "Usage" or "DiscountedUsage" or "SavingsPlanCoveredUsage" => BillLineKind.Usage,
        "Tax" => BillLineKind.Tax,
        "Credit" or "Refund" => BillLineKind.Credit,
        "EdpDiscount" or "BundledDiscount" or "PrivateRateDiscount" or "Discount" or "SppDiscount" or "DistributorDiscount"
            => BillLineKind.Discount,
        _ => BillLineKind.Other,
    };
}
