namespace LlmCostModel.Logs;

/// <summary>Days of OpenRouter's activity: what was spent on each model, in dollars of credits.</summary>
/// <remarks>https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity, read 2026-11-27. Days are in UTC. <c>usage</c> is
/// what OpenRouter took; what a provider charged to a key of the caller's own (<c>byok_usage_inference</c>) is on the bill of that
/// provider.</remarks>
internal sealed class OpenRouterBill : BillFormat
{
    public override string Description => "OpenRouter's activity by day";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        List<BillLine> lines = [];
        foreach (RecordFields day in Inside(record, "data"))
        {
            if (!day.Has("date", "model", "usage") || !day.HasAny("byok_usage_inference", "model_permaslug", "endpoint_id"))
            {
                return null;
            }

            if (Amount(day, "USD", "usage") is var (amount, decimals))
            {
                string model = day.Text("model") ?? "";
                lines.Add(new()
                {
                    Day = BillNumber.DayOf(day.Text("date") ?? "", "date").Day,
                    Name = model,
                    Model = model,
                    Provider = "openrouter",
                    Amount = amount,
                    Decimals = decimals,
                });
            }
        }

        return lines;
    }
}
