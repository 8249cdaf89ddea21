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

    public TimeZoneInfo Of(ParseResult result) => SummaryOptions.Zone(result.GetValue(Option)) ?? TimeZoneInfo.Utc;
}
