using System.Globalization;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Daily windows: edges, weekdays, midnight, time zones and changes to and from summer time. Base 1, in the window 2.</summary>
public class WindowTests
{
    // DeepSeek's 2025 off-peak hours, across midnight in UTC.
    [Theory]
    [InlineData("2025-03-03T16:29:59Z", false)]
    [InlineData("2025-03-03T16:30:00Z", true)]
    [InlineData("2025-03-03T23:59:59Z", true)]
    [InlineData("2025-03-04T00:29:59Z", true)]
    [InlineData("2025-03-04T00:30:00Z", false)]
    [InlineData("2025-03-04T02:00:00+08:00", true)] // 18:00 UTC
    public void AcrossMidnight(string at, bool inside) => AssertInside(inside, at, "\"Daily\": [ \"16:30-00:30\" ], \"TimeZone\": \"UTC\"");

    // DeepSeek's 2026 peak: two windows on weekdays. 2026-08-17 is a Monday.
    [Theory]
    [InlineData("2026-08-17T01:00:00Z", true)]
    [InlineData("2026-08-17T03:59:59Z", true)]
    [InlineData("2026-08-17T04:00:00Z", false)]
    [InlineData("2026-08-17T06:00:00Z", true)]
    [InlineData("2026-08-17T10:00:00Z", false)]
    [InlineData("2026-08-21T09:59:59Z", true)] // Friday
    [InlineData("2026-08-22T02:00:00Z", false)] // Saturday
    public void TwoWindowsOnWeekdays(string at, bool inside) => AssertInside(inside, at, "\"Days\": \"Mon-Fri\", \"Daily\": [ \"01:00-04:00\", \"06:00-10:00\" ]");

    // A window belongs to the day on which it starts. 2026-08-21 is a Friday.
    [Theory]
    [InlineData("2026-08-21T21:59:59Z", false)]
    [InlineData("2026-08-21T22:00:00Z", true)]
    [InlineData("2026-08-22T05:59:59Z", true)] // Saturday morning, still Friday's window
    [InlineData("2026-08-22T22:00:00Z", false)]
    [InlineData("2026-08-21T05:00:00Z", false)] // Thursday night is not in it
    public void AcrossMidnightOnOneDay(string at, bool inside) => AssertInside(inside, at, "\"Days\": [ \"Fri\" ], \"Daily\": \"22:00-06:00\"");

    // New York, 2026-03-08: 02:00 becomes 03:00, so 02:30 never comes. 06:59:59Z is 01:59:59, 07:00Z is 03:00.
    [Theory]
    [InlineData("2026-03-08T06:59:59Z", "02:00-03:00", false)]
    [InlineData("2026-03-08T07:00:00Z", "02:00-03:00", false)]
    [InlineData("2026-03-08T06:59:59Z", "01:00-04:00", true)]
    [InlineData("2026-03-08T07:59:59Z", "01:00-04:00", true)]
    [InlineData("2026-03-08T08:00:00Z", "01:00-04:00", false)]
    public void HourThatIsSkipped(string at, string window, bool inside) => AssertInside(inside, at, $"\"Daily\": \"{window}\", \"TimeZone\": \"America/New_York\"");

    // New York, 2026-11-01: 02:00 becomes 01:00 again. 05:30Z and 06:30Z are both 01:30.
    [Theory]
    [InlineData("2026-11-01T04:59:59Z", false)]
    [InlineData("2026-11-01T05:00:00Z", true)]
    [InlineData("2026-11-01T05:30:00Z", true)]
    [InlineData("2026-11-01T06:30:00Z", true)]
    [InlineData("2026-11-01T06:59:59Z", true)]
    [InlineData("2026-11-01T07:00:00Z", false)]
    public void HourThatComesTwice(string at, bool inside) => AssertInside(inside, at, "\"Daily\": \"01:00-02:00\", \"TimeZone\": \"America/New_York\"");

    // Beijing is UTC+8: Monday 00:30 there is Sunday 16:30 UTC. 2026-08-16 is a Sunday.
    [Theory]
    [InlineData("2026-08-16T15:59:59Z", false)]
    [InlineData("2026-08-16T16:00:00Z", true)]
    public void WeekdaysAreThoseOfTheZone(string at, bool inside) => AssertInside(inside, at, "\"Days\": \"Mon\", \"TimeZone\": \"Asia/Shanghai\"");

    [Theory]
    [InlineData("2026-08-16T15:59:59Z", false)]
    [InlineData("2026-08-17T01:00:00Z", true)] // Monday, after the instant
    [InlineData("2026-08-14T02:00:00Z", false)] // Friday in the window, before the instant
    public void PeriodAndWindow_InOneRule(string at, bool inside) =>
        AssertInside(inside, at, "\"From\": \"2026-08-16T16:00:00Z\", \"Until\": \"2027-01-01\", \"Days\": \"Mon-Fri\", \"Daily\": [ \"01:00-04:00\" ]");

    private static void AssertInside(bool inside, string at, string when)
    {
        CostEstimator estimator = Cards.Model($$""" "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "window", "Multiply": 2, "When": { {{when}} } } ] """);
        CallContext context = new() { At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) };
        Assert.Equal(inside ? 2m : 1m, estimator.Estimate("m", new TokenUsage { Input = 1_000_000 }, context).Total?.Amount);
        Assert.Equal(inside ? ["window"] : [], estimator.Explain("m", new TokenUsage { Input = 1_000_000 }, context).AppliedRules);
    }
}
