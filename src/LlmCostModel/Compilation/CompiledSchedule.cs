namespace LlmCostModel;

/// <summary>A <see cref="WeeklySchedule"/> as bits and ticks, for asking without allocation.</summary>
internal sealed class CompiledSchedule
{
    private const int EveryDay = 0b111_1111;

    private readonly TimeZoneInfo _zone;
    private readonly int _days;
    private readonly (long Start, long End)[] _windows;
    private readonly long[] _timesOfDay;

    internal CompiledSchedule(WeeklySchedule schedule)
    {
        _zone = schedule.TimeZone;
        foreach (DayOfWeek day in schedule.Days)
        {
            _days |= 1 << (int)day;
        }

        _days = _days == 0 ? EveryDay : _days;
        _windows = schedule.Daily.IsEmpty
            ? [(0, TimeSpan.TicksPerDay)]
            : [.. schedule.Daily.Select(window => (window.StartTicks, window.EndTicks))];
        IEnumerable<long> ends = _windows.Select(window => TimeOfDay(window.End));
        _timesOfDay = [.. _windows.Select(window => window.Start).Concat(ends).Distinct().Order()];
    }

    internal bool Contains(long utcTicks)
    {
        long local = utcTicks + OffsetAt(utcTicks);
        long time = TimeOfDay(local);
        int day = (int)(((local / TimeSpan.TicksPerDay) + 1) % 7); // 0001-01-01 was a Monday.
        bool today = (_days & (1 << day)) != 0;
        bool yesterday = (_days & (1 << ((day + 6) % 7))) != 0;
        foreach ((long start, long end) in _windows)
        {
            if ((today && time >= start && time < end) || (yesterday && time + TimeSpan.TicksPerDay < end))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The first later instant at which the schedule may begin or end, in UTC ticks:
    /// where a window does on the local clock, or where that clock is changed.
    /// </summary>
    internal long NextEdge(long utcTicks)
    {
        long offset = OffsetAt(utcTicks);
        long time = TimeOfDay(utcTicks + offset);
        int later = Array.FindIndex(_timesOfDay, candidate => candidate > time);
        long next = utcTicks - time + (later >= 0 ? _timesOfDay[later] : _timesOfDay[0] + TimeSpan.TicksPerDay);
        if (next > DateTime.MaxValue.Ticks)
        {
            return long.MaxValue;
        }

        return OffsetAt(next) == offset ? next : FindClockChange(utcTicks, next);
    }

    /// <summary>The instant at which the clock is changed, by halving: time zones tell their offsets, not when those change.</summary>
    /// <remarks>It looks at a day at most, and no zone has changed its clock twice within three days since 1970.</remarks>
    private long FindClockChange(long before, long after)
    {
        long offset = OffsetAt(before);
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            (before, after) = OffsetAt(middle) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private long OffsetAt(long utcTicks) =>
        ReferenceEquals(_zone, TimeZoneInfo.Utc) ? 0 : _zone.GetUtcOffset(new DateTimeOffset(utcTicks, TimeSpan.Zero)).Ticks;

    private static long TimeOfDay(long localTicks) => localTicks % TimeSpan.TicksPerDay;
}
