using CsCheck;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Estimation.Exactness;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Columns;

/// <summary>Columns cost what their rows cost one by one, to the last digit, whatever the card says.</summary>
public class ColumnEstimatorTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), Until = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "Currency": "USD", "Models": {
          "deepseek-reasoner": { "PerMillionTokens": { "Input": 0.55, "CacheRead": 0.14, "Output": 2.19 } },
          "o1": { "PerMillionTokens": { "Input": 15, "CacheRead": 7.5, "Output": 60 } },
          "free": { "PerMillionTokens": { "Input": 0, "CacheRead": 0, "Output": 0 } },
          "third": { "PerMillionTokens": { "Input": 1, "Output": 1 }, "Rules": [ { "Name": "odd", "Multiply": 0.0000000000000000001 } ] },
          "wide": { "PerMillionTokens": { "Input": 0.0000000000000000001, "Output": 10000 } },
          "long": { "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "Output": 15 }, "Rules": [
            { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "CacheRead": 0.6, "Output": 22.5 } } ] } } }
        """);

    private const string TwoPrices = """
        { "Currency": "USD", "Models": {
          "dated": { "Versions": [ { "Until": "2025-07-01", "PerMillionTokens": { "Input": 2 } }, { "From": "2025-07-01", "PerMillionTokens": { "Input": 1 } } ] },
          "o1": { "PerMillionTokens": { "Input": 15 } } } }
        """;

    /// <summary>DeepSeek's day in a thousand equal rows: 342, 266 and 168 million tokens each are 342 x 0.14 + 266 x 0.55 + 168 x 2.19 =
    /// 562.10 on R1 and 342 x 7.5 + 266 x 15 + 168 x 60 = 16,635 on o1.</summary>
    [Theory]
    [InlineData("deepseek-reasoner", "562.10", "562100")]
    [InlineData("o1", "16635", "16635000")]
    public void Estimate_DeepSeekDay_IsThePublishedAmount(string model, string row, string total)
    {
        UsageColumns columns = new(1_000)
        {
            [TokenBucket.Input] = Column(266_000_000, 1_000),
            [TokenBucket.CacheRead] = Column(342_000_000, 1_000),
            [TokenBucket.Output] = Column(168_000_000, 1_000),
        };
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [new(model)]);
        long[] amounts = new long[1_000];

        Assert.Equal(0, estimator.Estimate(columns, amounts));

        Assert.All(amounts, amount => Assert.Equal(decimal.Parse(row, System.Globalization.CultureInfo.InvariantCulture), Scaled(amount, estimator.Scale)));
        Assert.Equal(new Money(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), "USD"), estimator.Sum(columns).GetAmount(0));
    }

    /// <summary>Any card, any context, any rows: each amount and each sum is that of the rows one by one. The single estimate is held to an
    /// independent reference by <see cref="Estimation.ExactnessTests"/>.</summary>
    [Fact]
    public void Columns_OfAnyCard_AreTheRowsOneByOne()
    {
        SampleCounts reached = new();
        Gen.Select(CaseGen.Usual, Gen.Int[0, int.MaxValue]).Sample(
            (one, seed) =>
            {
                CostEstimator estimator;
                try
                {
                    estimator = one.CreateEstimator();
                }
                catch (RateCardException)
                {
                    return;
                }

                Check(estimator, RandomRows.Make(one, seed), reached);
            },
            iter: SampleSize.OrGiven(1_500));

        reached.AssertReached(("priced", 20), ("unpriced", 5), ("of several kinds", 40), ("with instants", 40), ("more than six buckets", 10), ("many", 40));
    }

    [Fact]
    public void Sum_AnyNumberOfThreads_IsTheSame()
    {
        (UsageColumns columns, CallKind[] kinds) = Many(400_000);
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, kinds);
        Money?[] expected = [.. Enumerable.Range(0, kinds.Length).Select(estimator.Sum(columns).GetAmount)];

        foreach (int threads in new[] { 2, 3, 7 })
        {
            ColumnTotals totals = estimator.Sum(columns, threads);
            Assert.Equal(expected, Enumerable.Range(0, kinds.Length).Select(totals.GetAmount));
        }
    }

    [Fact]
    public void SumBy_Groups_AddUpToTheKinds()
    {
        (UsageColumns columns, CallKind[] kinds) = Many(50_000, kinds: 4);
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, kinds);
        int[] groups = [.. Enumerable.Range(0, columns.Rows).Select(row => row % 7)];

        ColumnTotals byGroup = estimator.SumBy(columns, groups, 7, threads: 2);
        ColumnTotals byKind = estimator.Sum(columns);

        Assert.Equal(
            Enumerable.Range(0, kinds.Length).Sum(kind => byKind.GetAmount(kind)?.Amount ?? 0),
            Enumerable.Range(0, 7).Sum(group => byGroup.GetAmount(group)!.Value.Amount));
    }

    /// <summary>A price of 1e-19 of a millionth has 25 digits behind the point: no column of 63 bits has its unit, and the sum is exact all
    /// the same.</summary>
    [Fact]
    public void Estimate_PriceOfManyDigits_IsOutOfTheColumnAndInTheSum()
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [new("third")]);
        UsageColumns columns = new(2) { [TokenBucket.Input] = new[] { 3, 4 } };
        long[] amounts = new long[2];

        Assert.Equal(2, estimator.Estimate(columns, amounts));

        Assert.Equal([ColumnEstimator.OutOfRange, ColumnEstimator.OutOfRange], amounts);
        Assert.Equal(0.0000000000000000000000007m, estimator.Sum(columns).GetAmount(0)!.Value.Amount);
    }

    /// <summary>20,000,000.01 + 3e-25 has 33 digits, which no decimal holds: 2,000,000,001 x 10,000 and 3 x 1e-19, per million. The row
    /// before it costs 15 as ever.</summary>
    [Fact]
    public void Estimate_RowThatNoDecimalHolds_LeavesTheOthersTheirAmounts()
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [new("o1"), new("wide")]);
        UsageColumns columns = new(2)
        {
            Kinds = new ushort[] { 0, 1 },
            [TokenBucket.Input] = new[] { 1_000_000, 3 },
            [TokenBucket.Output] = new[] { 0, 2_000_000_001 },
        };
        long[] amounts = new long[2];

        Assert.Equal(1, estimator.Estimate(columns, amounts));

        Assert.Equal((15m, ColumnEstimator.OutOfRange), (Scaled(amounts[0], estimator.Scale), amounts[1]));
        Assert.StartsWith("Row 1: ", Assert.Throws<OverflowException>(() => estimator.Sum(columns)).Message, StringComparison.Ordinal);
        TokenUsage beyond = new() { Input = 3, Output = 2_000_000_001 };
        Assert.Throws<OverflowException>(() => Estimator.GetModel("wide").TryGetTotal(in beyond, default, out _));
    }

    [Fact]
    public void Estimate_ModelWithoutAPrice_HasNoAmount()
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [new("o1"), new("nobody-1")]);
        UsageColumns columns = new(3) { Kinds = new ushort[] { 0, 1, 0 }, [TokenBucket.Input] = new[] { 1, 1, 1 }, [TokenBucket.AudioInput] = new[] { 0, 0, 1 } };
        long[] amounts = new long[3];

        Assert.Equal(2, estimator.Estimate(columns, amounts)); // o1 has no price for audio

        Assert.Equal([15m / 1_000_000, -1, -1], amounts.Select(amount => amount < 0 ? amount : Scaled(amount, estimator.Scale)));
        ColumnTotals totals = estimator.Sum(columns);
        Assert.Equal((2L, 1L, 1L), (totals.Unpriced, totals.GetUnpriced(0), totals.GetUnpriced(1)));
        Assert.Equal((new Money(0.000015m, "USD"), null), (totals.GetAmount(0), totals.GetAmount(1)));
    }

    [Fact]
    public void Columns_ThatCannotBe_AreRefusedWithTheirRow()
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [new("o1"), new("long")]);
        long[] amounts = new long[20];
        int[] counts = new int[20];
        counts[17] = -3;
        ushort[] kinds = new ushort[20];
        kinds[5] = 2;

        Assert.Equal("Row 17 has -3 Input tokens. Counts are never negative.", Message(() => estimator.Estimate(new(20) { [TokenBucket.Input] = counts }, amounts)));
        Assert.Equal("Row 17 has -3 Input tokens. Counts are never negative.", Message(() => estimator.Sum(new(20) { [TokenBucket.Input] = counts })));
        Assert.Equal("Row 5 is of kind 2, where the kinds are 0 to 1.", Message(() => estimator.Sum(new(20) { Kinds = kinds })));
        Assert.Equal("Row 5 is of kind 2, where the kinds are 0 to 1.", Message(() => estimator.Estimate(new(20) { Kinds = kinds }, amounts)));
        Assert.StartsWith("The column Output has 3 values, where there are 20 rows.", Message(() => _ = new UsageColumns(20) { [TokenBucket.Output] = new int[3] }), StringComparison.Ordinal);
        Assert.StartsWith("There is room for 20 amounts, where there are 21 rows.", Message(() => estimator.Estimate(new(21), amounts)), StringComparison.Ordinal);
        Assert.StartsWith("The rows have instants.", Message(() => estimator.Sum(new(1) { Instants = new long[1] })), StringComparison.Ordinal);
        Assert.StartsWith("There are 0 kinds of call.", Message(() => ColumnEstimator.Create(Estimator, [])), StringComparison.Ordinal);
        Assert.Equal("Row 1 is of group 5, where the groups are 0 to 2.", Message(() => estimator.SumBy(new(2), (int[])[0, 5], 3)));
        Assert.StartsWith("There are 1 groups of rows, where there are 2 rows.", Message(() => estimator.SumBy(new(2), (int[])[0], 3)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(7, 2)]
    [InlineData(5_000, 3)]
    [InlineData(5_001, ushort.MaxValue)]
    [InlineData(9_001, 2)] // behind the last four
    public void Sum_KindThatIsNotThere_IsRefusedWithItsRow(int row, int kind)
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Estimator, [new("o1"), new("gpt-4o")]);
        ushort[] kinds = new ushort[9_002];
        kinds[row] = (ushort)kind;
        UsageColumns columns = new(kinds.Length) { Kinds = kinds, [TokenBucket.Input] = new int[kinds.Length] };
        string message = $"Row {row} is of kind {kind}, where the kinds are 0 to 1.";

        Assert.Equal(message, Message(() => estimator.Sum(columns)));
        Assert.Equal(message, Message(() => estimator.Sum(columns, threads: 2)));
        Assert.Equal(message, Message(() => estimator.Estimate(columns, new long[kinds.Length])));
        Assert.Equal(message, Message(() => estimator.SumBy(columns, new int[kinds.Length], 1)));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(17, long.MinValue)]
    [InlineData(18, long.MaxValue)]
    [InlineData(2_000, 3_155_378_976_000_000_000)] // a tick after 9999
    public void Instant_ThatIsNotADate_IsRefusedWithItsRow(int row, long ticks)
    {
        ColumnEstimator estimator = ColumnEstimator.Create(Cards.Estimator(TwoPrices), [new("dated"), new("o1")], From, Until);
        long[] instants = new long[2_001];
        Array.Fill(instants, From.UtcTicks);
        instants[row] = ticks;
        UsageColumns columns = new(instants.Length) { Instants = instants, [TokenBucket.Input] = new int[instants.Length] };
        string message = $"Row {row} has the instant {ticks}. Ticks of UTC are 0 to 3155378975999999999: give DateTimeOffset.UtcTicks.";

        foreach (UsageColumns one in (UsageColumns[])[columns, new(columns.Rows) { Instants = instants, Kinds = new ushort[columns.Rows] }])
        {
            Assert.Equal(message, Message(() => estimator.Sum(one)));
            Assert.Equal(message, Message(() => estimator.Sum(one, threads: 2)));
            Assert.Equal(message, Message(() => estimator.Estimate(one, new long[one.Rows])));
            Assert.Equal(message, Message(() => estimator.SumBy(one, new int[one.Rows], 1)));
        }
    }

    private static void Check(CostEstimator estimator, RandomRows rows, SampleCounts reached)
    {
        PricedModel[] models = [.. rows.Kinds.Select(kind => estimator.GetModel(kind.Model))];
        ColumnEstimator columns = ColumnEstimator.Create(estimator, rows.Kinds, rows.HasInstants ? From : null, rows.HasInstants ? Until : null);
        long[] amounts = new long[rows.Columns.Rows];
        columns.Estimate(rows.Columns, amounts);
        ExactSum[] sums = new ExactSum[rows.Kinds.Length];
        long[] unpriced = new long[rows.Kinds.Length];
        bool hasSums = true;
        for (int row = 0; row < amounts.Length; row++)
        {
            (int kind, TokenUsage usage, CallContext context) = rows.Row(row);
            if (IsBeyondDecimals(models[kind], usage, context, out bool isPriced, out decimal amount))
            {
                Assert.Equal(ColumnEstimator.OutOfRange, amounts[row]);
                hasSums = false;
                continue;
            }

            sums[kind].Add(amount);
            unpriced[kind] += isPriced ? 0 : 1;
            if (!isPriced)
            {
                Assert.Equal(ColumnEstimator.NotPriced, amounts[row]);
            }
            else if (amounts[row] != ColumnEstimator.OutOfRange)
            {
                Assert.Equal(amount, Scaled(amounts[row], columns.Scale));
            }
            else
            {
                decimal units = amount;
                for (int i = 0; i < columns.Scale && units < 1e20m; i++)
                {
                    units *= 10;
                }

                Assert.True(units > long.MaxValue || units != decimal.Truncate(units), $"row {row}: {amount} is in reach.");
            }

            reached.Add(("priced", isPriced), ("unpriced", !isPriced), ("of several kinds", rows.Kinds.Length > 1), ("with instants", rows.HasInstants),
                ("more than six buckets", rows.Buckets > 6), ("many", amounts.Length >= 60));
        }

        if (!hasSums)
        {
            Assert.Throws<OverflowException>(() => columns.Sum(rows.Columns, threads: 2));
            return;
        }

        ColumnTotals totals = columns.Sum(rows.Columns, threads: 2);
        Assert.Equal(unpriced, Enumerable.Range(0, rows.Kinds.Length).Select(totals.GetUnpriced));
        Assert.Equal(sums.Select(sum => sum.ToDecimal(out _)), Enumerable.Range(0, rows.Kinds.Length).Select(kind => totals.GetAmount(kind)!.Value.Amount));
    }

    /// <summary>Whether the single estimate throws, because no decimal holds the amount.</summary>
    private static bool IsBeyondDecimals(PricedModel model, TokenUsage usage, CallContext context, out bool isPriced, out decimal amount)
    {
        try
        {
            isPriced = model.TryGetTotal(in usage, in context, out amount);
            return false;
        }
        catch (OverflowException)
        {
            (isPriced, amount) = (false, 0);
            return true;
        }
    }

    private static (UsageColumns Columns, CallKind[] Kinds) Many(int rows, int kinds = 5)
    {
        Random random = new(5);
        CallKind[] all = [new("deepseek-reasoner"), new("o1"), new("long"), new("free"), new("third")];
        ushort[] kind = [.. Enumerable.Range(0, rows).Select(_ => (ushort)random.Next(kinds))];
        int[] Counts(int[] source) => [.. kind.Zip(source, (one, count) => one == 4 ? count % 50 : count)];
        return (
            new(rows)
            {
                Kinds = kind,
                [TokenBucket.Input] = Counts(RandomRows.Counts(random, rows)),
                [TokenBucket.Output] = Counts(RandomRows.Counts(random, rows)),
            },
            all[..kinds]);
    }

    private static int[] Column(int count, int rows) => [.. Enumerable.Repeat(count, rows)];

    private static decimal Scaled(long amount, int scale) => Enumerable.Repeat(10, scale).Aggregate((decimal)amount, (value, ten) => value / ten);

    private static string Message(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
