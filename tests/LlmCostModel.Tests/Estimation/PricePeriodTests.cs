using System.Globalization;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>When prices change, worked out by hand; <see cref="PricePeriodPropertyTests"/> compares with estimates throughout.</summary>
public class PricePeriodTests
{
    private const string Plain = """ "PerMillionTokens": { "Input": 1 } """;

    [Fact]
    public void GetPricePeriods_PriceWithoutDates_IsOnePeriod()
    {
        IReadOnlyList<PricePeriod> periods = Periods(Plain, "2020-01-01T01:00:00+01:00", "2030-01-01T00:00:00Z");

        Assert.Equal("2020-01-01T00:00:00Z to 2030-01-01T00:00:00Z: no timed rule", Assert.Single(periods).ToString());
        Assert.NotNull(periods[0].Version);
    }

    [Fact]
    public void GetPricePeriods_Versions_ChangeAtTheirDatesAndLeaveGaps()
    {
        const string Versions = """
            "Versions": [
              { "From": "2025-02-01", "Until": "2025-03-01", "PerMillionTokens": { "Input": 1 } },
              { "From": "2025-04-01T12:30:01Z", "PerMillionTokens": { "Input": 2 } },
              { "From": "2025-06-01", "Status": "announced", "PerMillionTokens": { "Input": 3 } } ]
            """;

        Assert.Equal(
            [
                "2025-01-01T00:00:00Z to 2025-02-01T00:00:00Z: no price",
                "2025-02-01T00:00:00Z to 2025-03-01T00:00:00Z: no timed rule",
                "2025-03-01T00:00:00Z to 2025-04-01T12:30:01Z: no price",
                "2025-04-01T12:30:01Z to 2026-01-01T00:00:00Z: no timed rule",
            ],
            Texts(Periods(Versions, "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")));
        Assert.Equal(
            [
                "2025-05-01T00:00:00Z to 2025-06-01T00:00:00Z: no timed rule",
                "2025-06-01T00:00:00Z to 2026-01-01T00:00:00Z: no timed rule",
            ],
            Texts(Periods(Versions, "2025-05-01T00:00:00Z", "2026-01-01T00:00:00Z", includeAnnounced: true)));
    }

