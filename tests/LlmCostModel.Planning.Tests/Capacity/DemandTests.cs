using CsCheck;

namespace LlmCostModel.Planning.Tests;

public sealed class DemandTests
{
    [Theory]
    [InlineData(0, "0.5", "1", "0.5")] // nobody uses more: half the bill
    [InlineData(1, "0.5", "2", "1")] // the bill stays
    [InlineData(2, "0.5", "4", "2")] // Jevons: half the price, twice the bill
    [InlineData(2, "2", "0.25", "0.5")]
    public void Compute_PriceAndElasticity_GivesUseAndSpend(double elasticity, string price, string use, string spend)
    {
        DemandPoint point = DemandCurve.Compute(elasticity, Parse(price));

        Assert.Equal((Parse(use), Parse(spend)), (point.UseFactor, point.SpendFactor));
        Assert.Equal($"price {price}, use {use}, spend {spend}", point.ToString());
    }

    [Fact]
    public void Compute_AnyCheaperPrice_SpendRisesOnlyAboveAnElasticityOf1() => Gen
        .Select(Gen.Double[0, 3], Gen.Int[1, 99]).Sample((elasticity, percent) =>
        {
            DemandPoint point = DemandCurve.Compute(elasticity, percent / 100m);
            Assert.True(point.UseFactor >= 1);
            Assert.Equal(elasticity > 1, point.SpendFactor > 1.0000000001m || (elasticity > 1 && elasticity < 1.000001));
        });

    [Fact]
    public void Compute_SeveralPrices_KeepsTheirOrder() =>
        Assert.Equal([2m, 0.5m, 1m], DemandCurve.Compute(1, [2, 0.5m, 1]).Select(point => point.PriceFactor));

    [Fact]
    public void EstimateShare_EvenRequests_IsThePoissonTail()
    {
        // Poisson with mean 2: P(N > 3) = 1 - e^-2 (1 + 2 + 2 + 4/3) = 1 - 0.857123 = 0.142877
        RateLimitShare share = new RateLimit { RequestsPerMinute = 3 }.EstimateShare(new() { Requests = 2, TokensPerRequest = 1 });

        Assert.Equal(0.142877, share.RequestShare, 6);
        Assert.Equal((0d, share.RequestShare), (share.TokenShare, share.Share));
    }

    [Fact]
    public void EstimateShare_VaryingRequests_IsTheNegativeBinomialTail()
    {
        // A deviation of 1 makes the gamma an exponential and the number geometric: P(N > k) = (m / (1 + m))^(k + 1) = (2/3)^4 = 0.197531
        RateLimitShare share =
            new RateLimit { RequestsPerMinute = 3 }.EstimateShare(new() { Requests = 2, TokensPerRequest = 1, RateVariation = 1 });

        Assert.Equal(0.197531, share.RequestShare, 6);
    }

    [Fact]
    public void EstimateShare_Tokens_AreLognormalWithTheDeviationOfTheSum()
    {
        // 100 requests of 1,000 tokens that vary by 1: cv = sqrt(2 / 100) = 0.141421, sigma^2 = ln 1.02 = 0.0198026, sigma = 0.140722.
        // P(> 120,000) = 1 - Phi((ln 1.2 + sigma^2 / 2) / sigma) = 1 - Phi(1.366001) = 0.085969
        RateLimitShare share = new RateLimit { TokensPerMinute = 120_000 }
            .EstimateShare(new() { Requests = 100, TokensPerRequest = 1_000, TokenVariation = 1 });

        Assert.Equal(0.08597, share.TokenShare, 4);
    }

    [Fact]
    public void EstimateShare_TighterLimitOrMoreTraffic_NeverBindsLess() => Gen
        .Select(Gen.Double[0.1, 500], Gen.Int[1, 1_000], Gen.Double[0, 2]).Sample((requests, limit, variation) =>
        {
            MinuteTraffic traffic = new() { Requests = requests, TokensPerRequest = 100, RateVariation = variation };
            double Share(int most) => new RateLimit { RequestsPerMinute = most, TokensPerMinute = most * 100 }.EstimateShare(traffic).Share;
            Assert.InRange(Share(limit), 0, 1);
            Assert.True(Share(limit) + 1e-9 >= Share(limit + 1));
        });

    [Fact]
    public void Replay_RecordedMinutes_CountsWhatWaits()
    {
        // 10 a minute: 25 leave 15, then 5 leave 10, then 0 leave 0; 4 never wait.
        RateLimitBacklog backlog = new RateLimit { RequestsPerMinute = 10 }.Replay([(4, 0), (25, 0), (5, 0), (0, 0)]);

        Assert.Equal((4, 1, 2), (backlog.Minutes, backlog.BoundMinutes, backlog.WaitingMinutes));
        Assert.Equal((1.5m, 0.625m, 0.25m), (backlog.LongestWait, backlog.MeanWait, backlog.BoundShare)); // (1.5 + 1) / 4
        Assert.Throws<ArgumentException>(() => new RateLimit().Replay([]));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
