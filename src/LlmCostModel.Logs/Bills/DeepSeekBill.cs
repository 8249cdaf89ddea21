namespace LlmCostModel.Logs;

/// <summary>Costs as DeepSeek's platform exports them: the file <c>cost-...csv</c> of its archive.</summary>
/// <remarks>DeepSeek does not document the columns: those of exports of 2026. Days are in UTC (<c>utc_date</c>) or, since September, in the
/// zone of who exports, with its offset. The wallet says whether granted money was spent; both are charges. <c>amount-...csv</c> beside it
/// has no currency.</remarks>
internal sealed class DeepSeekBill : BillFormat
{
    public override string Description => "costs that DeepSeek's platform exports";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        if (!record.Has("model") || !record.HasAny("utc_date", "start_time_iso"))
        {
            return null;
        }

        if (record.Has("api_key_name", "type", "price", "amount"))
        {
            throw new FormatException("It is the file of amounts of DeepSeek's export, which states no currency. Give the file of costs of "
                + "the same archive (cost-...csv).");
        }

        if (!record.Has("wallet_type", "cost", "currency"))
        {
            return null;
        }

        if (Amount(record, record.Text("currency"), "cost") is not var (amount, decimals))
        {
            return [];
        }

        string model = record.Text("model") ?? "";
        (DateOnly day, string? zone) = DayOf(record);
        return
        [
            new()
            {
                Day = day,
                TimeZone = zone,
                Name = model,
                Model = model,
                Provider = "deepseek",
                Amount = amount,
                Decimals = decimals,
            },
        ];
    }

    private static (DateOnly Day, string? Zone) DayOf(RecordFields record)
    {
        if (record.Text("utc_date") is { } text)
        {
            return (BillNumber.DayOf(text, "utc_date").Day, null);
        }

        DateTimeOffset start = record.Instant("start_time_iso") ?? throw new FormatException("start_time_iso is empty.");
        return (DateOnly.FromDateTime(start.DateTime), start.Offset == TimeSpan.Zero ? null : start.ToString("zzz", null));
    }
}
