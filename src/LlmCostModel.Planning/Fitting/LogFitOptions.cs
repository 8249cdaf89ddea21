namespace LlmCostModel.Planning;

/// <summary>How a log is fitted.</summary>
public sealed class LogFitOptions
{
    /// <summary>Gets or sets the zone of days and hours.</summary>
    /// <value>Default UTC.</value>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Gets or sets how many whole days at the end are held out, to check the fit of the rest; 0 for none.</summary>
    /// <value>Default <see langword="null"/>: a week of a log of three weeks or more, three days of one of ten days, otherwise none.</value>
    public int? HoldOutDays { get; set; }

    /// <summary>Gets the tags that say which calls belong together, so that they are not independent of each other; the first that a call
    /// has counts. Calls without any belong to their day.</summary>
    /// <value>Default <c>session</c>, <c>conversation</c>, <c>user</c>.</value>
    public IList<string> SessionTags { get; } = ["session", "conversation", "user"];
}
