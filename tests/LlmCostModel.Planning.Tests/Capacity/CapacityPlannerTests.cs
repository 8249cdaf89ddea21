using CsCheck;

namespace LlmCostModel.Planning.Tests;

/// <summary>DeepSeek's published day as the worked example (open-infra-index, day 6, 2025-02-27 and 28), and what holds for every load.</summary>
public sealed class CapacityPlannerTests
{
    private static readonly ServingNode Node = PublishedThroughput.Find("deepseek-day")!.CreateNode(2, 1);

    private static readonly TokenLoad Day = new()
    {
        Label = "2025-02-28",
        Period = TimeSpan.FromDays(1),
        FreshInput = 266_000_000_000,
        CachedInput = 342_000_000_000,
        Reasoning = 168_000_000_000,
        PeakToMean = 278m / 226.75m, // the nodes of their peak over those of their average
    };

    [Fact]
    public void Size_N21DeepSeekDay_NeedsTheNodesTheyRan()
    {
        CapacityNeed need = CapacityPlanner.Size(Node, Day);

        // 608e9 / 86,400 / 73,700 and 168e9 / 86,400 / 14,800; they ran 226.75 on average and 278 at the peak
        Assert.Equal((95.482m, 0m, 131.381m), (Round(need.PrefillNodes), need.CachedNodes, Round(need.DecodeNodes)));
        Assert.Equal(226.864m, Round(need.MeanNodes));
        Assert.InRange((need.MeanNodes / 226.75m) - 1, 0, 0.0006m);
        Assert.Equal(279, need.Fleet); // 226.864 x 278 / 226.75 = 278.139
        Assert.Equal(new Money(279 * 16 * 24, "USD"), need.FleetCost); // 107,136
        Assert.Equal(87_115.61m, decimal.Round(need.ElasticCost.Amount, 2)); // 226.86357 x 384; they print 87,072
    }

    [Fact]
    public void Size_AgainstTheApi_IsAFifthOfItsPrice()
    {
        CapacityNeed need = Assert.Single(CapacityPlanner.Size(Node, [Day], Prices.Estimator, "deepseek-reasoner"));

        Assert.Equal(new Money(562_100, "USD"), need.ApiCost); // 266 x 550 + 342 x 140 + 168 x 2,190
        Assert.Equal(0.1906m, decimal.Round(need.ShareOfApiCost!.Value, 4)); // 107,136 / 562,100
        Assert.Equal("2025-02-28: 226.863566 machines on average, 279 to own: 107136 USD, the API 562100 USD", need.ToString());
    }

    [Fact]
    public void ScaleReasoning_From12KTo23K_NeedsTwiceTheDecodeNodes()
    {
        // R1 to R1-0528: 12,000 to 23,000 tokens a question, so 131.381 x 23 / 12 = 251.814; prefill stays.
        CapacityNeed need = CapacityPlanner.Size(Node, Day.ScaleReasoning(23m / 12));

        Assert.Equal((95.482m, 251.814m), (Round(need.PrefillNodes), Round(need.DecodeNodes)));
    }

    [Fact]
    public void FindSelfHostingLoad_N23NodeAndModel_Is15Percent()
    {
        // A day keeps 226.8636 nodes busy: 562,100 / 226.8636 / 24 = 103.2377 an hour of full load; 16 / 103.2377.
        TokenUsage day = Day.ToUsage();
        BreakEvenPoint load = BreakEven.FindSelfHostingLoad(Node, Prices.Estimator, "deepseek-reasoner", day);

        Assert.Equal(0.154982m, decimal.Round(load.Units!.Value, 6));
        Assert.Equal("equal at 15.5% of the hour; cheaper above: own machines", load.ToString());

        // The same by requests: a request of 608 + 168 tokens costs 562.1 millionths, and 16 / 0.0005621 = 28,464.7 of them an hour.
        TokenUsage request = new() { Input = 266, CacheRead = 342, Reasoning = 168 };
        BreakEvenPoint requests = BreakEven.FindSelfHostingRequests(Node, Prices.Estimator, "deepseek-reasoner", request);
        Assert.Equal((28_465m, 28_464.7m), (requests.FirstWholeUnit, decimal.Round(requests.Units!.Value, 1)));
        Assert.Equal(decimal.Round(load.Units!.Value, 20), decimal.Round(requests.Units!.Value / requests.Limit!.Value, 20));
    }

