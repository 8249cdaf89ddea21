using System.CommandLine;
using System.Globalization;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Options;

/// <summary>The options by which priced calls are chosen, grouped and shown.</summary>
/// <param name="keys">By what calls are grouped where nobody says it.</param>
/// <param name="hasOrder">Whether the groups have an order, and may be left out.</param>
internal sealed class SummaryOptions(string keys = "model", bool hasOrder = true)
{
    private static readonly string Ways = $"{string.Join(", ", SummaryKey.Names)} or tag:NAME";

    private readonly Option<string> _groupBy = new("--group-by")
    {
        Description = hasOrder ? $"{Ways}; several by comma" : $"what calls are shown by, a table each: {Ways}; several by comma",
        DefaultValueFactory = _ => keys,
        HelpName = "KEYS",
    };

    private readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "the zone of hours, days, weeks and months, such as Europe/Berlin; default the offset in the log, else UTC",
        HelpName = "ZONE",
    };

    private readonly Option<DateTimeOffset?> _from = new("--from")
    {
        Description = "leave out calls before this instant, or day of --time-zone, and those without a time",
        HelpName = "INSTANT",
        CustomParser = PricingOptions.Instant,
    };

    private readonly Option<DateTimeOffset?> _to = new("--to")
    {
        Description = "leave out calls from this instant, or day of --time-zone, on, and those without a time",
        HelpName = "INSTANT",
        CustomParser = PricingOptions.Instant,
    };

    private readonly Option<string?> _sort = new("--sort")
    {
        Description = "the order of the groups: key, total, calls, input or output; default key",
        HelpName = "ORDER",
    };

    private readonly Option<int?> _top = new("--top") { Description = "show only the first groups", HelpName = "N" };

    /// <summary>Those that only groups have.</summary>
    public Option[] OfGroups => [_groupBy, _sort, _top];

    /// <summary>Those by which some of the groups are shown.</summary>
    public Option[] OfOrder => [_sort, _top];

    public Option TimeZone => _timeZone;

    public void AddTo(CheckedCommand command)
    {
        foreach (Option option in (Option[])[_groupBy, _timeZone, _from, _to, .. hasOrder ? (Option[])[_sort, _top] : []])
        {
            command.Options.Add(option);
        }

        command.Uses.Always([_groupBy, _from, _to, .. hasOrder ? OfOrder : []]);
    }

    /// <summary>Whether hours, days, weeks or months are asked for, of which the zone says when they begin.</summary>
    public bool HasDays(ParseResult result) =>
        Keys(result).Any(key => key.Name is "hour" or "day" or "week" or "month")
        || IsDay(result, _from, out _)
        || IsDay(result, _to, out _);

    /// <summary>The rows of FOCUS, by the same keys and zone as the groups.</summary>
    public FocusDataset Focus(ParseResult result, FocusOptions options)
    {
        options.TimeZone = Zone(result.GetValue(_timeZone));
        return new(ParseKeys(result.GetValue(_groupBy)!), options);
    }

    /// <summary>The names of what the calls of a group have in common.</summary>
    public IReadOnlyList<string> KeyNames(ParseResult result) => [.. ParseKeys(result.GetValue(_groupBy)!).Select(key => key.Name)];

    public IReadOnlyList<SummaryKey> Keys(ParseResult result) => ParseKeys(result.GetValue(_groupBy)!);

    public TimeZoneInfo? Zone(ParseResult result) => Zone(result.GetValue(_timeZone));

    public LogSummary Summary(ParseResult result, ICostEstimator estimator, CurrencyConverter? converter) =>
        new(ParseKeys(result.GetValue(_groupBy)!), Zone(result.GetValue(_timeZone)), estimator, converter);

    /// <summary>The instants between which calls count; <see langword="null"/> where all do.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Period(ParseResult result)
    {
        (DateTimeOffset? from, DateTimeOffset? to) = (InZone(result, _from), InZone(result, _to));
        return from >= to ? throw new CliException("--from is not before --to, so that no call is between them.") : (from, to);
    }

    /// <summary>An instant; a day begins in the zone of days.</summary>
    private DateTimeOffset? InZone(ParseResult result, Option<DateTimeOffset?> option)
    {
        if (result.GetValue(option) is not { } at || Zone(result.GetValue(_timeZone)) is not { } zone)
        {
            return result.GetValue(option);
        }

        return IsDay(result, option, out DateOnly day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)))
            : at;
    }

    private static bool IsDay(ParseResult result, Option<DateTimeOffset?> option, out DateOnly day)
    {
        string? text = result.GetResult(option)?.Tokens is [var token, ..] ? token.Value : null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>The groups to show, in their order, and how many are left out.</summary>
    public (IReadOnlyList<SummaryGroup> Groups, int LeftOut) Order(ParseResult result, IReadOnlyList<SummaryGroup> groups)
    {
        IEnumerable<SummaryGroup> ordered = result.GetValue(_sort) switch
        {
            null or "key" => groups,
            "total" => groups.OrderByDescending(group => group.Total?.Amount ?? -1),
            "calls" => groups.OrderByDescending(group => group.Calls),
            "input" => groups.OrderByDescending(group => group.Usage.TotalInput),
            "output" => groups.OrderByDescending(group => group.Usage.TotalOutput),
            string other => throw new CliException($"'{other}' is not an order. Use key, total, calls, input or output."),
        };
        int top = result.GetValue(_top) switch
        {
            null => int.MaxValue,
            < 1 => throw new CliException("--top shows 1 group or more."),
            int number => number,
        };
        SummaryGroup[] shown = [.. ordered.Take(top)];
        return (shown, groups.Count - shown.Length);
    }

    private static List<SummaryKey> ParseKeys(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            throw new CliException($"--group-by needs at least one of {Ways}.");
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new CliException($"--group-by has '{twice.Key}' more than once.");
        }

        return
        [
            .. names.Select(name => SummaryKey.Find(name)
                ?? throw new CliException($"'{name}' is not a way to group. Use {Ways}, separated by commas.")),
        ];
    }

    internal static TimeZoneInfo? Zone(string? name) =>
        name is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone
        : throw new CliException($"'{name}' is not a time zone. Write a name such as Europe/Berlin or UTC.");
}
