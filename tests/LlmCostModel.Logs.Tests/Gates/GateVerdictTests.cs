namespace LlmCostModel.Logs.Tests.Gates;

/// <summary>What a change did to a scenario, with numbers worked out by hand.</summary>
public class GateVerdictTests
{
    /// <summary>One run a side: 10 dollars before, 5% more are allowed, so that 10.5 pass and 10.500001 do not.</summary>
    [Theory]
    [InlineData("10.5", GateVerdict.WithinLimit, "0.05")]
    [InlineData("10.500001", GateVerdict.Increase, "0.0500001")]
    [InlineData("10", GateVerdict.WithinLimit, "0")]
    [InlineData("9.9", GateVerdict.Decrease, "-0.01")]
    [InlineData("20", GateVerdict.Increase, "1")]
    public void OneRun_IsJudgedByTheLimit(string head, GateVerdict verdict, string change)
    {
        GateResult result = GateRuns.Compare([GateRuns.Call("s", 10)], [GateRuns.Call("s", decimal.Parse(head, System.Globalization.CultureInfo.InvariantCulture))]);

        GateCost cost = result.Scenarios[0].Costs[0];
        Assert.Equal((verdict, decimal.Parse(change, System.Globalization.CultureInfo.InvariantCulture)), (cost.Verdict, cost.Change));
        Assert.Equal(verdict == GateVerdict.Increase, !result.IsPassed);
        Assert.Null(cost.Noise);
        Assert.Contains(result.Notes, note => note.StartsWith("Each side is one run", StringComparison.Ordinal));
    }

    /// <summary>10 dollars before, and 50% or 0.25 more are allowed: both limits hold, to the last digit.</summary>
    [Theory]
    [InlineData("10.25", 0.5, GateVerdict.WithinLimit)]
    [InlineData("10.250001", 0.5, GateVerdict.Increase)]
    [InlineData("10.2", 0.01, GateVerdict.Increase)] // 2% of 10
    [InlineData("9", 0, GateVerdict.Decrease)]
    public void Amount_IsALimitBesideTheShare(string head, double share, GateVerdict verdict)
    {
        GateResult result = GateRuns.Compare(
            [GateRuns.Call("s", 10)],
            [GateRuns.Call("s", decimal.Parse(head, System.Globalization.CultureInfo.InvariantCulture))],
            new() { MaximumIncrease = (decimal)share, MaximumIncreaseAmount = 0.25m });

        Assert.Equal((verdict, verdict), (result.Scenarios[0].Verdict, result.Total.Verdict));
        Assert.Equal(new Money(0.25m, "USD"), result.MaximumIncreaseAmount);
    }

    /// <summary>Two scenarios of 10 dollars cost 0.2 more each: each keeps to 0.25, and all together, 0.4, do not. Averages of two runs:
    /// 10 and 10.5 are 10.25.</summary>
    [Fact]
    public void Amount_IsOfARun_AndOfAllTogether()
    {
        CostGateOptions options = new() { MaximumIncrease = 1, MaximumIncreaseAmount = 0.25m };
        GateResult two = GateRuns.Compare(
            [GateRuns.Call("s", 10), GateRuns.Call("t", 10)], [GateRuns.Call("s", 10.2m), GateRuns.Call("t", 10.2m)], options);
        GateResult runs = GateRuns.Compare(GateRuns.Runs("s", 10, 10), GateRuns.Runs("s", 10, 10.5m), options);

        Assert.All(two.Scenarios, one => Assert.Equal(GateVerdict.WithinLimit, one.Verdict));
        Assert.Equal(["All together cost more than is allowed."], two.Reasons);
        Assert.True(runs.IsPassed);
    }

