using System.CommandLine;

namespace LlmCostModel.Cli.Options;

/// <summary>The zone of days and hours.</summary>
internal sealed class ZoneOption
{
    public Option<string?> Option { get; } = new("--time-zone")
    {
        Description = "the zone of days, weekdays and hours of the log, such as Europe/Berlin; default UTC",
        HelpName = "ZONE",
    };

    public TimeZoneInfo Of(ParseResult result)
    {
        string? id = result.GetValue(Option);
        return id is null ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : throw new CliException(
            $"'{id}' is not a time zone that this machine knows. Write an IANA name, such as Europe/Berlin.");
    }
}
