using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>How long a calendar window is.</summary>
internal enum CalendarStep
{
    Day,
    Week,
    Month,
}

/// <summary>Days, weeks and months of a time zone. A day begins at the first instant whose local time is not before its midnight, so that
/// the windows of a zone follow each other without gap and overlap, whatever its clocks do.</summary>
internal sealed class CalendarWindow(CalendarStep step, TimeZoneInfo zone)
{
    private const long MillisecondsPerMinute = 60_000;

    private volatile Found? _last; // asking a zone is slow, and the answer is nearly always the same

    internal TimeZoneInfo Zone => zone;

    internal AccountPeriod PeriodAt(long instant)
    {
        Found? last = _last;
        if (last is null || instant < last.Period.Start || instant >= last.Period.End)
        {
            _last = last = new Found(Find(instant));
        }

        return last.Period;
    }

    private AccountPeriod Find(long instant)
    {
        DateTime day = FirstDay(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(instant), zone).Date);

        // Clocks that go back over midnight show a date once more that was over.
        while (StartOf(Add(day, 1)) <= instant)
        {
            day = Add(day, 1);
        }

        while (StartOf(day) > instant)
        {
            day = Add(day, -1);
        }

        long start = StartOf(day);
        long previous = NextStart(day, -1, start);
        long end = NextStart(day, 1, start);
        long nextEnd = NextStart(day, 1, end);
        return AccountPeriod.Fixed(previous, start, end, nextEnd);
    }

    /// <summary>The nearest other start before or after an instant: a zone may leave a day out, and then two days begin at once.</summary>
    private long NextStart(DateTime day, int direction, long than)
    {
        long start = than;
        while (direction > 0 ? start <= than : start >= than)
        {
            day = Add(day, direction);
            start = StartOf(day);
        }

        return start;
    }

    private DateTime FirstDay(DateTime day) => step switch
    {
        CalendarStep.Day => day,
        CalendarStep.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), // Monday
        _ => new DateTime(day.Year, day.Month, 1),
    };

    private DateTime Add(DateTime day, int steps) => step switch
    {
        CalendarStep.Day => day.AddDays(steps),
        CalendarStep.Week => day.AddDays(7 * steps),
        _ => day.AddMonths(steps),
    };

    /// <summary>The first instant whose local time is not before a midnight, as the zone itself tells the time.</summary>
    internal long StartOf(DateTime midnight)
    {
        TimeSpan offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        long start = Milliseconds(midnight - offset);
        return !IsBefore(start, midnight) && IsBefore(start - 1, midnight) ? start : FirstNotBefore(midnight);
    }

    /// <summary>Clocks jump over this midnight, or its offset is not the one that the zone says of it: that of a local time is wrong around
    /// some of the turns at which the base offset of a zone changes.</summary>
    private long FirstNotBefore(DateTime midnight)
    {
        // Minute by minute, because clocks that go back show times again; offsets are at most 14 hours.
        long after = Milliseconds(midnight.AddHours(-15)), last = Milliseconds(midnight.AddHours(39)); // a zone may leave a day out
        while (after < last && IsBefore(after, midnight))
        {
            after += MillisecondsPerMinute;
        }

        long before = after - MillisecondsPerMinute;
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            (before, after) = IsBefore(middle, midnight) ? (middle, after) : (before, middle);
        }

        return after;
    }

    private bool IsBefore(long instant, DateTime midnight) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(instant), zone).DateTime < midnight;

    private static long Milliseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private sealed record Found(AccountPeriod Period);
}
