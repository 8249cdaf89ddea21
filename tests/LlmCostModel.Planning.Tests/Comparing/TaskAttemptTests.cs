using CsCheck;

namespace LlmCostModel.Planning.Tests;

public sealed class TaskAttemptTests
{
    [Fact]
    public void ReasoningCurve_N36R1AndItsUpdate_CostMorePerSolvedAlthoughBetter()
    {
        // AIME 2025 by the model card of R1-0528: 12K tokens 70%, 23K tokens 87.5%, at 2.19 per million.
        var curve = ReasoningCurve.Compute(
            Prices.Estimator,
            "deepseek-reasoner",
            default,
            [new() { Label = "R1-0528", ReasoningTokens = 23_000, Quality = 0.875m }, new() { Label = "R1", ReasoningTokens = 12_000, Quality = 0.70m }]);

        Assert.Equal(["R1", "R1-0528"], curve.Select(point => point.Level.Label));
        Assert.Equal([0.02628m, 0.05037m], curve.Select(point => point.Attempt.Amount));
        Assert.Equal([0.037543m, 0.057566m], curve.Select(point => decimal.Round(point.Attempt.AmountPerSolved!.Value, 6)));
        Assert.Null(curve[0].AmountPerExtraSolved);
        Assert.Equal(0.137657m, decimal.Round(curve[1].AmountPerExtraSolved!.Value, 6)); // 0.02409 / 0.175
        Assert.All(curve, point => Assert.True(point.OnFrontier));
    }

    [Theory]
    [InlineData(0.70, 0.93, 0.75269)]
    [InlineData(1.39, 0.917, 1.51581)]
    [InlineData(0.95, 0.94, 1.01064)]
    public void AmountPerSolved_N37MeasuredCascades_AmountOverRate(double amount, double rate, double expected) =>
        Assert.Equal((decimal)expected, decimal.Round(new TaskAttempt { Amount = (decimal)amount, SolveRate = (decimal)rate }.AmountPerSolved!.Value, 5));

    [Fact]
    public void Cascade_CheapThenDearThenPerson_AddsWhatReachesEach()
    {
        TaskAttempt cascade = TaskAttempt.Cascade(
            new() { Amount = 0.1m, SolveRate = 0.6m }, new() { Amount = 1m, SolveRate = 0.5m }, new() { Amount = 20m, SolveRate = 1m });

        Assert.Equal((4.5m, 1m), (cascade.Amount, cascade.SolveRate)); // 0.1 + 0.4 x 1 + 0.2 x 20
    }

    [Fact]
    public void Repeat_ThreeTries_CostsWhatReachesEach()
    {
        TaskAttempt three = new TaskAttempt { Amount = 0.10m, SolveRate = 0.60m }.Repeat(3);

        Assert.Equal((0.156m, 0.936m), (three.Amount, three.SolveRate)); // 0.1 x (1 + 0.4 + 0.16), 1 - 0.4^3
    }

    [Fact]
    public void Repeated_AnyNumberOfTries_CostsTheSamePerSolved() =>
        Gen.Select(Gen.Int[1, 1_000], Gen.Int[1, 100], Gen.Int[1, 6]).Sample((cents, percent, tries) =>
        {
            TaskAttempt once = new() { Amount = cents / 100m, SolveRate = percent / 100m };
            return once.Repeat(tries).AmountPerSolved == once.AmountPerSolved;
        });

    [Fact]
    public void AmountPerExtraSolved_NoBetter_IsNull()
    {
        TaskAttempt attempt = new() { Amount = 1, SolveRate = 0.5m };
        Assert.Null(attempt.GetAmountPerExtraSolved(attempt with { Amount = 2 }));
        Assert.Null(new TaskAttempt { Amount = 1, SolveRate = 0 }.AmountPerSolved);
    }

    [Fact]
    public void Frontier_TiesAndDominated_KeepsTheFirstOfWhatNothingBeats()
    {
        (string Name, decimal Amount, decimal Quality)[] items = [("a", 1, 5), ("a2", 1, 5), ("b", 1, 4), ("c", 2, 5), ("d", 2, 6), ("e", 3, 6), ("f", 4, 7)];

        Assert.Equal(["a", "d", "f"], ParetoFrontier.Find(items, item => item.Amount, item => item.Quality).Select(item => item.Name));
        Assert.Empty(ParetoFrontier.Find(Array.Empty<int>(), _ => 0, _ => 0));
    }
}
