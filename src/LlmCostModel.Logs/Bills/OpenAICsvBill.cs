namespace LlmCostModel.Logs;

/// <summary>Costs as OpenAI's dashboard exports them: the rows of the costs API as CSV.</summary>
/// <remarks>OpenAI does not document the columns: those of exports of 2025 and 2026. <c>start_time</c> is in seconds since 1970, at
/// midnight in UTC.</remarks>
internal sealed class OpenAICsvBill : BillFormat
{
    public override string Description => "costs that OpenAI's dashboard exports";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("amount_value", "amount_currency") || !record.HasAny("start_time", "start_time_iso"))
        {
            return null;
        }

        (DateOnly day, _) = BillNumber.DayOf(record.Text("start_time_iso", "start_time") ?? "", "start_time");
        return Amount(record, record.Text("amount_currency"), "amount_value") is var (amount, decimals)
            ? [OpenAIBill.Line(day, record.Text("line_item"), amount, decimals, record.Amount("quantity"))]
            : [];
    }
}