    [Fact]
    public void GetPricePeriods_Announced_CountOnlyWhenAsked()
    {
        const string Rule = """
            "PerMillionTokens": { "Input": 1 },
            "Rules": [ { "Name": "soon", "Status": "announced", "When": { "From": "2025-06-01" }, "Multiply": 2 } ]
            """;

        Assert.Single(Periods(Rule, "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));
        Assert.Equal(
            ["2025-01-01T00:00:00Z to 2025-06-01T00:00:00Z: no timed rule", "2025-06-01T00:00:00Z to 2026-01-01T00:00:00Z: soon"],
            Texts(Periods(Rule, "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", includeAnnounced: true)));
    }

    // DeepSeek's 2026 peak: two windows on weekdays, from an instant on. 2026-08-21 is a Friday, 2026-08-24 a Monday.
    [Fact]
    public void GetPricePeriods_PeakOnWeekdays_LeavesTheWeekendOut()
    {
        IReadOnlyList<PricePeriod> periods = Periods(
            DoubledWhen(""" "From": "2026-08-21T02:00:00Z", "Days": "Mon-Fri", "Daily": [ "01:00-04:00", "06:00-10:00" ] """),
            "2026-08-21T00:00:00Z",
            "2026-08-24T02:00:00Z");

        Assert.Equal(
            [
                "2026-08-21T00:00:00Z to 2026-08-21T02:00:00Z: no timed rule",
                "2026-08-21T02:00:00Z to 2026-08-21T04:00:00Z: doubled",
                "2026-08-21T04:00:00Z to 2026-08-21T06:00:00Z: no timed rule",
                "2026-08-21T06:00:00Z to 2026-08-21T10:00:00Z: doubled",
                "2026-08-21T10:00:00Z to 2026-08-24T01:00:00Z: no timed rule",
                "2026-08-24T01:00:00Z to 2026-08-24T02:00:00Z: doubled",
            ],
            Texts(periods));
        Assert.True(periods[1].HasSamePricesAs(periods[5]));
        Assert.True(periods[0].HasSamePricesAs(periods[4]));
        Assert.False(periods[0].HasSamePricesAs(periods[1]));
        Assert.Equal(["doubled"], periods[1].Rules);
        Assert.Equal(TimeSpan.FromHours(4), periods[3].Duration);
    }

    // New York's clock on 2026-03-08 goes from 02:00 to 03:00 at 07:00Z: 01:00-04:00 is 06:00Z to 08:00Z, and 02:00-03:00 never comes.
    // On 2026-11-01 it goes from 02:00 back to 01:00 at 06:00Z: 01:00-02:00 begins at 05:00Z, comes again, and ends at 07:00Z.
    [Theory]
    [InlineData("01:00-04:00", "2026-03-08T05:00:00Z", "2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("02:00-03:00", "2026-03-08T05:00:00Z")]
    [InlineData("01:00-02:00", "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z", "2026-11-01T07:00:00Z")]
    [InlineData("01:30-01:45", "2026-11-01T04:00:00Z", "2026-11-01T05:30Z", "2026-11-01T05:45Z", "2026-11-01T06:30Z", "2026-11-01T06:45Z")]
    public void GetPricePeriods_ClockChanges_FollowTheLocalClock(string window, string from, params string[] edges)
    {
        IReadOnlyList<PricePeriod> periods = Periods(
            DoubledWhen($""" "Daily": "{window}", "TimeZone": "America/New_York" """),
            from,
            At(from).AddHours(5).ToString("O", CultureInfo.InvariantCulture));

        Assert.Equal(edges.Select(At), periods.Skip(1).Select(period => period.From));
    }

    [Fact]
    public void GetPricePeriods_WindowsThatMeetOrLastAllDay_HaveNoEdgesInside()
    {
        const string Rules = """
            "PerMillionTokens": { "Input": 1 }, "Rules": [
              { "Name": "all day", "When": { "Daily": [ "00:00-24:00" ] }, "Multiply": 2 },
              { "Name": "two halves", "When": { "Daily": [ "06:00-18:00", "18:00-06:00" ] }, "Multiply": 3 } ]
            """;

        PricePeriod year = Assert.Single(Periods(Rules, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"));
        Assert.Equal("2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z: all day, two halves", year.ToString());
    }

    [Fact]
    public void GetPricePeriods_RulesOfOverlays_Count()
    {
        LlmCostModelOptions options = new();
        options.Overlays["contract"] = new()
        {
            Name = "contract",
            Rules = [new() { Name = "10% off", Multiply = 0.9m, When = new() { From = At("2026-02-01T00:00:00Z") } }],
        };
        CostEstimator estimator = new(options, Cards.Parse(Cards.ModelCard(Plain)));

        Assert.Equal(
            ["2026-01-01T00:00:00Z to 2026-02-01T00:00:00Z: no timed rule", "2026-02-01T00:00:00Z to 2026-03-01T00:00:00Z: 10% off"],
            Texts(estimator.GetModel("m").GetPricePeriods(At("2026-01-01T00:00:00Z"), At("2026-03-01T00:00:00Z"))));
    }

    [Fact]
    public void GetPricePeriods_SameTime_AreEqual()
    {
        PricedModel model = Cards.Model(DoubledWhen(""" "Daily": "18:00-24:00" """)).GetModel("m");
        IReadOnlyList<PricePeriod> Day(string from) => model.GetPricePeriods(At(from), At(from).AddDays(1));

        Assert.Equal(Day("2026-01-01T00:00:00Z"), Day("2026-01-01T00:00:00Z"));
        Assert.NotEqual(Day("2026-01-01T00:00:00Z"), Day("2026-01-02T00:00:00Z"));
    }

    [Fact]
    public void GetPricePeriods_AtTheEndsOfTime_Ends()
    {
        PricedModel model = Cards.Model(DoubledWhen(""" "Daily": "23:00-01:00", "TimeZone": "America/New_York" """)).GetModel("m");
        DateTimeOffset first = DateTimeOffset.MinValue;
        DateTimeOffset last = DateTimeOffset.MaxValue;

        Assert.Equal(last, model.GetPricePeriods(last.AddDays(-2), last)[^1].Until);
        Assert.Equal(first, model.GetPricePeriods(first, first.AddDays(2))[0].From);
    }

    [Fact]
    public void GetPricePeriods_TimeThatIsNone_IsRefused()
    {
        PricedModel model = Cards.Model(Plain).GetModel("m");
        DateTimeOffset start = At("2026-01-01T00:00:00Z");

        Assert.Throws<ArgumentOutOfRangeException>("until", () => model.GetPricePeriods(start, start));
        ArgumentException tooLong =
            Assert.Throws<ArgumentOutOfRangeException>("until", () => model.GetPricePeriods(start, start.AddYears(201)));
        Assert.StartsWith(
            "Prices are listed for at most 200 years (73,050 days). Ask for a shorter time.", tooLong.Message, StringComparison.Ordinal);
        Assert.Single(model.GetPricePeriods(start, start.AddYears(200)));
    }

    [Fact]
    public void HasSamePricesAs_Null_Throws()
    {
        PricePeriod period = Periods(Plain, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")[0];

        Assert.Throws<ArgumentNullException>("other", () => period.HasSamePricesAs(null!));
    }

    private static string DoubledWhen(string condition) =>
        $$"""{{Plain}}, "Rules": [ { "Name": "doubled", "When": { {{condition}} }, "Multiply": 2 } ]""";

    private static IReadOnlyList<PricePeriod> Periods(string versionFields, string from, string until, bool includeAnnounced = false)
    {
        CallContext context = new() { IncludeAnnounced = includeAnnounced };
        return Cards.Model(versionFields).GetModel("m").GetPricePeriods(At(from), At(until), in context);
    }

    private static IEnumerable<string> Texts(IEnumerable<PricePeriod> periods) => periods.Select(period => period.ToString());

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
