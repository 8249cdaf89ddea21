using System.Globalization;

namespace LlmCostModel;

/// <summary>Reads durations as people write them: <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>1h</c>, <c>2d</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    internal static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        foreach ((string unit, long ticks) in Units)
        {
            if (text is not null
                && text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(
                    text.AsSpan(0, text.Length - unit.Length),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out decimal count)
                && count <= TimeSpan.MaxValue.Ticks / ticks)
            {
                duration = new((long)decimal.Round(count * ticks));
                return true;
            }
        }

        return false;
    }
}
