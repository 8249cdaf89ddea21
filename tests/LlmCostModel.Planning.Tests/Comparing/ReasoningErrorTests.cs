using CsCheck;

namespace LlmCostModel.Planning.Tests;

/// <summary>Qualities are measured on so many tasks: a difference of chance decides no frontier.</summary>
public sealed class ReasoningErrorTests
{
    [Fact]
    public void Compute_FewTasks_KeepsTheCheaperOfTwoThatChanceCannotTellApart()
    {
        // 30 tasks: 70% +- 8.4, 77% +- 7.7 points: 7 points are 0.62 of sqrt(8.4^2 + 7.7^2) = 11.4. 95% +- 4.0: 25 points are 2.7 of 9.3.
        var curve = Curve(30, (12_000, 0.70m), (16_000, 0.77m), (23_000, 0.95m));

        Assert.Equal([true, false, true], curve.Select(point => point.OnFrontier));
        Assert.Equal([null, "12000", null], curve.Select(point => point.WithinErrorOf));
        Assert.EndsWith(", within the error of 12000", curve[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_ManyTasks_TellsThemApart() =>
        Assert.All(Curve(3_000, (12_000, 0.70m), (16_000, 0.77m), (23_000, 0.95m)), point => Assert.True(point.OnFrontier));

    [Fact]
    public void Compute_TasksNotKnown_TakesTheQualitiesAsTheyAre() =>
        Assert.All(Curve(null, (12_000, 0.70m), (16_000, 0.701m)), point => Assert.True(point.OnFrontier && point.WithinErrorOf is null));

    [Fact]
    public void StandardError_Quality_IsTheBinomialOne()
    {
        ReasoningLevel level = new() { Label = "high", ReasoningTokens = 1, Quality = 0.8m, Tasks = 400 };

        Assert.Equal(0.02, level.StandardError!.Value, 10); // sqrt(0.16 / 400)
        Assert.Equal(0.034911, (level with { Quality = 1, Tasks = 20 }).StandardError!.Value, 6); // sqrt(0.975 x 0.025 / 20) = 0.034911
        Assert.Null((level with { Tasks = null }).StandardError);
    }

    [Fact]
    public void Compute_SameQualityAtAnyLength_OnlyTheCheapestIsOnTheFrontier() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[0, 100], Gen.Int[2, 6]).Sample((tasks, percent, levels) =>
        {
            var curve = Curve(tasks, [.. Enumerable.Range(1, levels).Select(i => (i * 1_000, percent / 100m))]);
            Assert.True(curve[0].OnFrontier);
            Assert.All(curve.Skip(1), point => Assert.False(point.OnFrontier));
        });

    [Theory]
    [InlineData(1, "0.6", "0.1")]
    [InlineData(3, "0.648", "0.3")] // 0.6^3 + 3 x 0.6^2 x 0.4
    [InlineData(2, "0.6", "0.2")] // 0.36 + half of 0.48: a vote of two is a toss
    [InlineData(5, "0.68256", "0.5")] // 0.07776 + 0.2592 + 0.3456
    public void TakeMajority_IndependentAnswers_IsMoreThanHalfOfThem(int samples, string solved, string amount)
    {
        TaskAttempt vote = new TaskAttempt { Amount = 0.1m, SolveRate = 0.6m }.TakeMajority(samples);

        Assert.Equal((Parse(amount), Parse(solved)), (vote.Amount, vote.SolveRate));
    }

    [Fact]
    public void TakeMajority_OfAThousand_ApproachesCertainty()
    {
        // o3-preview's 1,024 samples. At p = 0.6: (512 - 614.4) / sqrt(245.76) = -6.53 deviations.
        Assert.InRange(new TaskAttempt { Amount = 1, SolveRate = 0.6m }.TakeMajority(1_024).SolveRate, 0.9999999999m, 1);
        Assert.InRange(new TaskAttempt { Amount = 1, SolveRate = 0.4m }.TakeMajority(1_024).SolveRate, 0, 0.0000000001m);
    }

    [Fact]
    public void TakeBest_CheckedAnswers_PaysForAllOfThem()
    {
        TaskAttempt best = new TaskAttempt { Amount = 0.10m, SolveRate = 0.60m }.TakeBest(3);

        Assert.Equal((0.30m, 0.936m), (best.Amount, best.SolveRate)); // 1 - 0.4^3, where Repeat pays 0.156
    }

    [Fact]
    public void Combine_ArchitectAndEditor_AddsThem()
    {
        TaskAttempt both = TaskAttempt.Combine(0.8m, new Money(0.05m, "USD"), new Money(0.03m, "USD"));

        Assert.Equal((0.08m, 0.1m), (both.Amount, both.AmountPerSolved));
        Assert.Equal(
            "The parts of the attempt are paid in USD and EUR. Convert them to one currency first.",
            Assert.Throws<InvalidOperationException>(() => TaskAttempt.Combine(1, new Money(1, "USD"), new Money(1, "EUR"))).Message);
        Assert.Throws<ArgumentException>(() => TaskAttempt.Combine(1));
    }

    /// <summary>2.19 per million: 0.00438, 0.01314 and 0.02628. 75% against 61%: (0.02628 - 0.00438) / 0.14; the 66% between them is within its
    /// error of 61%, and nothing to measure against.</summary>
    [Fact]
    public void Compute_LevelThatIsNotOnTheFrontier_IsNoMeasureOfTheNext()
    {
        ReasoningPoint[] points = [.. Curve(200, (2_000, 0.61m), (6_000, 0.66m), (12_000, 0.75m))];

        Assert.Equal([true, false, true], points.Select(point => point.OnFrontier));
        Assert.Equal(0.156429m, decimal.Round(points[2].AmountPerExtraSolved!.Value, 6));
    }

    private static System.Collections.Immutable.ImmutableArray<ReasoningPoint> Curve(int? tasks, params (int Tokens, decimal Quality)[] levels) =>
        ReasoningCurve.Compute(
            Prices.Estimator,
            "deepseek-reasoner",
            default,
            levels.Select(level => new ReasoningLevel
            {
                Label = FormattableString.Invariant($"{level.Tokens}"),
                ReasoningTokens = level.Tokens,
                Quality = level.Quality,
                Tasks = tasks,
            }));

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
