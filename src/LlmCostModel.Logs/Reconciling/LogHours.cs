namespace LlmCostModel.Logs;

/// <summary>What a log has of every hour and model: days that begin at another hour are sums of these.</summary>
internal sealed class LogHours
{
    private readonly Dictionary<(string Provider, string Model, string? Currency, DateTime Hour), decimal> _amounts = [];

    /// <summary>Adds what a call cost.</summary>
    /// <param name="key">Its day and model.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="time">The time where the day is one.</param>
    /// <param name="amount">The amount.</param>
    public void Add(DayKey key, string? currency, DateTime time, decimal amount)
    {
        var hour = (key.Provider, key.Model, currency, time.Date.AddHours(time.Hour));
        _amounts[hour] = _amounts.GetValueOrDefault(hour) + amount;
    }

    /// <summary>What a day has that begins some hours later.</summary>
    public decimal AmountOf(DayKey key, string? currency, int offset)
    {
        decimal amount = 0;
        DateTime start = key.Day.ToDateTime(TimeOnly.MinValue);
        if (key.Day == DateOnly.MinValue || key.Day == DateOnly.MaxValue)
        {
            return 0;
        }

        for (int hour = 0; hour < 24; hour++)
        {
            amount += _amounts.GetValueOrDefault((key.Provider, key.Model, currency, start.AddHours(offset + hour)));
        }

        return amount;
    }
}
