using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Columns;

/// <summary>Sums of rows of many models are exact whatever their counts are: also where sums of 32 bits are full, and begin anew.</summary>
public class LargeCountTests
{
    private static readonly ColumnEstimator Columns = ColumnEstimator.Create(
        Cards.Estimator("""
            { "Currency": "USD", "Models": {
              "a": { "PerMillionTokens": { "Input": 1, "Output": 10 } },
              "b": { "PerMillionTokens": { "Input": 2, "Output": 20 } },
              "c": { "PerMillionTokens": { "Input": 3, "Output": 30 } } } }
            """),
        [new("a"), new("b"), new("c")]);

    /// <summary>All rows have a count of so many bits, or one of a thousand has, or those of one half of the rows.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(0)]
    public void Sum_OfCountsOfAnySize_IsThatOfWholeNumbers(int every)
    {
        const int Rows = 70_003;
        for (int bits = 1; bits <= 31; bits++)
        {
            int large = (int)((1L << bits) - 1);
            int[] input = [.. Enumerable.Range(0, Rows).Select(row => (every == 0 ? row > Rows / 2 : row % every == 0) ? large : row % 100)];
            int[] output = [.. input.Select(count => count / 3)];
            ushort[] kinds = [.. Enumerable.Range(0, Rows).Select(row => (ushort)(row * 7 % 3))];
            decimal[] expected = new decimal[3];
            for (int row = 0; row < Rows; row++)
            {
                // The prices of model n are n + 1 and 10 times that, per million.
                expected[kinds[row]] += ((kinds[row] + 1m) * input[row] / 1_000_000m) + ((kinds[row] + 1) * 10m * output[row] / 1_000_000m);
            }

            ColumnTotals totals = Columns.Sum(
                new(Rows) { Kinds = kinds, [TokenBucket.Input] = input, [TokenBucket.Output] = output }, threads: 1 + (bits % 2));

            Assert.Equal(expected, Enumerable.Range(0, 3).Select(kind => totals.GetAmount(kind)!.Value.Amount));
        }
    }
}
