namespace LlmCostModel.Logs;

/// <summary>Usage events as Cursor's dashboard exports them: what each was charged.</summary>
/// <remarks>The columns of exports of 2025 and 2026; Cursor does not document them. Instants are in UTC. What a plan includes, and what is
/// not charged, costs nothing here.</remarks>
internal sealed class CursorBill : BillFormat
{
    public override string Description => "usage events that Cursor's dashboard exports";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("Date", "Model", "Cost", "Output Tokens"))
        {
            return null;
        }

        string? cost = record.Text("Cost");
        if (cost is null || !cost.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return [];
        }

        string model = record.Text("Model") ?? "";
        decimal amount = BillNumber.Parse(cost, "Cost");
        (DateOnly day, DateTimeOffset? at) = BillNumber.DayOf(record.Text("Date") ?? "", "Date");
        return
        [
            new() { Day = day, At = at, Name = model, Model = model, Amount = new(amount, "USD"), Decimals = amount.Scale },
        ];
    }
}
