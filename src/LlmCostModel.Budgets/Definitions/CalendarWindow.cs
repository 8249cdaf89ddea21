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

    private long StartOf(DateTime midnight)
    {
        if (zone.IsInvalidTime(midnight))
        {
            return FirstNotBefore(midnight);
        }

        TimeSpan offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return Milliseconds(midnight - offset);
    }

    /// <summary>Clocks jump over this midnight, at some instant of the two days around it.</summary>
    private long FirstNotBefore(DateTime midnight)
    {
        long before = Milliseconds(midnight.AddDays(-2));
        long after = Milliseconds(midnight.AddDays(2));
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            bool isBefore = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(middle), zone).DateTime < midnight;
            (before, after) = isBefore ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static long Milliseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private sealed record Found(AccountPeriod Period);
}
