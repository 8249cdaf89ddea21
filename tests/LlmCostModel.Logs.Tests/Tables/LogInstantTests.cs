namespace LlmCostModel.Logs.Tests.Tables;

public class LogInstantTests
{
    [Theory]
    [InlineData("2026-04-02T09:00:00Z", true)]
    [InlineData("2026-04-02T09:00:00.000000Z", true)]
    [InlineData("2026-04-02T11:00:00.123456789+02:00", true)]
    [InlineData("2026-04-02 09:00:00+00", true)]
    [InlineData("2026-04-02 11:00:00+0200", true)]
    [InlineData("2026-04-02 09:00:00 UTC", true)]
    [InlineData("2026-04-02 09:00:00.5", false)]
    [InlineData("2026-04-02T09:00", false)]
    [InlineData("1775120400", true)]
    [InlineData("1775120400.25", true)]
    [InlineData("1775120400000", true)]
    [InlineData("1775120400000000000", true)]
    public void Instant_IsRead(string text, bool isZoned)
    {
        DateTimeOffset? at = LogInstant.Parse(text, out bool zoned);

        Assert.Equal(new DateTimeOffset(2026, 4, 2, 9, 0, 0, TimeSpan.Zero), at!.Value.AddTicks(-(at.Value.Ticks % TimeSpan.TicksPerSecond)));
        Assert.Equal(isZoned, zoned);
    }

    [Fact]
    public void Date_IsMidnight() =>
        Assert.Equal(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero), LogInstant.Parse("2026-04-02", out _));

    [Theory]
    [InlineData("04/02/2026")]
    [InlineData("yesterday")]
    [InlineData("12")]
    [InlineData("2026-13-02")]
    public void OtherText_IsNone(string text) => Assert.Null(LogInstant.Parse(text, out _));
}
