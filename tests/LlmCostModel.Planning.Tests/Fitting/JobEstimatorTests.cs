namespace LlmCostModel.Planning.Tests.Fitting;

public sealed class JobEstimatorTests
{
    private static readonly CostEstimator Estimator = new(new RateCard
    {
        Name = "acme",
        Provider = "acme",
        Currency = "USD",
        Models =
        [
            new ModelPricing
            {
                Id = "m",
                Versions =
                [
                    new()
                    {
                        PerMillionTokens = new() { Input = 1, Output = 1_000_000 },
                        Rules = [new() { Name = "batch", When = new() { Tiers = ["batch"] }, Multiply = 0.5m }],
                    },
                ],
            },
            ModelPricing.Create("other", 1, 2_000_000),
        ],
    });

    [Fact]
    public void Finish_FourItemsOfAHundred_MeanAndRangeByHand()
    {
        JobEstimate estimate = Sample([1, 2, 3, 6]).Finish(100);

        // Mean 3, whole 300. Variance (4 + 1 + 0 + 9) / 3 = 14/3; error sqrt(14/3 / 4 x 0.96) = 1.058301; t of 3 at 95% is 2.353363, to be bent by the skew.
        // Third moment (-8 - 1 + 0 + 27) / 4 = 4.5; skew 4.5 / (14/3)^1.5 / 2 = 0.223188. Below: 3 / 0.223188 x (cbrt(1 + 0.223188 x (2.353363 -
        // 0.037198)) - 1) = 2.003 errors; above, with -2.353363: 3.017.
        Assert.Equal(12, estimate.Sample);
        Assert.Equal(300, estimate.Mean);
        Assert.Equal(88.0m, decimal.Round(estimate.P5!.Value, 1));
        Assert.Equal(619.3m, decimal.Round(estimate.P95!.Value, 1));
        Assert.Equal(0.5m, estimate.LargestShare);
        Assert.Equal("4 items are few: the range is as wide as that makes it, and holds if costs are not too uneven.", Assert.Single(estimate.Notes));
    }

    [Fact]
    public void Finish_OneItem_HasNoRange()
    {
        JobEstimate estimate = Sample([5]).Finish(1_000);

        Assert.Equal(5_000, estimate.Mean);
        Assert.Null(estimate.P5);
        Assert.Null(estimate.P95);
        Assert.Equal("One item says what the mean may be, and nothing of how far off it is. Run more of them, drawn at random.", Assert.Single(estimate.Notes));
    }

    [Fact]
    public void Finish_AllItems_IsExact()
    {
        JobEstimate estimate = Sample([1, 2, 3, 6]).Finish(4);

        Assert.Equal((12m, 12m, 12m), (estimate.Mean, estimate.P5, estimate.P95));
    }

    [Fact]
    public void Finish_FewerThanTheSample_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample([1, 2]).Finish(1));

    [Fact]
    public void Add_CallsOfOneItem_CountTogether()
    {
        JobEstimator job = new(Estimator);
        job.Add(Call(1), "a");
        job.Add(Call(2), "a");
        job.Add(Call(3), "b");

        JobEstimate estimate = job.Finish(10);

        Assert.Equal((2L, 3L, 30m), (estimate.SampledItems, estimate.Calls, estimate.Mean));
    }

    [Fact]
    public void Add_InABatchAndByAnotherModel_HasTheirPrices()
    {
        JobEstimator batch = new(Estimator, new() { Context = new() { Tier = "batch" } });
        batch.Add(Call(4) with { Reading = Call(4).Reading with { Served = new() { Tier = "standard" } } });
        JobEstimator other = new(Estimator, new() { Model = "other" });
        other.Add(Call(4));

        Assert.Equal(2, batch.Finish(1).Mean);
        Assert.Equal(8, other.Finish(1).Mean);
    }

    [Fact]
    public void Finish_CallWithoutPrice_IsSaid()
    {
        JobEstimator job = Sample([1, 2]);
        job.Add(ModelCall.FromUsage("nobody-knows", new() { Output = 1 }) with { At = DateTimeOffset.UnixEpoch });

        JobEstimate estimate = job.Finish(3);

        Assert.False(estimate.IsWhole);
        Assert.StartsWith("1 of 3 calls are not wholly priced, so the whole costs more:", estimate.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_TagThatNoCallHas_IsRefusedAndOneWithoutItIsSaid()
    {
        JobEstimator job = new(Estimator, new() { ItemTag = "item" });
        job.Add(Call(1), item: null);
        Assert.Equal(
            "No call of the sample has the tag 'item' that says its item. They have no tags.",
            Assert.Throws<InvalidOperationException>(() => job.Finish(10)).Message);

        job.Add(Call(1), "a");
        job.Add(Call(4), "a");

        JobEstimate estimate = job.Finish(10);

        Assert.Equal((2, 30), (estimate.SampledItems, estimate.Mean)); // 1 and 5, ten of which are 30
        Assert.Contains("1 of 3 calls has no 'item': each counts as an item.", estimate.Notes);
    }

    [Theory]
    [InlineData(30, 0.5, 0.03)]
    [InlineData(200, 1.0, 0.03)]
    [InlineData(60, 0.8, 0.03)]
    public void Finish_ManySamples_HoldTheWholeInNineOfTen(int size, double sigma, double wide)
    {
        // Lognormal costs of 5,000 items, of which samples are drawn: 1,000 of them, so that a share of 90% varies by 0.95%.
        Random random = new(11);
        decimal[] items = [.. Enumerable.Range(0, 5_000).Select(_ => (decimal)Math.Exp(sigma * Normal.GetQuantile(random.NextDouble())))];
        decimal whole = items.Sum();
        int inside = 0;
        for (int run = 0; run < 1_000; run++)
        {
            random.Shuffle(items);
            JobEstimate estimate = JobEstimate.Of(items[..size], items.Length, size, "USD", isWhole: true, []);
            inside += estimate.P5 <= whole && whole <= estimate.P95 ? 1 : 0;
        }

        Assert.InRange(inside / 1_000.0, 0.9 - wide, 0.9 + wide);
    }

    private static JobEstimator Sample(int[] costs)
    {
        JobEstimator job = new(Estimator);
        foreach (int cost in costs)
        {
            job.Add(Call(cost));
        }

        return job;
    }

    private static ModelCall Call(int cost) => ModelCall.FromUsage("m", new() { Output = cost }) with { At = DateTimeOffset.UnixEpoch };
}
