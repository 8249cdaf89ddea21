using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Columns;

/// <summary>What columns allocate does not depend on how many rows they have.</summary>
public class ColumnAllocationTests
{
    private const int Few = 1 << 12, Many = 1 << 17;

    /// <summary>What scheduling allocates more in one run than in another, in bytes: less than one object for each 4,096 rows that are more.</summary>
    private const int OfTheRuntime = 512;

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "Currency": "USD", "Models": {
          "flat": { "PerMillionTokens": { "Input": 1, "Output": 5 } },
          "tiered": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [ { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6 } } ] },
          "windowed": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [ { "Name": "peak", "Multiply": 2, "When": { "Daily": [ "01:00-04:00" ], "TimeZone": "UTC" } } ] } } }
        """);

    [Theory]
    [InlineData("flat")]
    [InlineData("tiered")]
    [InlineData("windowed")]
    [InlineData("flat", "tiered", "windowed")]
    public void Columns_OfMoreRows_AllocateNoMore(params string[] models)
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [.. models.Select(model => new CallKind(model))], From, From.AddYears(1));
        UsageColumns few = Make(Few, models.Length), many = Make(Many, models.Length);
        long[] amounts = new long[Many];
        int[] groups = new int[Many];

        AssertSame(columns => estimator.Estimate(columns, amounts));
        AssertSame(columns => estimator.Sum(columns));
        AssertSame(columns => estimator.SumBy(columns, groups.AsMemory(0, columns.Rows), 1));

        void AssertSame(Action<UsageColumns> run)
        {
            Assert.InRange(Measure(() => run(many)), 0, Measure(() => run(few)) + OfTheRuntime);
        }
    }

    private static long Measure(Action run)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before); // the runtime itself allocates now and then
        }

        return least;
    }

    private static UsageColumns Make(int rows, int kinds)
    {
        Random random = new(rows);
        return new(rows)
        {
            Kinds = kinds == 1 ? null : (ushort[])[.. Enumerable.Range(0, rows).Select(row => (ushort)(row % kinds))],
            Instants = (long[])[.. Enumerable.Range(0, rows).Select(row => From.UtcTicks + (row * TimeSpan.TicksPerMinute))],
            [TokenBucket.Input] = (int[])[.. Enumerable.Range(0, rows).Select(_ => random.Next(400_000))],
            [TokenBucket.Output] = (int[])[.. Enumerable.Range(0, rows).Select(_ => random.Next(1_000))],
        };
    }
}
