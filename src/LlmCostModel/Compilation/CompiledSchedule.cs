namespace LlmCostModel;

/// <summary>A <see cref="WeeklySchedule"/> as bits and ticks, for asking without allocation.</summary>
internal sealed class CompiledSchedule
{
    private const int EveryDay = 0b111_1111;

    private readonly TimeZoneInfo _zone;
    private readonly int _days;
    private readonly (long Start, long End)[] _windows;

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
    }

    internal bool Contains(DateTimeOffset instant)
    {
        long local = instant.UtcTicks + (ReferenceEquals(_zone, TimeZoneInfo.Utc) ? 0 : _zone.GetUtcOffset(instant).Ticks);
        long time = local % TimeSpan.TicksPerDay;
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
}
