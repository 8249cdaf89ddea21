using System.Globalization;
using Xunit;

namespace LlmCostModel.Tests.Numbers;

public sealed class InstantFormatTests
{
    [Theory]
    [InlineData("2025-01-27", 2025, 1, 27, 0, 0, 0, 0)]
    [InlineData("2024-02-29", 2024, 2, 29, 0, 0, 0, 0)]
    [InlineData("2025-09-05T16:00Z", 2025, 9, 5, 16, 0, 0, 0)]
    [InlineData("2025-09-05T16:00:01.25Z", 2025, 9, 5, 16, 0, 1, 250)]
    [InlineData("2025-09-06T00:30:00+08:00", 2025, 9, 5, 16, 30, 0, 0)]
    [InlineData("2025-12-31T22:00:00-03:00", 2026, 1, 1, 1, 0, 0, 0)]
    public void Reads_dates_as_midnight_in_utc_and_times_with_their_offset(string text, int year, int month, int day, int hour, int minute, int second, int millisecond)
    {
        Assert.True(InstantFormat.TryParse(text, out DateTimeOffset instant));
        Assert.Equal(new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero), instant.ToUniversalTime());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2025-1-27")]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-01")]
    [InlineData("27.01.2025")]
    [InlineData(" 2025-01-27")]
    [InlineData("2025-01-27T12:00:00")]
    [InlineData("2025-01-27T24:00:00Z")]
    [InlineData("2025-01-27 12:00:00Z")]
    [InlineData("2025-01-27T12:00:00Z\"")]
    [InlineData("2025-01-27T12:00:00Zulu")]
    [InlineData("٢٠٢٥-٠١-٢٧")]
    [InlineData("2025-01-27T12:00:00.00000000000000000000000000000000000000000000000Z")]
    public void Refuses_what_is_not_one(string? text) => Assert.False(InstantFormat.TryParse(text, out _));

    /// <summary>16 decimals are the most that JSON allows; a tick is the seventh.</summary>
    [Fact]
    public void Reads_the_longest_instant()
    {
        Assert.True(InstantFormat.TryParse("2025-01-27T12:00:00.1234567890123456+00:00", out DateTimeOffset instant));
        Assert.Equal(new DateTimeOffset(2025, 1, 27, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567), instant);
        Assert.False(InstantFormat.TryParse("2025-01-27T12:00:00.12345678901234567+00:00", out _));
    }

    [Fact]
    public void Reads_seconds_of_a_time_of_day()
    {
        Assert.True(InstantFormat.TryParseTime("07:30:15.25", out TimeOnly time));
        Assert.Equal(new TimeOnly(7, 30, 15, 250), time);
        Assert.Equal("07:30:15.25", AmountFormat.ToText(time));
        Assert.Equal("07:30", AmountFormat.ToText(new TimeOnly(7, 30)));
        Assert.Equal("07:30:01", AmountFormat.ToText(new TimeOnly(7, 30, 1)));
    }

    [Theory]
    [InlineData("00:00", true)]
    [InlineData("23:59", true)]
    [InlineData("24:00", false)]
    [InlineData("", false)]
    [InlineData("7", false)]
    [InlineData("07", false)]
    [InlineData("07:", false)]
    [InlineData("07:3", false)]
    [InlineData("07:30Z", false)]
    [InlineData("07:30+01:00", false)]
    [InlineData("7:30", false)]
    [InlineData("07:60", false)]
    [InlineData("07-30", false)]
    public void Reads_times_of_day(string text, bool isTime)
    {
        Assert.Equal(isTime, InstantFormat.TryParseTime(text, out TimeOnly time));
        Assert.Equal(isTime ? text : "00:00", time.ToString("HH:mm", CultureInfo.InvariantCulture));
    }
}