    [Fact]
    public void Amount_OfNoOneCurrency_Throws()
    {
        CostGateOptions options = new() { MaximumIncreaseAmount = 1 };

        Assert.Equal(
            "MaximumIncreaseAmount has the currency of the costs, and they are in EUR and USD. Convert them with Converter, or leave it out.",
            Assert.Throws<InvalidOperationException>(() => GateRuns.Compare([GateRuns.Call("s", 1)], [GateRuns.Call("s", 1, model: "e-1")], options)).Message);
        Assert.Equal(
            "MaximumIncreaseAmount has the currency of the costs, and nothing has a price. Leave it out, or give what can be priced.",
            Assert.Throws<InvalidOperationException>(() => GateRuns.Compare([GateRuns.Call("s", 1, model: "acme-9")], [], options)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaximumIncreaseAmount = -1);
    }

    /// <summary>Runs of 9 and 11: mean 10, squared variation 2/100, over 2 runs 0.01, and the same of 18 and 22. The error is the root of
    /// 0.02, with 2 degrees of freedom; Student's t is 4.302653, so that 0.608487 of the logarithm is noise. The logarithm of 2 is
    /// 0.693147: from e^0.08466 - 1 = 0.0883 to e^1.301634 - 1 = 2.6753.</summary>
    [Fact]
    public void RepeatedRuns_BeyondNoise_AreAnIncrease()
    {
        GateResult result = GateRuns.Compare(GateRuns.Runs("s", 9, 11), GateRuns.Runs("s", 18, 22));

        GateCost cost = result.Scenarios[0].Costs[0];
        Assert.Equal((10m, 20m, 1m, GateVerdict.Increase), (cost.Base, cost.Head, cost.Change, cost.Verdict));
        Assert.Equal((0.0883m, 2.6753m), (decimal.Round(cost.Low!.Value, 4), decimal.Round(cost.High!.Value, 4)));
        Assert.Equal(0.8376m, decimal.Round(cost.Noise!.Value, 4)); // e^0.608487 - 1
        Assert.Equal(["'s' costs more than is allowed.", "All together cost more than is allowed."], result.Reasons);
        Assert.False(result.IsPassed);
    }

    /// <summary>As before, with 1.8 times the cost: its logarithm 0.587787 is less than 0.608487; and 0.55 times: -0.597837.</summary>
    [Theory]
    [InlineData(16.2, 19.8)]
    [InlineData(4.95, 6.05)]
    public void RepeatedRuns_WithinNoise_Pass(double first, double second)
    {
        GateResult result = GateRuns.Compare(GateRuns.Runs("s", 9, 11), GateRuns.Runs("s", (decimal)first, (decimal)second));

        Assert.Equal((GateVerdict.WithinNoise, true), (result.Scenarios[0].Verdict, result.IsPassed));
        Assert.Contains("Runs vary so much that an increase of more than is allowed may count as noise, up to 83.8%: 's'. More runs tell more.", result.Notes);
    }

    /// <summary>Half the cost: its logarithm -0.693147 is beyond 0.608487.</summary>
    [Fact]
    public void RepeatedRuns_BeyondNoise_AreADecrease() =>
        Assert.Equal(GateVerdict.Decrease, GateRuns.Compare(GateRuns.Runs("s", 9, 11), GateRuns.Runs("s", 4.5m, 5.5m)).Total.Verdict);

    /// <summary>One run of 20 after runs of 9 and 11: taken to vary alike, the error is the root of 0.02 x (1/2 + 1), with 1 degree of
    /// freedom: t is 12.7062, the noise e^2.200779 - 1 = 8.0320.</summary>
    [Fact]
    public void OneRunAgainstSeveral_VariesAsTheyDo()
    {
        GateResult result = GateRuns.Compare(GateRuns.Runs("s", 9, 11), GateRuns.Runs("s", 20));

        Assert.Equal((GateVerdict.WithinNoise, 8.0320m), (result.Total.Verdict, decimal.Round(result.Total.Costs[0].Noise!.Value, 4)));
        Assert.Contains("The head is one run. It is taken to vary as those of the other side do.", result.Notes);
    }

    /// <summary>Two scenarios and the total are three intervals: each errs in a third of 5%, for which t of 2 degrees of freedom is the
    /// root of 2 / (s (2 - s)) - 2 = 7.6488 at s = 0.05/3, and the noise of 's' e^(7.648804 x 0.141421) - 1 = 1.9497.</summary>
    [Fact]
    public void SeveralScenarios_ShareTheErrors()
    {
        string[] before = [.. GateRuns.Runs("s", 9, 11), .. GateRuns.Runs("t", 9, 11)];
        string[] after = [.. GateRuns.Runs("s", 18, 22), .. GateRuns.Runs("t", 9, 11)];

        GateScenario scenario = GateRuns.Compare(before, after).Scenarios[0];

        Assert.Equal((GateVerdict.WithinNoise, 1.9497m), (scenario.Verdict, decimal.Round(scenario.Costs[0].Noise!.Value, 4)));
    }

    /// <summary>Runs that cost the same to the last digit have no noise.</summary>
    [Fact]
    public void EqualRuns_HaveNoNoise()
    {
        GateResult result = GateRuns.Compare(GateRuns.Runs("s", 3, 3, 3), GateRuns.Runs("s", 3.3m, 3.3m));

        GateCost cost = result.Total.Costs[0];
        Assert.Equal((GateVerdict.Increase, 0.1m, 0.1m, 0.1m, 0m), (cost.Verdict, cost.Change, cost.Low, cost.High, cost.Noise));
    }

    [Fact]
    public void NewAndRemoved_AreCountedInTheTotal_OrLeftOut()
    {
        string[] before = [GateRuns.Call("old", 1), GateRuns.Call("s", 1)], after = [GateRuns.Call("s", 1), GateRuns.Call("young", 3)];

        GateResult all = GateRuns.Compare(before, after);
        GateResult common = GateRuns.Compare(before, after, new() { OnlyCommon = true });

        Assert.Equal(
            [("old", GateVerdict.Removed), ("s", GateVerdict.WithinLimit), ("young", GateVerdict.New)],
            all.Scenarios.Select(one => (one.Name!, one.Verdict)));
        Assert.Equal((1m, GateVerdict.Increase), (all.Total.Costs[0].Change, all.Total.Verdict)); // from 2 to 4
        Assert.Equal((0m, GateVerdict.WithinLimit, true), (common.Total.Costs[0].Change, common.Total.Verdict, common.IsPassed));
        Assert.Contains("Only the head has 'young'; counted in the total.", all.Notes);
        Assert.Contains("Only the base has 'old'; left out of the total.", common.Notes);
    }

    [Fact]
    public void NothingInCommon_WhereOnlyThatCounts_DoesNotPass()
    {
        GateResult result = GateRuns.Compare([GateRuns.Call("a", 1)], [GateRuns.Call("b", 1)], new() { OnlyCommon = true });

        Assert.Equal(["No scenario is in both runs, so that nothing can be compared."], result.Reasons);
    }

    /// <summary>From nothing to something is more than any share of nothing.</summary>
    [Fact]
    public void FromFree_IsAnIncrease()
    {
        GateResult result = GateRuns.Compare([GateRuns.Call("s", 1, model: "free-1")], [GateRuns.Call("s", 1)], new() { MaximumIncrease = 100 });

        Assert.Equal((GateVerdict.Increase, null), (result.Total.Verdict, result.Total.Costs[0].Change));
        Assert.Equal(GateVerdict.WithinLimit, GateRuns.Compare([GateRuns.Call("s", 1, model: "free-1")], [GateRuns.Call("s", 2, model: "free-1")]).Total.Verdict);
    }

    /// <summary>A scenario that moves from dollars to euros: neither amount says what the other is worth, until a rate does. 1 EUR at 1.25
    /// is 1.25 USD, a quarter more.</summary>
    [Fact]
    public void Currencies_AreComparedOneByOne_OrConverted()
    {
        string[] before = [GateRuns.Call("s", 1)], after = [GateRuns.Call("s", 1, model: "e-1")];
        CurrencyConverter converter = new("USD", [new() { From = "EUR", To = "USD", Rate = 1.25m, Date = new(2026, 1, 1), Source = "test" }]);

        GateResult apart = GateRuns.Compare(before, after);
        GateResult converted = GateRuns.Compare(before, after, new() { Converter = converter, MaximumIncrease = 0.25m });

        Assert.Equal([("EUR", GateVerdict.Increase), ("USD", GateVerdict.Decrease)], apart.Total.Costs.Select(cost => (cost.Currency, cost.Verdict)));
        Assert.Equal((false, GateVerdict.Increase), (apart.IsPassed, apart.Total.Verdict));
        Assert.Equal((0.25m, true), (converted.Total.Costs[0].Change, converted.IsPassed));
    }

    /// <summary>What has no price is not 0: neither a decrease of the head nor an increase of the base is claimed.</summary>
    [Theory]
    [InlineData("a-1", "nobody-1")]
    [InlineData("nobody-1", "a-1")]
    public void UnknownPrices_AreUndecided(string before, string after)
    {
        GateResult result = GateRuns.Compare(
            [GateRuns.Call("s", 1, model: before), GateRuns.Call("t", 1)], [GateRuns.Call("s", 1, model: after), GateRuns.Call("t", 1)]);

        Assert.Equal([GateVerdict.Unpriced, GateVerdict.WithinLimit], result.Scenarios.Select(one => one.Verdict));
        Assert.Equal((GateVerdict.Unpriced, false), (result.Total.Verdict, result.IsPassed));
        Assert.Equal("'s' has calls that are not wholly priced, so that it is not known what the change did.", result.Reasons[0]);
        Assert.StartsWith("No price for model 'nobody-1'", result.Reasons[1], StringComparison.Ordinal);
        Assert.Null(result.Total.Costs[0].Change);
    }

    /// <summary>A part of a price is a lower bound, not a cost.</summary>
    [Fact]
    public void PartlyPriced_IsUndecided()
    {
        string partly = GateRuns.Call("s", 1).Replace("\"usage\":", "\"meters\":{\"webSearch\":1},\"usage\":", StringComparison.Ordinal);

        GateResult result = GateRuns.Compare([GateRuns.Call("s", 1)], [partly]);

        Assert.Equal((GateVerdict.Unpriced, 1L, 0L), (result.Total.Verdict, result.Total.Head!.Partial, result.Total.Head.Unpriced));
        Assert.Equal(1m, result.Total.Costs[0].Head);
    }
}
