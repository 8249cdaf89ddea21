namespace LlmCostModel.Logs;

/// <summary>The sums of the calls of a log, by day and model.</summary>
internal sealed class LogSide(SumPricer pricer, ReconciliationOptions options, BillSide bills)
{
    private readonly Dictionary<(DayKey Key, string Currency), LogDay> _days = [];

    /// <summary>What there is of days and models; with an empty currency, calls without a price.</summary>
    public IReadOnlyDictionary<(DayKey Key, string Currency), LogDay> Days => _days;

    public LogHours Hours { get; } = new();

    /// <summary>How many calls state no time.</summary>
    public long Undated { get; private set; }

    /// <summary>Adds a call, each of its parts to the day and model that it is of.</summary>
    public void Add(long record, PricedCall call)
    {
        if (call.Call.Context.At is not { } at)
        {
            Undated++;
            return;
        }

        HashSet<LogDay> counted = [];
        foreach (PricedPart part in call.Parts)
        {
            if (KeyOf(call, part, at, out DateTime time) is not { } key)
            {
                continue;
            }

            Money? cost = part.Estimate.Total;
            LogDay day = DayOf(key, cost?.Currency ?? "");
            if (cost is { } amount)
            {
                LogSumKey sum = SumOf(call, part, at);
                day.Add(record, sum, part, amount.Amount, at);
                Hours.Add(key, amount.Currency, time, amount.Amount);
            }

            if (counted.Add(day))
            {
                Count(day, call, part);
            }
        }
    }

    /// <summary>Counts the amounts of a record that may repeat a call, or takes them back when it is the one that counts.</summary>
    public void AddRepeated(PricedCall call, int records)
    {
        foreach (PricedPart part in call.Parts)
        {
            if (call.Call.Context.At is { } at && part.Estimate.Total is { } amount && KeyOf(call, part, at, out _) is { } key)
            {
                DayOf(key, amount.Currency).AddRepeated(records * amount.Amount, part.Role == CallRole.Main ? records : 0);
            }
        }
    }

    private static void Count(LogDay day, PricedCall call, PricedPart part)
    {
        day.Calls++;
        if (part.Estimate.Total is null)
        {
            day.Unpriced++;
        }
        else if (call.Status == CostStatus.Partial)
        {
            day.Partial++;
        }

        day.Reason ??= call.Status == CostStatus.Priced || call.Issues.IsEmpty ? null : call.Issues[0].Message;
    }

    private LogDay DayOf(DayKey key, string currency)
    {
        if (!_days.TryGetValue((key, currency), out LogDay? day))
        {
            _days[(key, currency)] = day = new();
        }

        return day;
    }

    /// <summary>The day and model of a part; <see langword="null"/> for a day that is not compared.</summary>
    private DayKey? KeyOf(PricedCall call, PricedPart part, DateTimeOffset at, out DateTime time)
    {
        string provider = part.Estimate.Provider ?? call.Context.Provider?.ToLowerInvariant() ?? "";
        time = bills.ZoneOf(provider) is { } zone ? TimeZoneInfo.ConvertTime(at, zone).DateTime : at.UtcDateTime;
        DateOnly day = DateOnly.FromDateTime(time);
        return day < options.From || day >= options.To ? null : new(day, provider, part.Estimate.Model ?? part.Model ?? "(no model)");
    }

    private LogSumKey SumOf(PricedCall call, PricedPart part, DateTimeOffset at)
    {
        string id = part.Model ?? "";
        CallContext context = call.Context with { At = null, ConsumedBefore = null };
        context = part.Role == CallRole.Main ? context : context with { Provider = part.Estimate.Provider ?? context.Provider };
        TokenUsage usage = part.Usage.GetValueOrDefault();
        return new(
            id,
            context,
            pricer.PeriodOf(id, context.Provider, at),
            SumPricer.SizeOf(pricer.ThresholdsOf(part.Estimate.RateCard, part.Estimate.Model ?? ""), in usage));
    }
}
