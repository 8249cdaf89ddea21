using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>What the calls of a group have in common.</summary>
public sealed class SummaryKey
{
    private const string TagPrefix = "tag:";

    /// <summary>Tags that have a name of their own, for many logs state them.</summary>
    private static readonly string[] Tags = ["session", "user", "project", "branch", "key", "team", "conversation"];

    private static readonly ImmutableArray<SummaryKey> Known =
    [
        new("model", SummaryFact.Kind, (_, _, part, _) => part.Estimate.Model ?? part.Model),
        new("provider", SummaryFact.Kind, (_, call, part, _) => part.Estimate.Provider ?? call.Context.Provider),
        new("tier", SummaryFact.Kind, (_, call, _, _) => call.Context.Batch == true ? "batch" : call.Context.Tier ?? "standard"),
        new("hour", SummaryFact.Hour, (record, call, _, zone) => Time(record, call, zone, "yyyy-MM-dd'T'HH:00")),
        new("day", SummaryFact.Day, (record, call, _, zone) => Time(record, call, zone, "yyyy-MM-dd")),
        new("week", SummaryFact.Day, (record, call, _, zone) => WeekOf(record, call, zone)),
        new("month", SummaryFact.Day, (record, call, _, zone) => Time(record, call, zone, "yyyy-MM")),
        new("file", SummaryFact.File, (record, _, _, _) => record.Log),
        .. Tags.Select(OfTag),
    ];

    private readonly Func<LogRecord, PricedCall, PricedPart, TimeZoneInfo?, string?> _read;

    private SummaryKey(string name, SummaryFact fact, Func<LogRecord, PricedCall, PricedPart, TimeZoneInfo?, string?> read) =>
        (Name, Fact, _read) = (name, fact, read);

    private SummaryKey(string name, string tag)
        : this(name, SummaryFact.Tag, (record, _, _, _) => record.Tags.GetValueOrDefault(tag)) => Tag = tag;

    /// <summary>Gets the names that <see cref="Find"/> knows, beside <c>tag:NAME</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Known.Select(key => key.Name)];

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Finds a key by its name: one of <see cref="Names"/>, or <c>tag:NAME</c> for a tag of the records.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The key; <see langword="null"/> when there is none of that name.</returns>
    public static SummaryKey? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith(TagPrefix, StringComparison.Ordinal) && name.Length > TagPrefix.Length)
        {
            return new(name, name[TagPrefix.Length..]);
        }

        return Known.FirstOrDefault(key => key.Name == name);
    }

    /// <summary>What of a call decides its value.</summary>
    internal SummaryFact Fact { get; }

    /// <summary>The name of the tag; null when it is another fact.</summary>
    internal string? Tag { get; }

    /// <summary>What a part of a call has of it; <see langword="null"/> when its record does not say.</summary>
    internal string? ValueOf(LogRecord record, PricedCall call, PricedPart part, TimeZoneInfo? zone) => _read(record, call, part, zone);

    private static SummaryKey OfTag(string name) => new(name, name);

    /// <summary>The time of a call where it was made: by the zone, or as its own record states it, and not the instant whose prices it has
    /// where it states none.</summary>
    private static DateTime? TimeOf(LogRecord record, PricedCall call, TimeZoneInfo? zone) =>
        (record.Call ?? call.Call).Context.At is not { } at ? null
        : zone is null ? at.DateTime
        : TimeZoneInfo.ConvertTime(at, zone).DateTime;

    private static string? Time(LogRecord record, PricedCall call, TimeZoneInfo? zone, string format) =>
        TimeOf(record, call, zone)?.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The week of ISO 8601, which begins on Monday.</summary>
    private static string? WeekOf(LogRecord record, PricedCall call, TimeZoneInfo? zone) => TimeOf(record, call, zone) is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time)}-W{ISOWeek.GetWeekOfYear(time):00}")
        : null;
}
