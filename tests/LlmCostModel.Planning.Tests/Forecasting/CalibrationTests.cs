namespace LlmCostModel.Planning.Tests;

/// <summary>Worlds drawn call by call and month by month as a plan states them: 95% of them cost no more than the forecast's 95%.</summary>
/// <remarks>2,000 worlds each. The share that stays below a true 95% has a standard deviation of sqrt(0.95 x 0.05 / 2,000) = 0.5%, so 93 to 97%
/// is four of them.</remarks>
public sealed class CalibrationTests
{
    private const int Worlds = 2_000;

    private static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CostEstimator Estimator = new(Prices.Card("acme", ("m", new() { Input = 1, CacheRead = 0.1m, Output = 5 })));

    private static readonly ForecastLine Line = new()
    {
        Model = "m",
        Requests = Uncertain.FromMean(1_000_000, 0.2),
        PromptTokens = Uncertain.FromMean(2_000, 0.3),
        OutputTokens = Uncertain.FromMean(400, 0.3),
        HitRate = Uncertain.Uniform(0.3, 0.8),
        Growth = Uncertain.Uniform(0, 0.1),
    };

    private static readonly TrafficProfile Office = new()
    {
        Weekdays = [5, 5, 5, 5, 5, 1, 1],
        Hours = [0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 8, 8, 6, 8, 8, 8, 6, 3, 1, 1, 1, 0, 0, 0],
    };

