namespace LlmCostModel.Planning.Tests.Fitting;

public sealed class DailyModelTests
{
    private const int Monday = 0; // day numbers count from a Monday

    private static readonly double[] Week = [1.4, 1.2, 1.1, 1.1, 1.2, 0.6, 0.4];

    [Fact]
    public void Fit_WeekdaysAndGrowthWithoutNoise_FindsBoth()
    {
        // 10,000 a day, 3% more each month, weekdays as they are: 42 days, then a week and a month ahead.
        double[] days = [.. Enumerable.Range(0, 80).Select(day => 10_000 * Week[day % 7] * Math.Exp(0.03 * day / DailyModel.DaysOfMonth))];

        DailyModel model = DailyModel.Fit(days[..42], Monday);

        double[] weekdays = model.GetWeekdays();
        Assert.All(Enumerable.Range(0, 7), day => Assert.Equal(Week[day] / Week[0], weekdays[day] / weekdays[0], 0.01));
        Assert.InRange(model.GetSlope(0.5), 0.02, 0.035);
        Assert.Equal(1, DailyOutlook.Of(model, 42, 7).GetQuantile(0.5) / days[42..49].Sum(), 0.005);
        Assert.Equal(1, DailyOutlook.Of(model, 49, 30).GetQuantile(0.5) / days[49..79].Sum(), 0.01);
    }

    [Fact]
    public void Fit_AWeek_ClaimsNoWeekdays()
    {
        DailyModel model = DailyModel.Fit([100, 90, 110, 105, 95, 30, 20], Monday);

        Assert.Equal(Enumerable.Repeat(1.0, 7), model.GetWeekdays());
        DailyOutlook month = DailyOutlook.Of(model, 7, 30);
        Assert.True(month.GetQuantile(0.95) > 1.5 * month.GetQuantile(0.05), "a week says little of a month");
    }

    [Fact]
    public void Fit_UnknownDay_IsNotZero()
    {
        double[] days = [.. Enumerable.Repeat(1_000.0, 28)];
        days[9] = double.NaN;

        Assert.Equal(7_000, DailyOutlook.Of(DailyModel.Fit(days, Monday), 28, 7).GetQuantile(0.5), 100.0);
    }

    [Fact]
    public void Fit_OneDay_IsWide()
    {
        DailyOutlook week = DailyOutlook.Of(DailyModel.Fit([500], Monday), 1, 7);

        Assert.InRange(week.GetQuantile(0.5), 2_000, 6_000);
        Assert.True(week.GetQuantile(0.95) > 3 * week.GetQuantile(0.05));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3)]
    public void Fit_FewCallsADay_KeepsTheirMean(double rate)
    {
        // Poisson counts by inversion of a fixed sequence of shares: their mean is the rate.
        double[] days = new double[140];
        for (int day = 0; day < days.Length; day++)
        {
            double left = ((day * 61) % 140 + 0.5) / 140, term = Math.Exp(-rate);
            while (left > term)
            {
                left -= term;
                days[day]++;
                term *= rate / days[day];
            }
        }

        DailyOutlook month = DailyOutlook.Of(DailyModel.Fit(days, Monday), 140, 30);

        Assert.InRange(month.GetQuantile(0.5) / (30 * days.Average()), 0.85, 1.15);
    }

    [Fact]
    public void GetQuantile_Outlook_Rises()
    {
        DailyOutlook outlook = DailyOutlook.Of(DailyModel.Fit([90, 120, 80, 100, 140, 70, 95, 105], Monday), 8, 7);

        double[] quantiles = [.. Enumerable.Range(1, 19).Select(i => outlook.GetQuantile(i / 20.0))];
        Assert.Equal(quantiles.Order(), quantiles);
        Assert.True(outlook.Passing > 0 && outlook.Lasting > 0);
    }
}
