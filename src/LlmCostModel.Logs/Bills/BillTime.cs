namespace LlmCostModel.Logs;

/// <summary>The day of a line that has a beginning and an end.</summary>
internal static class BillTime
{
    /// <summary>Reads them.</summary>
    /// <param name="record">The record.</param>
    /// <param name="begin">The members that state the beginning.</param>
    /// <param name="end">The members that state the end.</param>
    /// <returns>The day in UTC, and the beginning itself when the line is shorter than a day.</returns>
    public static (DateOnly Day, DateTimeOffset? At) Of(RecordFields record, string[] begin, string[] end)
    {
        (DateOnly day, DateTimeOffset? at) = BillNumber.DayOf(record.Text(begin) ?? "", begin[0]);
        bool isFiner = at is not null && record.Text(end) is { } until && LogInstant.Parse(until, out _) - at < TimeSpan.FromDays(1);
        return (day, isFiner ? at : null);
    }
}
