namespace LlmCostModel.Logs;

/// <summary>A period of charges: its first instant, and the first one after it.</summary>
internal readonly record struct FocusPeriod(DateTimeOffset Start, DateTimeOffset End)
{
    public static FocusPeriod HourOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, zone);
        DateTimeOffset start = local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour));
        return new(start.ToUniversalTime(), start.AddHours(1).ToUniversalTime());
    }

    public static FocusPeriod DayOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTime day = TimeZoneInfo.ConvertTime(at, zone).Date;
        return new(Begin(day, zone), Begin(day.AddDays(1), zone));
    }

    public static FocusPeriod MonthOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTime day = TimeZoneInfo.ConvertTime(at, zone).Date;
        DateTime first = new(day.Year, day.Month, 1);
        return new(Begin(first, zone), Begin(first.AddMonths(1), zone));
    }

    /// <summary>The first instant of a day: at midnight, or where clocks skip midnight, when they go on.</summary>
    private static DateTimeOffset Begin(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
        {
            day = day.AddMinutes(15);
        }

        // Of two midnights the first one: the offset is the larger of the two.
        TimeSpan offset = zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day);
        return new DateTimeOffset(day, offset).ToUniversalTime();
    }
}
