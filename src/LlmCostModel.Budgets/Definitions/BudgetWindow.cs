using System.Globalization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>When a budget begins anew: never, with each day, week or month of a time zone, after a fixed time, or continuously. The type is
/// immutable.</summary>
/// <remarks>A call counts in the window in which it was admitted. Days of 23 or 25 hours are what they are; a day whose midnight does not
/// exist begins with the first instant after it.</remarks>
public sealed class BudgetWindow
{
    internal const int MaxBuckets = 1_440;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_653); // ten years

    private readonly CalendarWindow? _calendar;
    private readonly AccountPeriod? _only;
    private readonly TimeSpan _length;
    private readonly int _buckets;
    private readonly string _text;

    private BudgetWindow(
        string text, CalendarWindow? calendar = null, TimeSpan length = default, int buckets = 0, AccountPeriod? only = null) =>
        (_text, _calendar, _length, _buckets, _only) = (text, calendar, length, buckets, only);

    /// <summary>Gets the window that never ends.</summary>
    public static BudgetWindow Total { get; } = new("total");

    /// <summary>Makes windows of a day.</summary>
    /// <param name="timeZone">The IANA name of the zone whose midnight counts; <see langword="null"/> for UTC.</param>
    /// <returns>The window.</returns>
    /// <exception cref="ArgumentException">The zone is not known.</exception>
    public static BudgetWindow Day(string? timeZone = null) => Calendar("day", CalendarStep.Day, timeZone);

    /// <summary>Makes windows of a week, from Monday.</summary>
    /// <inheritdoc cref="Day"/>
    public static BudgetWindow Week(string? timeZone = null) => Calendar("week", CalendarStep.Week, timeZone);

    /// <summary>Makes windows of a calendar month.</summary>
    /// <inheritdoc cref="Day"/>
    public static BudgetWindow Month(string? timeZone = null) => Calendar("month", CalendarStep.Month, timeZone);

    /// <summary>Makes windows of a fixed length, one after the other since 1970-01-01 UTC.</summary>
    /// <param name="length">The length in whole milliseconds, 1 second to 3,653 days.</param>
    /// <returns>The window.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of its range.</exception>
    public static BudgetWindow Every(TimeSpan length) => new($"every {Text(Checked(length))}", length: length);

    /// <summary>Makes a window that moves with time: what was spent counts for the length, and up to one bucket longer, never
    /// shorter.</summary>
    /// <param name="length">The length, 1 second to 3,653 days.</param>
    /// <param name="buckets">How many parts it is counted in, 1 to 1,440; 60 by default. More of them give room back sooner.</param>
    /// <returns>The window.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or a bucket is not a whole number of
    /// milliseconds.</exception>
    public static BudgetWindow Rolling(TimeSpan length, int buckets = 60)
    {
        if (buckets is < 1 or > MaxBuckets)
        {
            throw new ArgumentOutOfRangeException(nameof(buckets), buckets, "A rolling window has 1 to 1,440 buckets.");
        }

        if (Checked(length).TotalMilliseconds % buckets != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(buckets),
                buckets,
                $"{Text(length)} in {buckets} buckets is not a whole number of milliseconds. Choose another number.");
        }

        string parts = buckets == 60 ? "" : string.Create(CultureInfo.InvariantCulture, $" in {buckets}");
        return new($"rolling {Text(length)}{parts}", null, length, buckets);
    }

    /// <summary>Reads a window as configuration writes it.</summary>
    /// <param name="text"><c>total</c>, <c>day</c>, <c>week</c>, <c>month</c>, <c>every 6h</c>, <c>rolling 24h</c> or <c>rolling 24h in
    /// 96</c>; lengths end in <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</param>
    /// <param name="timeZone">The IANA name of the zone of days, weeks and months; <see langword="null"/> for UTC.</param>
    /// <returns>The window.</returns>
    /// <exception cref="FormatException">The text is not a window.</exception>
    /// <exception cref="ArgumentException">The zone is not known, a zone is given where none counts, or a number is out of its
    /// range.</exception>
    public static BudgetWindow Parse(string text, string? timeZone = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        BudgetWindow? calendar = words switch
        {
            ["day"] => Day(timeZone),
            ["week"] => Week(timeZone),
            ["month"] => Month(timeZone),
            _ => null,
        };
        if (calendar is null && timeZone is not null)
        {
            throw new ArgumentException($"The window '{text}' has no time zone; a day, a week or a month has.", nameof(timeZone));
        }

        return calendar ?? words switch
        {
            ["total"] => Total,
            ["every", var length] => Every(Length(length, text)),
            ["rolling", var length] => Rolling(Length(length, text)),
            ["rolling", var length, "in", var buckets]
                when int.TryParse(buckets, NumberStyles.None, CultureInfo.InvariantCulture, out int count) =>
                Rolling(Length(length, text), count),
            _ => throw NotAWindow(text),
        };
    }

    /// <summary>Shows the window as <see cref="Parse"/> reads it.</summary>
    /// <returns>Such as <c>day</c> or <c>rolling 24h</c>, and the zone in brackets.</returns>
    public override string ToString() => _calendar is { Zone: var zone } && zone != TimeZoneInfo.Utc ? $"{_text} ({zone.Id})" : _text;

    /// <summary>Makes the one window of something that begins and ends once. It counts whatever the store's clock says, so that nothing
    /// of it begins anew; stores forget it some time after its end.</summary>
    internal static BudgetWindow Once(DateTimeOffset start, DateTimeOffset end)
    {
        long first = start.ToUnixTimeMilliseconds(), last = end.ToUnixTimeMilliseconds();
        return new("once", only: AccountPeriod.Fixed(first, first, last, last + 1).Chosen());
    }

    /// <summary>Whether its windows are days, weeks or months, of a time zone.</summary>
    internal bool IsCalendar => _calendar is not null;

    /// <summary>The first instant of a date in its time zone; in UTC where it has none.</summary>
    internal DateTimeOffset StartOf(DateOnly date) => _calendar is null
        ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)
        : DateTimeOffset.FromUnixTimeMilliseconds(_calendar.StartOf(date.ToDateTime(TimeOnly.MinValue)));

    /// <summary>Whether a window ends and leaves something over.</summary>
    internal bool CanRollOver => _calendar is not null || (_buckets == 0 && _length > TimeSpan.Zero);

    /// <summary>The window of an instant and the one after it, in milliseconds of Unix time.</summary>
    internal AccountPeriod PeriodAt(long instant)
    {
        if (_only is { } only)
        {
            return only;
        }

        if (_calendar is not null)
        {
            return _calendar.PeriodAt(instant);
        }

        long length = (long)_length.TotalMilliseconds;
        if (_buckets > 0)
        {
            return AccountPeriod.Rolling(length / _buckets, _buckets, instant);
        }

        if (length == 0)
        {
            return AccountPeriod.Always;
        }

        long start = instant - (((instant % length) + length) % length);
        return AccountPeriod.Fixed(start - length, start, start + length, start + (2 * length));
    }

    private static BudgetWindow Calendar(string text, CalendarStep step, string? timeZone)
    {
        TimeZoneInfo? zone = TimeZoneInfo.Utc;
        return timeZone is null || TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out zone)
            ? new(text, new CalendarWindow(step, zone))
            : throw new ArgumentException(
                $"There is no time zone '{timeZone}'. Write an IANA name such as Europe/Berlin.", nameof(timeZone));
    }

    private static TimeSpan Checked(TimeSpan length) =>
        length >= TimeSpan.FromSeconds(1) && length <= Longest && length.Ticks % TimeSpan.TicksPerMillisecond == 0
            ? length
            : throw new ArgumentOutOfRangeException(
                nameof(length), length, "A window is 1 second to 3,653 days long, in whole milliseconds.");

    private static TimeSpan Length(string text, string whole) =>
        DurationText.TryParse(text, out TimeSpan length) ? length : throw NotAWindow(whole);

    private static FormatException NotAWindow(string text) =>
        new($"'{text}' is not a window. Write total, day, week, month, every 6h or rolling 24h.");

    private static string Text(TimeSpan length)
    {
        foreach ((string unit, long ticks) in new[]
        {
            ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        })
        {
            if (length.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{length.Ticks / ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{length.Ticks / TimeSpan.TicksPerMillisecond}ms");
    }
}
