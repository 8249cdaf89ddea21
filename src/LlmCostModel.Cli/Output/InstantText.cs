using System.Globalization;

namespace LlmCostModel.Cli.Output;

/// <summary>Instants as JSON and CSV have them: UTC, with the fraction of a second where there is one.</summary>
internal static class InstantText
{
    public static string? Of(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>An instant for people, to the minute.</summary>
    public static string Minute(DateTimeOffset? at) =>
        at is null ? "" : at.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
