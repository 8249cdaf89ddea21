using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Columns;

/// <summary>Wrong input of columns is refused with its place.</summary>
public class ColumnFaultTests
{
    private static readonly CostEstimator Estimator = Cards.Estimator(
        """{ "Currency": "USD", "Models": { "a": { "PerMillionTokens": { "Input": 1 } } } }""");

    private static readonly ColumnEstimator Columns = ColumnEstimator.Create(Estimator, [new("a")]);

    /// <summary>Also in the last row of so many that two threads share them.</summary>
    [Theory]
    [InlineData(2, -1)]
    [InlineData(2, int.MinValue)]
    [InlineData(2, 3)]
    [InlineData(2, int.MaxValue)]
    [InlineData(1 << 18, -1)]
    [InlineData(1 << 18, 3)]
    public void GroupThatIsNotThere_IsRefused(int rows, int group)
    {
        int[] groups = new int[rows];
        groups[^1] = group;

        string message = Assert.Throws<ArgumentException>(() => Columns.SumBy(new(rows), groups, 3, threads: 2)).Message;

        Assert.Equal(FormattableString.Invariant($"Row {rows - 1} is of group {group}, where the groups are 0 to 2."), message);
    }

    /// <summary>Threads take the parts of columns in turn; the one of the first wrong row is told, whoever is done first.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void NegativeCounts_OfSeveralParts_AreToldByTheFirst(int threads)
    {
        int[] counts = new int[1 << 18];
        counts[70_000] = -7;
        counts[200_000] = counts[^1] = -8;

        string message = Assert.Throws<ArgumentException>(
            () => Columns.Sum(new(counts.Length) { [TokenBucket.Input] = counts }, threads)).Message;

        Assert.Equal("Row 70000 has -7 Input tokens. Counts are never negative.", message);
    }

    [Fact]
    public void KindThatIsNull_IsRefused()
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => ColumnEstimator.Create(Estimator, [new("a"), null!]));

        Assert.Equal(("kinds", true), (wrong.ParamName, wrong.Message.StartsWith("Kind 1 is null.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(9)]
    public void TotalThatIsNotThere_IsRefused(int index)
    {
        ColumnTotals totals = Columns.Sum(new(2));

        foreach (Action act in (Action[])[() => totals.GetAmount(index), () => totals.GetUnpriced(index)])
        {
            ArgumentOutOfRangeException wrong = Assert.Throws<ArgumentOutOfRangeException>(act);
            Assert.Equal(("index", index), (wrong.ParamName, wrong.ActualValue));
            Assert.StartsWith("There are 1 totals, numbered from 0.", wrong.Message, StringComparison.Ordinal);
        }
    }
}