    public static TheoryData<string, ForecastPlan> Plans => new()
    {
        { "as stated", Of(Line) },
        { "correlation 0.7", Of(Line) with { Correlation = 0.7 } },
        { "correlation 0.3", Of(Line) with { Correlation = 0.3 } },
        { "bursts", Of(Line with { Bursts = new() { Probability = 0.1, Factor = 3 } }) },
        { "growth noise 15%", Of(Line with { GrowthNoise = 0.15 }) },
        { "growth noise 30%", Of(Line with { GrowthNoise = 0.30 }) },
        { "noise of months", Of(Line with { Noise = 0.25 }) },
        { "trend", Of(Line with { Growth = 0.15, GrowthFrom = Start.AddDays(-45), GrowthNoise = 0.1 }) },
        { "weekdays and hours", Of(Line with { Profile = Office }) },
        { "1,000 requests", Of(Few(1_000, 0.8)) },
        { "200 requests", Of(Few(200, 0.8)) },
        { "200 requests of very different lengths", Of(Few(200, 1.5)) },
        { "several lines", Of(Line) with { Lines = [Line, Line with { Name = "b", Requests = Uncertain.Between(100_000, 900_000) }, Few(1_000, 1)], Correlation = 0.4 } },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Run_WorldsAsThePlanStatesThem_StayBelowP95In95OfAHundred(string name, ForecastPlan plan)
    {
        Forecast forecast = Forecaster.Run(Estimator, plan);
        Random random = new(7);

        int below95 = 0, below50 = 0, below5 = 0;
        for (int world = 0; world < Worlds; world++)
        {
            double cost = CostOfAWorld(plan, random);
            below95 += cost <= (double)forecast.Total.P95 ? 1 : 0;
            below50 += cost <= (double)forecast.Total.P50 ? 1 : 0;
            below5 += cost <= (double)forecast.Total.P5 ? 1 : 0;
        }

        string shares = FormattableString.Invariant($"{name}: {(double)below5 / Worlds:p1} {(double)below50 / Worlds:p1} {(double)below95 / Worlds:p1}");
        Assert.True((double)below95 / Worlds is >= 0.93 and <= 0.97, shares);
        Assert.True((double)below50 / Worlds is >= 0.45 and <= 0.55, shares);
        Assert.True((double)below5 / Worlds is >= 0.03 and <= 0.07, shares);
    }

    private static ForecastLine Few(int requests, double variation) => new()
    {
        Model = "m",
        Requests = Uncertain.FromMean(requests, 0.05),
        PromptTokens = Uncertain.FromMean(2_000, 0.05),
        OutputTokens = Uncertain.FromMean(400, 0.05),
        PromptVariation = variation,
        OutputVariation = variation,
    };

    private static ForecastPlan Of(ForecastLine line) => Tests.Plans.Of(Start, line, months: 6);

    private static double CostOfAWorld(ForecastPlan plan, Random random)
    {
        double common = Normal(random);
        double Draw(Uncertain value) => value.Exact ?? value.GetQuantile(
            Math.Clamp(
                LlmCostModel.Planning.Normal.Cumulative((Math.Sqrt(plan.Correlation) * common) + (Math.Sqrt(1 - plan.Correlation) * Normal(random))),
                1e-9,
                1 - 1e-9));
        double sum = 0;
        foreach (ForecastLine line in plan.Lines)
        {
            double requests = Draw(line.Requests), prompt = Draw(line.PromptTokens), output = Draw(line.OutputTokens);
            double hits = Draw(line.HitRate), growth = Draw(line.Growth);
            double perPrompt = ((1 - hits) * 1e-6) + (hits * 0.1e-6);
            double walk = 1;
            for (int month = 0; month < plan.Months; month++)
            {
                DateTimeOffset from = plan.Start.AddMonths(month), until = plan.Start.AddMonths(month + 1);
                double elapsed = line.GrowthFrom is { } since ? ((from + ((until - from) / 2)) - since).TotalDays / 30.436875 : month;
                double before = month == 0 ? 0 : line.GrowthFrom is null ? month - 1
                    : ((plan.Start.AddMonths(month - 1) + ((from - plan.Start.AddMonths(month - 1)) / 2)) - line.GrowthFrom.Value).TotalDays / 30.436875;
                double step = elapsed - before;
                walk *= LogNormalOf(random, Math.Sqrt(step) * line.GrowthNoise / (1 + growth));
                double calls = requests * Math.Pow(1 + growth, elapsed) * walk * DaysOf(line, from, until) / DaysOf(line, plan.Start, plan.Start.AddMonths(1));
                calls *= line.Bursts is { } bursts && random.NextDouble() < bursts.Probability ? bursts.Factor : 1;
                calls *= LogNormalOf(random, line.Noise);
                sum += line.PromptVariation is { } spread
                    ? OfSingleCalls(Poisson(random, calls), prompt * perPrompt, output * 5e-6, spread, random)
                    : calls * ((prompt * perPrompt) + (output * 5e-6));
            }
        }

        return sum;
    }

    /// <summary>The hours of a month by their weights, counted hour by hour.</summary>
    private static double DaysOf(ForecastLine line, DateTimeOffset from, DateTimeOffset until)
    {
        if (line.Profile is not { } profile)
        {
            return (until - from).TotalDays;
        }

        double sum = 0;
        for (DateTimeOffset hour = from; hour < until; hour = hour.AddHours(1))
        {
            sum += profile.Weekdays[((int)hour.DayOfWeek + 6) % 7] * profile.Hours[hour.Hour];
        }

        return sum;
    }

    private static double OfSingleCalls(int calls, double prompt, double output, double spread, Random random)
    {
        double sum = 0;
        for (int i = 0; i < calls; i++)
        {
            sum += (prompt * LogNormalOf(random, spread)) + (output * LogNormalOf(random, spread));
        }

        return sum;
    }

    /// <summary>A number of mean 1 and of that standard deviation.</summary>
    private static double LogNormalOf(Random random, double deviation)
    {
        double variance = Math.Log(1 + (deviation * deviation));
        return variance == 0 ? 1 : Math.Exp((Math.Sqrt(variance) * Normal(random)) - (variance / 2));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Events of a rate of 1 in a time.</summary>
    private static int Poisson(Random random, double time)
    {
        int events = -1;
        while (time > 0)
        {
            time += Math.Log(1 - random.NextDouble());
            events++;
        }

        return Math.Max(0, events);
    }
}
