using System.Globalization;

namespace LlmCostModel;

/// <summary>The one way in which exact numbers become text: all digits, no exponent, no trailing zeros, culture-independent.</summary>
internal static class AmountFormat
{
    internal const string AllDigits = "0.############################";

    internal static string ToText(decimal value) => value.ToString(AllDigits, CultureInfo.InvariantCulture);

    internal static string ToText(TimeOnly time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    internal static string ToText(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string ToText(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