    [Fact]
    public void FindSelfHostingRequests_BeyondWhatTheMachineServes_IsNever()
    {
        // 1 token a second: at 2.19 per million an hour of it is worth 0.0079.
        BreakEvenPoint point = BreakEven.FindSelfHostingRequests(
            ServingNode.FromTotal(2, 1, 1), Prices.Estimator, "deepseek-reasoner", new TokenUsage { Output = 1 });

        Assert.Equal(BreakEvenOutcome.Never, point.Outcome);
        Assert.Null(point.FirstWholeUnit);
        Assert.Equal(
            "never cheaper: own machines (equal only at 913242.009132 requests an hour, of 3600 that there can be)", point.ToString());
    }

    [Fact]
    public void Size_HitsMeasuredApart_AreNodesOfTheirOwn()
    {
        // 3,600 s x 1,000 tokens/s: 1 node of prefill; twice as many hits at ten times the speed: 0.2; as much output at half the speed: 2.
        ServingNode node = new()
        {
            HourlyCost = 3,
            InputTokensPerSecond = 1_000,
            CachedTokensPerSecond = 10_000,
            OutputTokensPerSecond = 500,
            Utilization = 0.5m,
        };
        TokenLoad load = new()
        {
            Period = TimeSpan.FromHours(1),
            FreshInput = 3_600_000,
            CachedInput = 7_200_000,
            Output = 3_600_000,
            PeakToMean = 2,
        };
        CapacityNeed need = CapacityPlanner.Size(node, load);

        Assert.Equal((2m, 0.4m, 4m), (need.PrefillNodes, need.CachedNodes, need.DecodeNodes)); // at half of the time busy, twice as many
        Assert.Equal((6.4m, 12.8m, 13), (need.MeanNodes, need.PeakNodes, need.Fleet));
        Assert.Equal((new Money(39, "USD"), new Money(19.2m, "USD")), (need.FleetCost, need.ElasticCost));
        Assert.Equal(need.MeanNodes, node.ComputeNodes(load.ToUsage(), load.Period));
    }

