using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>The hours of the week in which a rule applies, on the clock of one time zone.</summary>
/// <remarks>
/// An instant is converted to the zone's local time, which is unambiguous: hours skipped by a change to summer time never occur, repeated
/// ones count both times.
/// A window that crosses midnight belongs to the day on which it starts: <c>Fri 22:00-06:00</c> holds on Saturday at 03:00. The type is
/// immutable.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<WeeklySchedule>))]
public sealed record WeeklySchedule : IJsonValue<WeeklySchedule>
{
    private readonly EquatableArray<DayOfWeek> _days;
    private readonly EquatableArray<DailyWindow> _daily;

    /// <summary>Gets the weekdays on which windows start; empty means every day.</summary>
    public ImmutableArray<DayOfWeek> Days { get => _days; init => _days = value; }

    /// <summary>Gets the windows of a day; empty means the whole day.</summary>
    public ImmutableArray<DailyWindow> Daily { get => _daily; init => _daily = value; }

    /// <summary>Gets the time zone whose clock counts; UTC by default.</summary>
    public TimeZoneInfo TimeZone { get; init => field = value ?? TimeZoneInfo.Utc; } = TimeZoneInfo.Utc;

    /// <summary>Shows days, hours and zone, in the invariant culture.</summary>
    /// <returns>Such as <c>Saturday, Sunday 16:30-00:30 UTC</c>; <c>always</c> for the whole week.</returns>
    public override string ToString() => Days.IsEmpty && Daily.IsEmpty
        ? "always"
        : string.Join(' ', new[] { string.Join(", ", Days), string.Join(", ", Daily), TimeZone.Id }.Where(part => part.Length > 0));

    private static readonly JsonObject<WeeklySchedule> Shape = new JsonObject<WeeklySchedule>(() => new())
        .Optional("days", JsonOf.Array(JsonOf.Name<DayOfWeek>()), value => value.Days, (owner, value) => owner with { Days = value })
        .Optional("daily", JsonOf.Array(JsonOf.Value<DailyWindow>()),
            value => value.Daily, (owner, value) => owner with { Daily = value })
        .Optional("timeZone", JsonOf.OfText(TimeZoneInfo.FindSystemTimeZoneById, zone => zone.Id),
            value => value.TimeZone, (owner, value) => owner with { TimeZone = value });

    static JsonConverter<WeeklySchedule> IJsonValue<WeeklySchedule>.Json => Shape;
}
