namespace LlmCostModel.Tests.Rates.Resolution;

/// <summary>Every form of a date at both ends of what it may be.</summary>
public class SnapshotDateTests
{
    [Theory]
    [InlineData("m1-2024-08-06", "m1")]
    [InlineData("m1-2024-01-01", "m1")]
    [InlineData("m1-2024-12-31", "m1")]
    [InlineData("m1-2023-02-29", "m1")] // the day of some year is enough
    [InlineData("m1@20250514", "m1")]
    [InlineData("m1-20250101", "m1")]
    [InlineData("m1-20251231", "m1")]
    [InlineData("m1-01-2024", "m1")]
    [InlineData("m1-12-2024", "m1")]
    [InlineData("m1-05-20", "m1")]
    [InlineData("m1-12-31", "m1")]
    [InlineData("m1-250304", "m1")]
    [InlineData("m1-220101", "m1")]
    [InlineData("m1-491231", "m1")]
    [InlineData("m1-0613", "m1")]
    [InlineData("m1-0229", "m1")]
    [InlineData("m1-1231", "m1")]
    [InlineData("m1-2411", "m1")] // no 24th month, so a year and a month
    [InlineData("m1-2212", "m1")]
    [InlineData("m1-4912", "m1")]
    [InlineData("m1-2201", "m1")]
    [InlineData("m-0613", "m")] // the shortest name
    [InlineData("m1-1924-08-06", "m1-1924")] // no year of a model: a number, then a month and a day
    [InlineData("2024-08-06", "2024")]
    public void TryTakeOff_ADate_IsTakenOff(string id, string model)
    {
        Assert.True(SnapshotDate.TryTakeOff(id, out ReadOnlySpan<char> undated), id);
        Assert.Equal(model, undated.ToString());
    }

    [Theory]
    [InlineData("m1-2024-00-06")]
    [InlineData("m1-2024-13-06")]
    [InlineData("m1-2024-08-00")]
    [InlineData("m1-2024-08-32")]
    [InlineData("m1-2024-02-30")]
    [InlineData("m1-2024-8a-06")]
    [InlineData("m1-2024/08/06")]
    [InlineData("m1-19250514")]
    [InlineData("m1-20251301")]
    [InlineData("m1-20250230")]
    [InlineData("m1-08-1924")]
    [InlineData("m1-13-2024")]
    [InlineData("m1-13-01")]
    [InlineData("m1-02-30")]
    [InlineData("m1-210101")]
    [InlineData("m1-500101")]
    [InlineData("m1-251301")]
    [InlineData("m1-250230")]
    [InlineData("m1-1024")] // a size
    [InlineData("m1-2048")]
    [InlineData("m1-4096")]
    [InlineData("m1-2112")]
    [InlineData("m1-5012")]
    [InlineData("m1-2200")]
    [InlineData("m1-2213")]
    [InlineData("m1-0000")]
    [InlineData("m1-061")]
    [InlineData("m1-06133")]
    [InlineData("m1.0613")] // no dash before it
    [InlineData("m10613")]
    [InlineData("-0613")] // no name
    [InlineData("@20250514")]
    [InlineData("0613")]
    [InlineData("")]
    public void TryTakeOff_NoDate_IsLeft(string id)
    {
        Assert.False(SnapshotDate.TryTakeOff(id, out ReadOnlySpan<char> undated), undated.ToString());
        Assert.True(undated.IsEmpty);
    }
}
