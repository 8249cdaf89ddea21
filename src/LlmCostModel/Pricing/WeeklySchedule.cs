using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The hours of the week in which a rule applies, on the clock of one time zone.</summary>
/// <remarks>
/// An instant is converted to the zone's local time, which is unambiguous: hours skipped by a change to summer time never occur, repeated ones count both times.
/// A window that crosses midnight belongs to the day on which it starts: <c>Fri 22:00-06:00</c> holds on Saturday at 03:00. The type is immutable.
/// </remarks>
public sealed record WeeklySchedule
{
    /// <summary>Gets the weekdays on which windows start; empty means every day.</summary>
    public ImmutableArray<DayOfWeek> Days { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Gets the windows of a day; empty means the whole day.</summary>
    public ImmutableArray<DailyWindow> Daily { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Gets the time zone whose clock counts; UTC by default.</summary>
    public TimeZoneInfo TimeZone { get; init => field = value ?? TimeZoneInfo.Utc; } = TimeZoneInfo.Utc;
}