    [Fact]
    public void Size_AnyLoad_GrowsInProportionAndTheFleetHoldsThePeak() => Gen
        .Select(Gen.Int[1, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[1, 9], Gen.Int[10, 50])
        .Sample((fresh, cached, output, factor, peak) =>
        {
            TokenLoad load = new()
            {
                Period = TimeSpan.FromSeconds(1),
                FreshInput = fresh,
                CachedInput = cached,
                Output = output,
                PeakToMean = peak / 10m,
            };
            CapacityNeed once = CapacityPlanner.Size(Node, load);
            CapacityNeed more = CapacityPlanner.Size(Node, load.Scale(factor));
            Assert.Equal(decimal.Round(once.MeanNodes * factor, 20), decimal.Round(more.MeanNodes, 20));
            Assert.InRange(once.Fleet, once.PeakNodes, once.PeakNodes + 1);
            Assert.True(once.FleetCost >= once.ElasticCost);
        });

    [Fact]
    public void Price_MeansThatDoNotDivide_LoseNoToken() => Gen
        .Select(Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Int[1, 5_000])
        .Sample((fresh, cached, output, requests) =>
        {
            TokenLoad load = new()
            {
                Period = TimeSpan.FromDays(1),
                FreshInput = fresh,
                CachedInput = cached,
                Output = output,
                Requests = requests,
                PeakToMean = 1,
            };
            Money all = Prices.Estimator.Estimate("deepseek-reasoner", load.ToUsage()).GetRequiredTotal();
            Assert.Equal(all, CapacityPlanner.Price(Prices.Estimator, "deepseek-reasoner", load));
        });

    [Fact]
    public void GetPeakToMean_Profile_IsTheGreatestOverTheMean()
    {
        Assert.Equal(1.5m, TokenLoad.GetPeakToMean([1, 2, 3])); // 3 / 2
        Assert.Throws<ArgumentException>(() => TokenLoad.GetPeakToMean([0, 0]));
    }

    [Fact]
    public void Size_OtherCurrency_IsRefused() => Assert.Equal(
        "The machine and the API are paid in EUR and USD. Convert them to one currency first.",
        Assert.Throws<InvalidOperationException>(() => CapacityPlanner.Size(Node with { Currency = "EUR" }, Day, new Money(1, "USD"))).Message);

    [Fact]
    public void Published_EveryRow_MakesANodeAndHasItsSource() => Assert.All(PublishedThroughput.All, row =>
    {
        Assert.Equal(2 * row.Accelerators, row.CreateNode(2, 1).HourlyCost);
        Assert.False(string.IsNullOrEmpty(row.Source));
        Assert.NotNull(row.AsOf);
        Assert.Same(row, PublishedThroughput.Find(row.Name.ToUpperInvariant()));
    });

    private static decimal Round(decimal value) => decimal.Round(value, 3);

    /// <summary>
    /// 744,000 requests in the 31 days of December, 8 of 24 hours busy three times: 1,000 tokens of prompt, a quarter read, 100 and 50 written. February,
    /// from another start, has 28 days and as many a day. A second line adds its own.
    /// </summary>
    [Fact]
    public void FromForecast_LinesOfAPlan_AreTheTokensOfEachMonth()
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 1, CacheRead = 0.1m, Output = 2 })));
        ForecastLine line = new()
        {
            Model = "m",
            Requests = 744_000,
            PromptTokens = 1_000,
            HitRate = 0.25,
            OutputTokens = 150,
            Profile = new() { Hours = [.. Enumerable.Range(0, 24).Select(hour => hour is >= 9 and < 17 ? 3.0 : 1)] },
        };
        Forecast forecast = Forecaster.Run(estimator, new() { Start = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), Months = 3, Lines = [line, line with { Name = "b", Requests = 74_400 }] });

        TokenLoad[] loads = [.. TokenLoad.FromForecast(forecast)];

        Assert.Equal(["2026-12-01", "2027-01-01", "2027-02-01"], loads.Select(load => load.Label));
        Assert.Equal([31, 31, 28], loads.Select(load => load.Period.Days));
        Assert.Equal(818_400, (double)loads[0].Requests!.Value, 1e-6);
        Assert.Equal(818_400 * 750.0, (double)loads[0].FreshInput, 1e-3);
        Assert.Equal(818_400 * 250.0, (double)loads[0].CachedInput, 1e-3);
        Assert.Equal(818_400 * 150.0 * 28 / 31, (double)loads[2].Output, 1e-3);
        // 3 over the mean of (8 x 3 + 16) / 24 = 5/3
        Assert.All(loads, load => Assert.Equal(1.8, (double)load.PeakToMean, 1e-9));
        Assert.Equal(818_400 * 1_150.0 / (31 * 86_400), (double)loads[0].MeanPerSecond, 1e-6);
    }

    /// <summary>December 2026 has 23 days from Monday to Friday; 4 hours of them are 331,200 s, in which all of 25,000 million tokens
    /// come.</summary>
    [Fact]
    public void FromForecast_Profile_HasThePeakOfItsOwnDays()
    {
        CostEstimator estimator = new(new RateCard
        {
            Name = "acme",
            Provider = "acme",
            Currency = "USD",
            Models = [ModelPricing.Create("m", 1, 1)],
        });
        Forecast forecast = Forecaster.Run(estimator, new()
        {
            Start = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
            Months = 1,
            Lines =
            [
                new()
                {
                    Model = "m",
                    Requests = 10_000_000,
                    PromptTokens = 2_000,
                    OutputTokens = 500,
                    Profile = new()
                    {
                        Weekdays = [1, 1, 1, 1, 1, 0, 0],
                        Hours = [.. Enumerable.Range(0, 24).Select(hour => hour is >= 9 and < 13 ? 1.0 : 0)],
                    },
                },
            ],
        });

        TokenLoad load = Assert.Single(TokenLoad.FromForecast(forecast));

        Assert.Equal(75_483.09m, decimal.Round(load.PeakPerSecond, 2)); // 25e9 / 331,200
    }

    /// <summary>Where every request has the same tokens, a limit of so many requests and one of their tokens are the same limit.</summary>
    [Fact]
    public void EstimateShare_RequestsThatAreAlike_BindWithTheirTokens() =>
        Gen.Select(Gen.Double[1, 500], Gen.Int[1, 900], Gen.Int[1, 5_000], Gen.OneOf(0, 0.3, 0.8, 2)).Sample(
            (requests, limit, tokens, variation) =>
            {
                MinuteTraffic traffic = new() { Requests = requests, TokensPerRequest = tokens, RateVariation = variation };

                RateLimitShare share = new RateLimit { RequestsPerMinute = limit, TokensPerMinute = (decimal)limit * tokens }.EstimateShare(traffic);

                Assert.Equal(share.RequestShare, share.TokenShare, 1e-12);
            },
            iter: 500);
}
