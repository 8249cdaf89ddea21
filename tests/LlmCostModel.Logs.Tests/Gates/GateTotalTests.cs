namespace LlmCostModel.Logs.Tests.Gates;

/// <summary>The total where scenarios have different numbers of runs: the sum of what they cost on average. By hand: a million tokens are
/// a dollar.</summary>
public class GateTotalTests
{
    /// <summary>A costs 1 in each of three runs; N, of one run of the head, 900: 1 before and 901 after, 900 times as much more.</summary>
    [Fact]
    public void NewScenarioOfOneRun_IsAChangeOfTheTotal()
    {
        string[] before = GateRuns.Runs("A", 1, 1, 1);

        GateResult result = GateRuns.Compare(before, [.. before, .. GateRuns.Runs("N", 900)]);

        GateCost total = result.Total.Costs[0];
        Assert.Equal((1m, 901m, 900m, GateVerdict.Increase, 0m), (total.Base, total.Head, total.Change, total.Verdict, total.Noise));
        Assert.Equal(["All together cost more than is allowed."], result.Reasons);
        Assert.Contains(
            "Run only once, so that nothing is known of its chance: 'N'. The limit alone decides, and in the total it counts as a change, "
            + "not as noise.",
            result.Notes);
    }

    /// <summary>A 0.55 on both sides, B 0.55 of which the head has 1 run of 5, C 1.65 in one run: 1.1 before, 2.75 after. Calls of a run:
    /// 2 before, 3 after; input 1.1 and 2.75 million.</summary>
    [Fact]
    public void ScenarioOfFewerRuns_CountsWhole()
    {
        decimal[] five = [0.55m, 0.55m, 0.55m, 0.55m, 0.55m];

        GateResult result = GateRuns.Compare(
            [.. GateRuns.Runs("A", five), .. GateRuns.Runs("B", five)],
            [.. GateRuns.Runs("A", five), .. GateRuns.Runs("B", 0.55m), .. GateRuns.Runs("C", 1.65m)]);

        GateCost total = result.Total.Costs[0];
        Assert.Equal((1.1m, 2.75m, 1.5m, GateVerdict.Increase), (total.Base, total.Head, total.Change, total.Verdict));
        Assert.Equal((2m, 3m), (result.Total.Base!.CallsPerRun, result.Total.Head!.CallsPerRun));
        Assert.Equal((1_100_000m, 2_750_000m), (result.Total.Base!.InputPerRun, result.Total.Head!.InputPerRun));
        Assert.Equal(0m, result.Total.Head!.OutputPerRun);
    }

    /// <summary>Two parts. The first costs 10 of 55 before and 10 of 100 after, its runs of 9 and 11 have a squared variation of 0.02:
    /// (10/55)^2 x 0.02 / 2 = 0.000330579 and 0.01 x 0.02 / 2 = 0.0001. The second does not vary before, and after it is 90 of 100 with a
    /// squared variation of 0.01 over three runs: 0.81 x 0.01 / 3 = 0.0027. Together 0.003130579, of which the root is 0.055952. The
    /// degrees of freedom are 0.003130579^2 / (0.000330579^2 / 1 + 0.0001^2 / 1 + 0.0027^2 / 2) = 2.60356.</summary>
    [Fact]
    public void VariancesOfParts_AreAdded()
    {
        RunNoise noise = RunNoise.Of([([9, 11], [9, 11]), ([45, 45], [81, 99, 90])])!.Value;

        Assert.Equal(Math.Log(100 / 55.0), noise.Ratio, 12);
        Assert.Equal(0.055952, noise.Error, 6);
        Assert.Equal(2.60356, noise.Freedom, 4);
    }

    /// <summary>What is run once on both sides, or on the only side that has it, adds no variance: the first part alone, 0.25 x 0.02 / 2
    /// on both sides, and so 0.005 together.</summary>
    [Fact]
    public void PartOfOneRun_HasNoVariance()
    {
        RunNoise noise = RunNoise.Of([([9, 11], [9, 11]), ([4], [6]), ([6], []), ([], [4])])!.Value;

        Assert.Equal((0.0, 0.070711, 2.0), (noise.Ratio, Math.Round(noise.Error, 6), Math.Round(noise.Freedom, 9)));
        Assert.Null(RunNoise.Of([([4], [6]), ([], [4])]));
    }

    /// <summary>One scenario costs more where the other one costs less: 20 in each run, without noise.</summary>
    [Fact]
    public void ScenariosOfTheSameRuns_VaryTogether()
    {
        string[] runs = [.. GateRuns.Runs("A", 9, 11), .. GateRuns.Runs("B", 11, 9)];

        Assert.Equal((20m, 0m), (GateRuns.Compare(runs, runs).Total.Costs[0].Head, GateRuns.Compare(runs, runs).Total.Costs[0].Noise));
    }

    /// <summary>Noise above the limit is said of the total, too.</summary>
    [Fact]
    public void NoiseOfTheTotal_IsSaid()
    {
        string[] runs = [.. GateRuns.Runs("A", 5, 15), .. GateRuns.Runs("B", 6, 16)];

        string note = Assert.Single(GateRuns.Compare(runs, runs).Notes);

        Assert.StartsWith("Runs vary so much", note, StringComparison.Ordinal);
        Assert.EndsWith("'A', 'B', all together. More runs tell more.", note, StringComparison.Ordinal);
    }

    /// <summary>A side of which nothing has a price is not known, and not 0.</summary>
    [Theory]
    [InlineData("x-1", "a-1", null, 1, "s: unknown to 1 USD: Unpriced")]
    [InlineData("a-1", "x-1", 1, null, "s: 1 to unknown USD: Unpriced")]
    public void UnpricedSide_IsNotKnown(string before, string after, int? known, int? other, string text)
    {
        GateResult result = GateRuns.Compare([GateRuns.Call("s", 1, model: before)], [GateRuns.Call("s", 1, model: after)]);

        foreach (GateScenario row in (GateScenario[])[result.Scenarios[0], result.Total])
        {
            Assert.Equal(((decimal?)known, (decimal?)other, GateVerdict.Unpriced), (row.Costs[0].Base, row.Costs[0].Head, row.Costs[0].Verdict));
        }

        Assert.Equal(text, result.Scenarios[0].ToString());
    }

    /// <summary>A side of another currency did cost 0 of this one.</summary>
    [Fact]
    public void OtherCurrency_IsZero() => Assert.Equal(
        [("EUR", 0m, 1m), ("USD", 1m, 0m)],
        GateRuns.Compare([GateRuns.Call("s", 1)], [GateRuns.Call("s", 1, model: "e-1")]).Total.Costs
            .Select(cost => (cost.Currency, cost.Base!.Value, cost.Head!.Value)));
}
