using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel.Planning;

/// <summary>The days that a log is about: not those of single calls far away in time, which a clock or a default got wrong.</summary>
internal sealed class LogDays
{
    /// <summary>A log without a call for so long is taken to be of one side only.</summary>
    private const int LongestSilence = 180;

    private readonly LogSpan _span;

    private LogDays(LogSpan span, int first, int last) => (_span, First, Last) = (span, first, last);

    /// <summary>The first day that the log has whole.</summary>
    internal int First { get; }

    /// <summary>The last one.</summary>
    internal int Last { get; }

    /// <summary>Whether calls are left out.</summary>
    internal bool HasStrays => !Notes.IsEmpty;

    /// <summary>What is left out, a sentence each.</summary>
    internal ImmutableArray<string> Notes { get; private init; } = [];

    internal static LogDays Of(LogSpan span, IEnumerable<LineSums> lines)
    {
        SortedDictionary<int, long> calls = [];
        foreach ((int day, DaySums sums) in lines.SelectMany(line => line.Days))
        {
            calls[day] = calls.GetValueOrDefault(day) + sums.Calls;
        }

        List<(int First, int Last, long Calls)> parts = [];
        foreach ((int day, long count) in calls)
        {
            if (parts.Count > 0 && day - parts[^1].Last <= LongestSilence)
            {
                parts[^1] = (parts[^1].First, day, parts[^1].Calls + count);
            }
            else
            {
                parts.Add((day, day, count));
            }
        }

        (int first, int last) = span.WholeDays;
        if (parts.Count <= 1)
        {
            return new(span, first, last);
        }

        (int First, int Last, long Calls) most = parts.MaxBy(part => part.Calls);
        return new(span, Math.Max(first, most.First), Math.Min(last, most.Last))
        {
            Notes =
            [
                .. parts.Where(part => part != most).Select(part => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{part.Calls:N0} {(part.Calls == 1 ? "call" : "calls")} of {Days(part.First, part.Last)} "
                    + $"{(part.Calls == 1 ? "says" : "say")} nothing of how many there are: nothing is logged for more than "
                    + $"{LongestSilence} days between them and the rest. Is their time right?")),
            ],
        };
    }

    /// <summary>The first instant.</summary>
    internal DateTimeOffset From(TimeZoneInfo zone) => HasStrays && First > _span.FirstDay ? Midnight(First, zone) : _span.First;

    /// <summary>The last one.</summary>
    internal DateTimeOffset Until(TimeZoneInfo zone) =>
        HasStrays && Last < _span.LastDay ? Midnight(Last + 1, zone).AddTicks(-1) : _span.Last;

    private static string Days(int first, int last) => first == last
        ? LogNotes.Day(first)
        : $"{LogNotes.Day(first)} to {LogNotes.Day(last)}";

    private static DateTimeOffset Midnight(int day, TimeZoneInfo zone)
    {
        DateTime local = DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
