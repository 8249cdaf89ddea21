namespace LlmCostModel;

/// <summary>A part of every day in local time: from <see cref="Start"/> inclusive to <see cref="End"/> exclusive. An end at or before the start is on the next day.</summary>
/// <remarks><see langword="default"/> is the whole day, from midnight to midnight.</remarks>
/// <param name="Start">The first moment inside.</param>
/// <param name="End">The first moment outside; midnight is the end of the day.</param>
public readonly record struct DailyWindow(TimeOnly Start, TimeOnly End)
{
    internal long StartTicks => Start.Ticks;

    /// <summary>The end in ticks since the start day's midnight, so beyond one day when the window crosses midnight.</summary>
    internal long EndTicks => End <= Start ? End.Ticks + TimeSpan.TicksPerDay : End.Ticks;

    /// <summary>Shows the window as rate cards write it.</summary>
    /// <returns>Such as <c>16:30-00:30</c>; midnight as an end is <c>24:00</c>.</returns>
    public override string ToString() =>
        $"{AmountFormat.ToText(Start)}-{(End == TimeOnly.MinValue ? "24:00" : AmountFormat.ToText(End))}";
}
