namespace LlmCostModel.Logs;

/// <summary>Reports of Anthropic's cost API.</summary>
/// <remarks>https://platform.claude.com/docs/en/api/admin/cost_report/retrieve, read 2026-11-27. Buckets are days in UTC, amounts a text in
/// the smallest unit of the currency, cents: <c>"123.45"</c> is 1.2345 USD. What the priority tier costs is not in it.</remarks>
internal sealed class AnthropicBill : BillFormat
{
    private const decimal CentsPerDollar = 100;

    public override string Description => "reports of Anthropic's cost API";

    public override IEnumerable<BillLine>? Read(RecordFields record) =>
        ReportBuckets.Of(record.Record, "starting_at") is { } results
            && results.All(one => one.Result.Has("amount", "currency") && !one.Result.Has("uncached_input_tokens"))
            ? results.Select(one => ReadResult(one.Bucket, one.Result)).OfType<BillLine>().ToList()
            : null;

    private static BillLine? ReadResult(RecordFields bucket, RecordFields result)
    {
        if (Amount(result, result.Text("currency"), "amount") is not var (cents, decimals))
        {
            return null;
        }

        (DateOnly day, _) = BillNumber.DayOf(bucket.Text("starting_at") ?? "", "starting_at");
        string? model = result.Text("model");
        string? tier = result.Text("service_tier");
        return new()
        {
            Day = day,
            Name = model ?? result.Text("description") ?? result.Text("cost_type") ?? "all costs (group the report by description)",
            Model = model,
            Provider = "anthropic",
            Bucket = model is null ? null : AnthropicTokens.Find(result.Text("token_type")),
            Tier = tier,
            Region = result.Text("inference_geo") is { } place && place is not ("not_available" or "global") ? place : null,
            Amount = cents with { Amount = cents.Amount / CentsPerDollar },
            Decimals = decimals + 2,
        };
    }
}
