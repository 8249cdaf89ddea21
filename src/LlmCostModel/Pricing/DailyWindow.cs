using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A part of every day in local time: from <see cref="Start"/> inclusive to <see cref="End"/> exclusive. An end at or before the
/// start is on the next day.</summary>
/// <remarks><see langword="default"/> is the whole day, from midnight to midnight.</remarks>
[JsonConverter(typeof(JsonValueConverter<DailyWindow>))]
public readonly record struct DailyWindow : IJsonValue<DailyWindow>
{
    /// <summary>Makes a window.</summary>
    /// <param name="start">The first moment inside.</param>
    /// <param name="end">The first moment outside; midnight is the end of the day.</param>
    public DailyWindow(TimeOnly start, TimeOnly end) => (Start, End) = (start, end);

    /// <summary>Gets the first moment inside.</summary>
    public TimeOnly Start { get; init; }

    /// <summary>Gets the first moment outside; midnight is the end of the day.</summary>
    public TimeOnly End { get; init; }

    internal long StartTicks => Start.Ticks;

    /// <summary>The end in ticks since the start day's midnight, so beyond one day when the window crosses midnight.</summary>
    internal long EndTicks => End <= Start ? End.Ticks + TimeSpan.TicksPerDay : End.Ticks;

    /// <summary>Shows the window as rate cards write it.</summary>
    /// <returns>Such as <c>16:30-00:30</c>; midnight as an end is <c>24:00</c>.</returns>
    public override string ToString() =>
        $"{AmountFormat.ToText(Start)}-{(End == TimeOnly.MinValue ? "24:00" : AmountFormat.ToText(End))}";

    static JsonConverter<DailyWindow> IJsonValue<DailyWindow>.Json { get; } = JsonOf.OfText(
        text => text.Split('-') is [var start, var end] && InstantFormat.TryParseTime(start, out TimeOnly from)
            && InstantFormat.TryParseTime(end == "24:00" ? "00:00" : end, out TimeOnly until)
                ? new DailyWindow(from, until)
                : throw new JsonException($"'{text}' is not a part of a day. Write one such as 16:30-00:30."),
        window => window.ToString());
}
