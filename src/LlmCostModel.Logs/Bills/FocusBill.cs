namespace LlmCostModel.Logs;

/// <summary>Rows of FOCUS, 1.0 to 1.2: what AWS, Azure and Google charge for models, in the columns that they share.</summary>
/// <remarks>https://focus.finops.org/focus-specification/v1-2, read 2026-11-27; the columns of each cloud's own that name what is charged:
/// <c>x_UsageType</c> (https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-0-aws-columns.html) and
/// <c>x_SkuMeterName</c> (https://learn.microsoft.com/cloud-computing/finops/focus/metadata). The billed cost counts. Times are in
/// UTC.</remarks>
internal sealed class FocusBill : BillFormat
{
    public override string Description => "FOCUS reports";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("BilledCost", "ChargePeriodStart") || !record.HasAny("ServiceName", "SkuId"))
        {
            return null;
        }

        string service = record.Text("ServiceName") ?? "";
        string name = record.Text("x_UsageType", "x_SkuMeterName", "SkuMeter", "x_SkuDescription", "ChargeDescription", "SkuId") ?? service;
        ChargedTokens? charged = Charged(record, service, name);
        if (charged is null && !IsOfModels(service))
        {
            return [BillLine.OfOtherService];
        }

        if (Amount(record, record.Text("BillingCurrency"), "BilledCost") is not var (amount, decimals))
        {
            return [];
        }

        (DateOnly day, DateTimeOffset? at) = BillTime.Of(record, ["ChargePeriodStart"], ["ChargePeriodEnd"]);
        return
        [
            new()
            {
                Day = day,
                At = at,
                Name = name,
                Model = charged?.Model,
                Provider = charged?.Provider ?? ProviderOf(service),
                Kind = KindOf(record.Text("ChargeCategory"), amount.Amount),
                Bucket = charged?.Model is null ? null : charged.Bucket,
                Tokens = record.Text("ConsumedUnit")?.ToLowerInvariant() switch
                {
                    "tokens" or "token" => record.Amount("ConsumedQuantity"),
                    "1k tokens" => record.Amount("ConsumedQuantity") * 1_000,
                    "1m tokens" => record.Amount("ConsumedQuantity") * 1_000_000,
                    _ => null,
                },
                Tier = charged?.Tier,
                Region = charged?.Region ?? record.Text("RegionId"),
                Amount = amount,
                Decimals = decimals,
            },
        ];
    }

    private static ChargedTokens? Charged(RecordFields record, string service, string name) =>
        GoogleBill.ProviderOf(service) is { } google ? GoogleSku.Read(name, google)
        : record.HasAny("x_UsageType") ? AwsUsageType.Read(name, service)
        : record.HasAny("x_SkuMeterName", "SkuMeter") && IsOfModels(service) ? AzureMeterName.Read(name)
        : null;

    private static bool IsOfModels(string service) => ProviderOf(service) is not null;

    private static string? ProviderOf(string service) => service switch
    {
        "Amazon Bedrock" or "Amazon Bedrock Service" or "Amazon Bedrock Foundation Models" => "bedrock",
        "Azure OpenAI" or "Azure OpenAI Service" or "Foundry Models" or "Cognitive Services" or "Azure AI services" => "azure",
        _ when service.EndsWith("(Amazon Bedrock Edition)", StringComparison.Ordinal) => "bedrock",
        _ => GoogleBill.ProviderOf(service),
    };

    private static BillLineKind KindOf(string? category, decimal amount) => category switch
    {
        null or "Usage" => BillLineKind.Usage,
        "Tax" => BillLineKind.Tax,
        "Credit" => BillLineKind.Credit,
        "Adjustment" when amount < 0 => BillLineKind.Discount,
        _ => BillLineKind.Other,
    };
}
