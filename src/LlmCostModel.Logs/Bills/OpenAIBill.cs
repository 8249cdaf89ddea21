namespace LlmCostModel.Logs;

/// <summary>Reports of OpenAI's costs API, by day and line item.</summary>
/// <remarks>
/// https://platform.openai.com/docs/api-reference/usage/costs, read 2026-11-27. Buckets are days in UTC. The amount is a number or, to keep
/// its digits, a text; the currency is in lower case. Grouped by line item, a line is <c>gpt-4o-2024-08-06, input</c>, with
/// <c>cached input</c> and <c>output</c>; other items (searches, storage) stand alone. <c>quantity</c> counts tokens.
/// </remarks>
internal sealed class OpenAIBill : BillFormat
{
    public override string Description => "reports of OpenAI's costs API";

    public override IEnumerable<BillLine>? Read(RecordFields record) =>
        ReportBuckets.Of(record.Record, "start_time") is { } results
            && results.All(one => one.Result.Text("object") == "organization.costs.result")
            ? results.Select(one => ReadResult(one.Bucket, one.Result)).OfType<BillLine>().ToList()
            : null;

    private static BillLine? ReadResult(RecordFields bucket, RecordFields result)
    {
        if (result.Object("amount") is not { } cost || Amount(cost, cost.Text("currency"), "value") is not var (amount, decimals))
        {
            return null;
        }

        (DateOnly day, _) = BillNumber.DayOf(bucket.Text("start_time") ?? "", "start_time");
        return Line(day, result.Text("line_item"), amount, decimals, result.Amount("quantity"));
    }

    /// <summary>The line of an item.</summary>
    internal static BillLine Line(DateOnly day, string? item, Money amount, int decimals, decimal? quantity)
    {
        string name = item ?? "all line items (group the report by line_item)";
        int comma = name.LastIndexOf(", ", StringComparison.Ordinal);
        TokenBucket? bucket = comma < 0 ? null : BillTokens.Find(name[(comma + 2)..]);
        return new()
        {
            Day = day,
            Name = bucket is null ? name : name[..comma],
            Model = bucket is null ? null : name[..comma],
            Provider = "openai",
            Bucket = bucket,
            Tokens = bucket is null ? null : quantity,
            Amount = amount,
            Decimals = decimals,
        };
    }
}
