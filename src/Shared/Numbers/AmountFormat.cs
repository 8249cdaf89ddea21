using System.Globalization;

namespace LlmCostModel;

/// <summary>The one way in which exact numbers become text: all digits, no exponent, no trailing zeros, culture-independent.</summary>
internal static class AmountFormat
{
    internal static string ToText(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static string ToText(TimeOnly time) => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    internal static string ToText(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
