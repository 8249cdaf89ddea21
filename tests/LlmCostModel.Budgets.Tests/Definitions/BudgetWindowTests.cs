using LlmCostModel.Budgets.Stores;
using LlmCostModel.TestData;

namespace LlmCostModel.Budgets.Tests.Definitions;

public class BudgetWindowTests
{
    [Theory]
    [InlineData("2026-11-27T22:59:59.999Z", "2026-11-26T23:00Z", "2026-11-27T23:00Z")] // Berlin is an hour before UTC in winter
    [InlineData("2026-11-27T23:00Z", "2026-11-27T23:00Z", "2026-11-28T23:00Z")]
    [InlineData("2026-03-29T12:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z")] // 23 hours: clocks go forward
    [InlineData("2026-10-25T12:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z")] // 25 hours: they go back
    public void Day_OfBerlin_IsFromMidnightToMidnight(string at, string start, string end)
    {
        AccountPeriod period = BudgetWindow.Day("Europe/Berlin").PeriodAt(At(at));

        Assert.Equal((At(start), At(end)), (period.Start, period.End));
    }

    [Fact]
    public void Day_WithoutAMidnight_BeginsWithTheFirstInstantAfterIt()
    {
        // Havana went from 00:00 to 01:00 on 2026-03-08: at 05:00 UTC, five hours after its midnight of standard time.
        AccountPeriod period = BudgetWindow.Day("America/Havana").PeriodAt(At("2026-03-08T12:00Z"));

        Assert.Equal((At("2026-03-08T05:00Z"), At("2026-03-09T04:00Z")), (period.Start, period.End));
    }

    /// <summary>Clocks left out a midnight near a turn at which the base offset of the zone changed, of which the zone says the wrong offset
    /// when asked by local time. Asuncion went on at 1:00 on 2017-10-01, 3 hours behind UTC.</summary>
    [Fact]
    public void Day_WithoutAMidnight_WhereTheBaseOffsetChanged_EndsWithTheLastInstantOfItsDate()
    {
        AccountPeriod period = BudgetWindow.Day("America/Asuncion").PeriodAt(At("2017-09-30T12:00Z"));

        Assert.Equal((At("2017-09-30T04:00Z"), At("2017-10-01T04:00Z")), (period.Start, period.End));
    }

    [Fact]
    public void Day_ThatAZoneLeftOut_HasNoWindow()
    {
        // Samoa went from 2011-12-29 to 2011-12-31, at 10:00 UTC on the 30th.
        AccountPeriod before = BudgetWindow.Day("Pacific/Apia").PeriodAt(At("2011-12-30T09:59Z"));
        AccountPeriod after = BudgetWindow.Day("Pacific/Apia").PeriodAt(At("2011-12-30T10:00Z"));

        Assert.Equal((At("2011-12-29T10:00Z"), At("2011-12-30T10:00Z"), At("2011-12-31T10:00Z")), (before.Start, before.End, before.NextEnd));
        Assert.Equal((before.Start, before.End), (after.PreviousStart, after.Start));
    }

    [Fact]
    public void Week_BeginsOnMonday_AndMonthOnItsFirst()
    {
        AccountPeriod week = BudgetWindow.Week().PeriodAt(At("2026-11-29T23:59Z")); // a Sunday
        AccountPeriod month = BudgetWindow.Month().PeriodAt(At("2026-12-31T23:59Z"));

        Assert.Equal((At("2026-11-23T00:00Z"), At("2026-11-30T00:00Z")), (week.Start, week.End));
        Assert.Equal(
            (At("2026-11-01T00:00Z"), At("2026-12-01T00:00Z"), At("2027-01-01T00:00Z"), At("2027-02-01T00:00Z")),
            (month.PreviousStart, month.Start, month.End, month.NextEnd));
    }

    [Fact]
    public void Every_IsAlignedToTheEpoch_AndRollingToItsBuckets()
    {
        AccountPeriod six = BudgetWindow.Every(TimeSpan.FromHours(6)).PeriodAt(At("2026-11-27T11:00Z"));
        AccountPeriod day = BudgetWindow.Rolling(TimeSpan.FromHours(24), 96).PeriodAt(At("2026-11-27T11:14Z"));

        Assert.Equal((At("2026-11-27T06:00Z"), At("2026-11-27T12:00Z")), (six.Start, six.End));
        Assert.Equal((At("2026-11-27T11:00Z"), At("2026-11-27T11:15Z"), 96), (day.Start, day.End, day.Buckets));
    }

