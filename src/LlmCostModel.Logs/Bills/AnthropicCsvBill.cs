namespace LlmCostModel.Logs;

/// <summary>Costs as Anthropic's console exports them.</summary>
/// <remarks>https://support.claude.com/en/articles/9534590; the columns are those of exports of 2026, which Anthropic does not document.
/// Days are in UTC; a model has the name that people read.</remarks>
internal sealed class AnthropicCsvBill : BillFormat
{
    public override string Description => "costs that Anthropic's console exports";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("usage_date_utc", "cost_usd", "token_type"))
        {
            return null;
        }

        if (Amount(record, "USD", "cost_usd") is not var (amount, decimals))
        {
            return [];
        }

        string? model = record.Text("model");
        string? kind = record.Text("usage_type");
        (DateOnly day, _) = BillNumber.DayOf(record.Text("usage_date_utc") ?? "", "usage_date_utc");
        return
        [
            new()
            {
                Day = day,
                Name = model ?? record.Text("cost_type") ?? "other",
                Model = model is null ? null : ClaudeNames.Find(model),
                Provider = "anthropic",
                Bucket = model is null ? null : AnthropicTokens.Find(record.Text("token_type")),
                Tier = record.Text("speed") ?? (kind == "batch" ? ServiceTiers.Batch : null),
                Region = record.Text("inference_geo") is { } place && place is not ("not_available" or "global") ? place : null,
                Amount = amount,
                Decimals = decimals,
            },
        ];
    }
}
