namespace LlmCostModel.Logs;

/// <summary>What the clock showed where a call was made, as <see cref="SummaryKey"/> takes it.</summary>
/// <param name="zone">The zone; null for the offset of the call itself.</param>
internal sealed class LocalClock(TimeZoneInfo? zone)
{
    private const int Slots = 256;

    /// <summary>Since then no zone changes twice within an hour.</summary>
    private static readonly long Earliest = new DateTime(1980, 1, 1).Ticks;

    private readonly (long Hour, long Offset)[] _known = new (long, long)[Slots];

    /// <summary>The ticks of the clock.</summary>
    public long At(DateTimeOffset at)
    {
        if (zone is null)
        {
            return at.Ticks;
        }

        long utc = at.UtcTicks;
        long hour = utc / TimeSpan.TicksPerHour;
        ref (long Hour, long Offset) known = ref _known[hour % Slots];
        if (known.Hour != hour)
        {
            if (utc < Earliest || OffsetAt(zone, hour) is var offset && offset != OffsetAt(zone, hour + 1))
            {
                return TimeZoneInfo.ConvertTime(at, zone).Ticks;
            }

            known = (hour, OffsetAt(zone, hour));
        }

        return utc + known.Offset;
    }

    private static long OffsetAt(TimeZoneInfo zone, long hour)
    {
        DateTimeOffset at = new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        return TimeZoneInfo.ConvertTime(at, zone).Offset.Ticks;
    }
}
