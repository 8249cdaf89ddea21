using LlmCostModel.Logs;

namespace LlmCostModel.Planning.Tests.Fitting;

public sealed class LogFitterTests
{
    private const string NobodyKnows = "No price for model 'nobody-knows'. Add it under 'LlmCostModel:RateCards' or reference LlmCostModel.Catalog.";

    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CostEstimator Estimator = new(new RateCard
    {
        Name = "acme",
        Provider = "acme",
        Currency = "USD",
        Models =
        [
            ModelPricing.Create("steady", 2, 8, cacheRead: 0.5m),
            new ModelPricing
            {
                Id = "moving",
                Versions =
                [
                    new() { Until = Monday.AddDays(60), PerMillionTokens = new() { Input = 1, Output = 4 } },
                    new() { From = Monday.AddDays(60), PerMillionTokens = new() { Input = 3, Output = 12 }, Note = "The promotion is over" },
                ],
            },
            new ModelPricing
            {
                Id = "ending",
                Versions = [new() { Until = Monday.AddDays(80), PerMillionTokens = new() { Input = 1, Output = 4 } }],
            },
        ],
    });

    [Fact]
    public void Finish_FiveEvenWeeks_PlansAsManyOfEach()
    {
        LogFit fit = Even("steady", days: 35);

        // 48 a day, each 1,000 in, of which 400 read, and 250 out: 600 x 2 + 400 x 0.5 + 250 x 8 = 3,400 per million calls' tokens: 0.0034.
        FittedLine line = Assert.Single(fit.Lines);
        Assert.Equal(48 * 35, line.Calls);
        Assert.Equal(48 * 35 * 0.0034m, line.Cost.Amount);
        Assert.Equal(1_000, line.PromptTokens.Mean);
        Assert.Equal(0.4, line.HitRate.Mean, 1e-12);
        Assert.Equal(250, line.OutputTokens.Mean);
        ForecastPlan plan = fit.ToPlan(months: 3);
        Assert.Equal(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), plan.Start); // the log ends on July 5
        Forecast forecast = Forecaster.Run(Estimator, plan);
        Assert.Equal(1, (double)(forecast.Months[0].P50 / (48 * 31 * 0.0034m)), 0.06);
        Assert.True(forecast.Months[2].P95 - forecast.Months[2].P5 > forecast.Months[0].P95 - forecast.Months[0].P5);
        Assert.NotNull(fit.HoldOut);
        Assert.True(fit.HoldOut.IsInside);
        Assert.Equal(48 * 7, fit.HoldOut.Calls);
        Assert.Equal(48 * 7 * 0.0034m, fit.HoldOut.Actual.Amount);
        Assert.InRange(fit.HoldOut.Error!.Value, -0.05, 0.05);
    }

    [Fact]
    public void ToPlan_SixMonthsOrOne_SayTheSameOfTheFirst()
    {
        LogFit fit = GeneratedLogs.Make(12).Fit();

        ForecastRange one = Forecaster.Run(LogBuilder.Estimator, fit.ToPlan(months: 1)).Total;
        ForecastRange first = Forecaster.Run(LogBuilder.Estimator, fit.ToPlan(months: 6)).Months[0];

        Assert.Equal(1, (double)(first.P50 / one.P50), 0.03);
        Assert.Equal(1, (double)((first.P95 - first.P5) / (one.P95 - one.P5)), 0.2);
    }

    [Fact]
    public void Finish_WhatCannotBeFitted_IsNamed()
    {
        LogFitter fitter = new(Estimator);
        AddEven(fitter, "steady", days: 28);
        fitter.Add(Call("steady", Monday) with { At = null });
        fitter.Add(Call("nobody-knows", Monday.AddDays(3)));
        fitter.Add(Call("nobody-knows", Monday.AddDays(4)));
        fitter.Add(new LogRecord { Number = 9, Fault = "not JSON" });

        LogFit fit = fitter.Finish();

        Assert.Contains("2 calls of nobody-knows have no price and are in no line: " + NobodyKnows, fit.Notes);
        Assert.Contains("1 call states no time and is in no line.", fit.Notes);
        Assert.Contains("1 record cannot be read and is in no line.", fit.Notes);
        Assert.Single(fit.Lines);
    }

    /// <summary>One call, or two of one instant, are a log as well: what they say is little, and what they cost is known.</summary>
    [Theory]
    [InlineData("2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T10:00:00Z")]
    [InlineData("2026-01-01T23:59:59Z", "2026-01-02T00:00:00Z")]
    [InlineData("2026-01-05T01:00:00Z", "2026-01-01T23:00:00Z", "2026-01-03T00:00:00Z")]
    public void Finish_LogOfAFewCalls_IsFitted(params string[] instants)
    {
        LogFitter fitter = new(Estimator);
        foreach (string instant in instants)
        {
            DateTimeOffset at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
            fitter.Add(ModelCall.FromUsage("steady", new TokenUsage { Input = 100, Output = 5 }) with { At = at });
        }

        LogFit fit = fitter.Finish();

        // 100 x 2 + 5 x 8 millionths a call
        Assert.Equal(instants.Length * 0.00024m, fit.Lines[0].Cost.Amount);
        Assert.True(Forecaster.Run(Estimator, fit.ToPlan(months: 2)).Total.P95 > 0);
    }

    /// <summary>A tool whose price nobody knows is left out of the plan, as it is of what the log cost, and the calls are said to be priced in
    /// part: 2 calls a day of 600 x 2 + 400 x 0.5 + 250 x 8 = 3,400 millionths.</summary>
    [Fact]
    public void ToPlan_AMeterWithoutAPrice_IsLeftOutAndSaid()
    {
        LogFitter fitter = new(Estimator);
        for (int hour = 0; hour < 28 * 24; hour += 12)
        {
            ModelCall call = Call("steady", Monday.AddHours(hour));
            fitter.Add(call with { Reading = call.Reading with { Meters = MeteredQuantities.Empty.With("unheardOf", 1) } });
        }

        LogFit fit = fitter.Finish();
        ForecastPlan plan = fit.ToPlan(months: 1);

        Assert.Empty(plan.Lines[0].Meters);
        Assert.Contains("steady: 56 calls are priced in part, as the forecast is.", fit.Notes);
        Assert.Equal(56 * 0.0034m, fit.Lines[0].Cost.Amount);
        Assert.True(Forecaster.Run(Estimator, plan).Total.P50 > 0);
    }

    /// <summary>Both days of it are cut, and those between them have no calls.</summary>
    [Fact]
    public void ToPlan_NoWholeDayWithCalls_SaysWhy()
    {
        LogFitter fitter = new(Estimator);
        fitter.Add(Call("steady", new(2026, 1, 1, 23, 0, 0, TimeSpan.Zero)));
        fitter.Add(Call("steady", new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero)));

        Assert.StartsWith(
            "No whole day of the log has calls",
            Assert.Throws<InvalidOperationException>(() => fitter.Finish().ToPlan(months: 1)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The reason names the instant of its call: it is said once, with the number of the calls, and not once for each.</summary>
    [Fact]
    public void Finish_CallsWithoutAPriceAtManyInstants_AreOneSentence()
    {
        LogFitter fitter = new(Estimator);
        AddEven(fitter, "steady", days: 42);
        for (int minute = 0; minute < 500; minute++)
        {
            fitter.Add(Call("ending", Monday.AddDays(90).AddMinutes(minute)));
        }

        string note = Assert.Single(fitter.Finish().Notes, note => note.Contains("no price", StringComparison.Ordinal));

        Assert.StartsWith("500 calls of ending have no price and are in no line: ", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_NothingPriced_SaysWhy()
    {
        LogFitter fitter = new(Estimator);
        fitter.Add(Call("nobody-knows", Monday));

        string message = Assert.Throws<InvalidOperationException>(fitter.Finish).Message;

        Assert.Equal("No call of the log has both an instant and a price, so there is nothing to fit. 1 call of nobody-knows has no price and "
            + "is in no line: " + NobodyKnows, message);
    }

    [Fact]
    public void ToPlan_AModelThatStopped_IsNotInIt()
    {
        LogFitter fitter = new(Estimator);
        AddEven(fitter, "steady", days: 42);
        AddEven(fitter, "ending", days: 20);
        LogFit fit = fitter.Finish();

        Assert.Equal("steady", Assert.Single(fit.ToPlan(months: 1).Lines).Model);
        Assert.True(fit.Lines.Single(line => line.Model == "ending").HasStopped);
        Assert.Contains("ending: no calls for days when the log ends. It is taken to have ended, and is in no plan.", fit.Notes);
    }

    [Fact]
    public void ToPlan_AModelThatBegan_CountsFromItsFirstDay()
    {
        LogFitter fitter = new(Estimator);
        AddEven(fitter, "steady", days: 42);
        for (int day = 28; day < 42; day++)
        {
            AddDay(fitter, "moving", day);
        }

        FittedLine line = fitter.Finish().Lines.Single(line => line.Model == "moving");

        Assert.Equal(new DateOnly(2026, 6, 29), line.FirstDay);
        Assert.InRange(line.CallsPerMonth.Mean / (48 * 30.44), 0.9, 1.1);
    }

    [Fact]
    public void GetPriceChanges_VersionAndEnd_AreSaidWithTheirInstants()
    {
        LogFitter fitter = new(Estimator);
        AddEven(fitter, "moving", days: 42);
        AddEven(fitter, "ending", days: 42);
        LogFit fit = fitter.Finish();

        // Day 60 is July 31 and day 80 is August 20; the plan is from August on.
        PriceChange[] changes = [.. fit.GetPriceChanges(Monday.AddDays(42), Monday.AddDays(120))];

        Assert.Equal([Monday.AddDays(60), Monday.AddDays(80)], changes.Select(change => change.At));
        Assert.Equal(
            "The prices change: 1 in and 4 out per million tokens before, 3 in and 12 out per million tokens after. The promotion is over.",
            changes[0].What);
        Assert.StartsWith("It has no price from then on, and is planned with its last prices.", changes[1].What, StringComparison.Ordinal);
        ForecastLine kept = fit.ToPlan(months: 3).Lines.Single(line => line.Model == "ending");
        Assert.Equal((Monday.AddDays(80), null), (kept.PricesUntil, kept.Context.At));
        Assert.True(Forecaster.Run(Estimator, fit.ToPlan(months: 3)).Total.P5 > 0);
    }

    [Fact]
    public void Finish_CutDays_SayWhatCallsConsumeAndNotHowMany()
    {
        LogFitter fitter = new(Estimator);
        for (int hour = 12; hour < (24 * 30) + 6; hour++)
        {
            fitter.Add(Call("steady", Monday.AddHours(hour)));
        }

        LogFit fit = fitter.Finish();

        Assert.Contains("The log begins within 2026-06-01: that day says what calls consume, not how many there are.", fit.Notes);
        Assert.Contains("The log ends within 2026-07-01: that day says what calls consume, not how many there are.", fit.Notes);
        Assert.InRange(fit.Lines[0].CallsPerMonth.Mean / (24 * 30.44), 0.95, 1.05);
    }

    [Fact]
    public void Finish_OneSession_IsNoCertainty()
    {
        LogFitter fitter = new(Estimator);
        for (int hour = 0; hour < 24 * 28; hour++)
        {
            fitter.Add(Call("steady", Monday.AddHours(hour)), "only");
        }

        LogFit fit = fitter.Finish();

        Assert.Contains(
            "steady: all calls are of one session, which says nothing of how others differ. What calls consume is taken as known to half of it.",
            fit.Notes);
        Assert.True(fit.Lines[0].OutputTokens.P95 > 2 * fit.Lines[0].OutputTokens.Mean);
    }

    private static LogFit Even(string model, int days)
    {
        LogFitter fitter = new(Estimator);
        AddEven(fitter, model, days);
        return fitter.Finish();
    }

    private static void AddEven(LogFitter fitter, string model, int days)
    {
        for (int day = 0; day < days; day++)
        {
            AddDay(fitter, model, day);
        }
    }

    private static void AddDay(LogFitter fitter, string model, int day)
    {
        for (int half = 0; half < 48; half++)
        {
            fitter.Add(Call(model, Monday.AddDays(day).AddMinutes(30 * half)), $"{day} {half / 4}");
        }
    }

    private static ModelCall Call(string model, DateTimeOffset at) => ModelCall.FromUsage(
        model, model == "steady" ? new() { Input = 600, CacheRead = 400, Output = 250 } : new() { Input = 1_000, Output = 250 }) with
    { At = at };
}
