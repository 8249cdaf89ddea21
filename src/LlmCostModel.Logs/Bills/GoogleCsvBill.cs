namespace LlmCostModel.Logs;

/// <summary>Cost tables as Google Cloud's console exports them, by day and SKU.</summary>
/// <remarks>https://docs.cloud.google.com/billing/docs/how-to/reports, read 2026-11-27; the columns are those of exports of 2026. Days of
/// reports are in Pacific time. Rows without a day are sums of the others.</remarks>
internal sealed class GoogleCsvBill : BillFormat
{
    private const string Days = "America/Los_Angeles";

    private static readonly string[] Costs = ["Unrounded subtotal ($)", "Subtotal ($)", "Unrounded Cost ($)", "Cost ($)"];

    public override string Description => "cost tables of Google Cloud's console";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("Date", "Service description", "SKU description") || !record.HasAny(Costs))
        {
            return null;
        }

        if (record.Text("Date") is not { } date)
        {
            return [];
        }

        if (GoogleBill.ProviderOf(record.Text("Service description") ?? "") is not { } provider)
        {
            return [BillLine.OfOtherService];
        }

        string sku = record.Text("SKU description") ?? "";
        ChargedTokens? charged = GoogleSku.Read(sku, provider);
        return Amount(record, "USD", Costs) is not var (amount, decimals) ? [] :
        [
            new()
            {
                Day = BillNumber.DayOf(date, "Date").Day,
                TimeZone = Days,
                Name = sku,
                Model = charged?.Model,
                Provider = provider,
                Bucket = charged?.Bucket,
                Tokens = record.Text("Usage unit") == "count" && record.Text("Usage amount") is { } count
                    ? BillNumber.Parse(count, "Usage amount") : null,
                Tier = charged?.Tier,
                Amount = amount,
                Decimals = decimals,
            },
        ];
    }
}
