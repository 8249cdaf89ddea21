namespace LlmCostModel.Logs;

/// <summary>Cost details of Azure, actual or amortized: the meters of its AI services. What others are for is left out.</summary>
/// <remarks>https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/cost-usage-details-mca and ...-ea, read 2026-11-27.
/// Days are in UTC. The file does not say whether it is of actual or amortized cost: of use on demand they are the same.</remarks>
internal sealed class AzureBill : BillFormat
{
    private static readonly string[] Categories =
        ["Cognitive Services", "Foundry Models", "Foundry Tools", "Azure OpenAI", "Azure OpenAI Service", "Azure AI services"];

    private static readonly string[] Costs =
        ["costInBillingCurrency", "CostInBillingCurrency", "PreTaxCost", "preTaxCost", "Cost", "cost", "CostUSD", "costInUsd"];

    public override string Description => "cost details of Azure";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.HasAny("meterCategory", "MeterCategory") || !record.HasAny(Costs)
            || !record.HasAny("date", "Date", "UsageDateTime", "usageDateTime", "UsageDate"))
        {
            return null;
        }

        if (!Categories.Contains(record.Text("meterCategory", "MeterCategory") ?? "", StringComparer.OrdinalIgnoreCase))
        {
            return [BillLine.OfOtherService];
        }

        string? currency = record.Text(
            "billingCurrency", "BillingCurrency", "BillingCurrencyCode", "billingCurrencyCode", "Currency", "currency");
        if (Amount(record, currency, Costs) is not var (amount, decimals))
        {
            return [];
        }

        string name = record.Text("meterName", "MeterName") ?? record.Text("meterCategory", "MeterCategory")!;
        ChargedTokens? charged = AzureMeterName.Read(name);
        (DateOnly day, _) = BillNumber.DayOf(record.Text("date", "Date", "UsageDateTime", "usageDateTime", "UsageDate") ?? "", "Date");
        return
        [
            new()
            {
                Day = day,
                Name = name,
                Model = charged?.Model,
                Provider = charged?.Provider ?? "azure",
                Kind = KindOf(record.Text("chargeType", "ChargeType")),
                Bucket = charged?.Bucket,
                Tokens = TokensOf(record),
                Tier = charged?.Tier,
                Region = charged?.Region ?? record.Text("resourceLocation", "ResourceLocation"),
                Amount = amount,
                Decimals = decimals,
            },
        ];
    }

    private static decimal? TokensOf(RecordFields record)
    {
        decimal? perUnit = record.Text("unitOfMeasure", "UnitOfMeasure") switch
        {
            "1K" or "1K Tokens" => 1_000,
            "1M" or "1M Tokens" => 1_000_000,
            _ => null,
        };
        return perUnit is null ? null : record.Amount("quantity", "Quantity", "UsageQuantity") * perUnit;
    }

    private static BillLineKind KindOf(string? type) => type switch
    {
        null or "Usage" => BillLineKind.Usage,
        "Refund" or "Credit" => BillLineKind.Credit,
        "Tax" => BillLineKind.Tax,
        _ => BillLineKind.Other,
    };
}