    /// <summary>Every zone of the machine, four decades: windows follow each other without gap and overlap, and a window is the instants
    /// whose local date is in it, but where clocks go back over midnight.</summary>
    [Fact]
    public void Calendar_EveryZone_EqualsBruteForce()
    {
        SampleCounts counts = new();
        Random random = new(20261127);
        int zones = 0;
        foreach (TimeZoneInfo zone in TimeZoneInfo.GetSystemTimeZones())
        {
            zones++;
            for (int i = 0; i < SampleSize.Of(40, atTheDesk: 8); i++)
            {
                Check(zone, At("2000-01-01T00:00Z") + random.NextInt64(40L * 366 * 24 * 3_600_000), counts);
            }

            foreach (TimeZoneInfo.AdjustmentRule rule in zone.GetAdjustmentRules().Where(rule => rule.DateEnd.Year > 2000))
            {
                long turn = new DateTimeOffset(DateTime.SpecifyKind(rule.DateStart, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
                Check(zone, Math.Max(turn, At("2000-01-01T00:00Z")) + random.NextInt64(-86_400_000, 86_400_000), counts);
            }
        }

        Assert.True(zones > 300, $"The machine knows {zones} zones.");
        counts.AssertReached(("a day", 50), ("not 24 hours", 1));
    }

    private static void Check(TimeZoneInfo zone, long at, SampleCounts counts)
    {
        AccountPeriod day = BudgetWindow.Day(zone.Id).PeriodAt(at);
        AccountPeriod week = BudgetWindow.Week(zone.Id).PeriodAt(at);
        AccountPeriod month = BudgetWindow.Month(zone.Id).PeriodAt(at);
        foreach (AccountPeriod period in (AccountPeriod[])[day, week, month])
        {
            Assert.True(period.Start <= at && at < period.End, $"{zone.Id} at {at}: {period.Start} to {period.End}");
        }

        BudgetWindow days = BudgetWindow.Day(zone.Id);
        Assert.Equal(day.End, days.PeriodAt(day.End).Start);
        Assert.Equal(day.NextEnd, days.PeriodAt(day.End).End);
        Assert.Equal(day.Start, days.PeriodAt(day.Start - 1).End);
        Assert.Equal(day.PreviousStart, days.PeriodAt(day.Start - 1).Start);
        Assert.Contains(week.Start, Starts(days, week.Start));
        Assert.Contains(month.Start, Starts(days, month.Start));

        // The date at the end of the window, minute by minute before it: no instant of the window has a later one.
        DateTime last = Local(zone, day.End - 1).Date;
        for (long minute = day.Start; minute < day.End; minute += 600_000)
        {
            Assert.True(Local(zone, minute).Date <= last, $"{zone.Id} at {minute}");
        }

        Assert.True(FirstNotBefore(zone, last.AddDays(1)) == day.End, $"{zone.Id}: {last.AddDays(1)} does not begin at {day.End}");
        Assert.True(Local(zone, day.End).Date > last || Local(zone, day.End - 1).Date > Local(zone, day.Start - 1).Date, $"{zone.Id} at {day.End}");
        counts.Add(("a day", day.End - day.Start == 86_400_000), ("not 24 hours", day.End - day.Start != 86_400_000));
    }

    /// <summary>By the local time of instants alone: minute by minute, where the zone's clocks are turned within two days.</summary>
    private static long FirstNotBefore(TimeZoneInfo zone, DateTime midnight)
    {
        long utc = (midnight.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        TimeSpan before = zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(utc - 108_000_000)); // 30 hours
        if (before == zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(utc + 108_000_000)))
        {
            return utc - (long)before.TotalMilliseconds;
        }

        long at = utc - 54_000_000; // 15 hours
        while (Local(zone, at) < midnight)
        {
            at += 60_000;
        }

        return at;
    }

    private static long[] Starts(BudgetWindow days, long at) => [days.PeriodAt(at).Start];

    private static DateTime Local(TimeZoneInfo zone, long at) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DateTime;

    [Theory]
    [InlineData("total", null, "total")]
    [InlineData("day", "Europe/Berlin", "day (Europe/Berlin)")]
    [InlineData("week", null, "week")]
    [InlineData("month", "UTC", "month")]
    [InlineData("every 6h", null, "every 6h")]
    [InlineData("every  90s", null, "every 90s")]
    [InlineData("rolling 24h", null, "rolling 1d")]
    [InlineData("rolling 24h in 96", null, "rolling 1d in 96")]
    public void Parse_KnownText_ShowsIt(string text, string? zone, string shown) => Assert.Equal(shown, BudgetWindow.Parse(text, zone).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("daily")]
    [InlineData("Day")]
    [InlineData("every")]
    [InlineData("every day")]
    [InlineData("every -1s")]
    [InlineData("rolling 24h in x")]
    [InlineData("rolling 24h 96")]
    public void Parse_OtherText_SaysWhatIsKnown(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => BudgetWindow.Parse(text));

        Assert.Equal($"'{text}' is not a window. Write total, day, week, month, every 6h or rolling 24h.", error.Message);
    }

    [Theory]
    [InlineData("every 0s")]
    [InlineData("every 999ms")]
    [InlineData("every 3654d")]
    [InlineData("rolling 24h in 0")]
    [InlineData("rolling 24h in 1441")]
    [InlineData("rolling 24h in 7")] // 86,400,000 / 7 is not whole
    public void Parse_OutOfRange_Throws(string text) => Assert.Throws<ArgumentOutOfRangeException>(() => BudgetWindow.Parse(text));

    [Theory]
    [InlineData("day", "Mars/Base", "There is no time zone 'Mars/Base'. Write an IANA name such as Europe/Berlin.")]
    [InlineData("every 6h", "Europe/Berlin", "The window 'every 6h' has no time zone; a day, a week or a month has.")]
    public void Parse_WrongZone_SaysSo(string text, string zone, string message)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => BudgetWindow.Parse(text, zone));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static long At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
