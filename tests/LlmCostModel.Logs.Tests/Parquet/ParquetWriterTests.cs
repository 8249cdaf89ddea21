using System.Globalization;

namespace LlmCostModel.Logs.Tests.Parquet;

/// <summary>What is written is what is read again, by DuckDB and here.</summary>
public class ParquetWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(129)]
    [InlineData(140_000)] // two row groups
    public void Columns_AreReadAsTheyWere(int rows)
    {
        Random random = new(rows);
        long[] edges = [long.MinValue, long.MaxValue, 0, -1, 1];
        decimal[] amounts = [decimal.MaxValue / 1_000_000_000_000_000m, -0.000000000000000001m, 12.5m, 0, -3, 79_228_162_514m];
        List<string?[]> expected = [];
        WrittenColumn number = new("n", ParquetKind.Integer);
        WrittenColumn text = new("s", ParquetKind.Text);
        WrittenColumn same = new("same", ParquetKind.Text);
        WrittenColumn amount = new("d", ParquetKind.Decimal);
        WrittenColumn at = new("t", ParquetKind.Instant);
        WrittenColumn none = new("none", ParquetKind.Integer);
        for (int i = 0; i < rows; i++)
        {
            long? n = random.Next(5) == 0 ? null : random.Next(3) == 0 ? edges[random.Next(5)] : random.NextInt64(1000);
            string? s = random.Next(5) == 0 ? null : $"é{random.Next()}";
            string same1 = i % 3 == 0 ? "" : $"v{random.Next(70)}";
            decimal? d = random.Next(5) == 0 ? null : amounts[random.Next(6)];
            DateTimeOffset? t = random.Next(5) == 0 ? null : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(1L << 50) * 10);
            number.AddNumber(n);
            text.AddText(s);
            same.AddText(same1);
            amount.AddDecimal(d);
            at.AddInstant(t);
            none.AddNumber(null);
            expected.Add(
            [
                n?.ToString(CultureInfo.InvariantCulture), s, same1, d?.ToString("0.############################", CultureInfo.InvariantCulture),
                t?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), null,
            ]);
        }

        using MemoryStream file = new();
        new ParquetWriter(file).Write([number, text, same, amount, at, none]);

        ParquetTable table = new(new ParquetFile(new MemoryStream(file.ToArray()), "file"));
        List<string?[]> read = [];
        foreach (ParquetRows group in table.Groups())
        {
            for (int row = 0; row < group.Count; row++)
            {
                read.Add([.. Enumerable.Range(0, 6).Select(column => ValueText.Of(group[column], row))]);
            }
        }

        Assert.Equal(expected, read);
        string?[][] counted = DuckDbFile.Read(
            file.ToArray(),
            "SELECT count(*)::VARCHAR, count(n)::VARCHAR, count(DISTINCT s)::VARCHAR, count(same)::VARCHAR, sum(d)::DECIMAL(38,18)::VARCHAR, max(t)::TIMESTAMPTZ::VARCHAR, sum(n::HUGEINT)::VARCHAR FROM file");
        Assert.Equal(
            [
                rows.ToString(CultureInfo.InvariantCulture),
                expected.Count(row => row[0] is not null).ToString(CultureInfo.InvariantCulture),
                expected.Select(row => row[1]).OfType<string>().Distinct().Count().ToString(CultureInfo.InvariantCulture),
                rows.ToString(CultureInfo.InvariantCulture),
            ],
            counted[0].Take(4));
        Int128 sum = expected.Aggregate((Int128)0, (before, row) => before + (row[0] is { } one ? long.Parse(one, CultureInfo.InvariantCulture) : 0));
        Assert.Equal(expected.All(row => row[0] is null) ? null : sum.ToString(CultureInfo.InvariantCulture), counted[0][6]);
    }

    /// <summary>A decimal of Parquet has 38 digits: 11 before the point and 28 behind it are one more.</summary>
    [Fact]
    public void Decimals_ThatNeedMoreDigits_AreAFault()
    {
        WrittenColumn column = new("cost", ParquetKind.Decimal);
        column.AddDecimal(12_345_678_901m);
        column.AddDecimal(0.0000000000000000000000000001m);

        Assert.Equal(
            "The column 'cost' cannot be written to Parquet: its values need more than 38 digits together, 28 of them behind the point. Write CSV.",
            Assert.Throws<LogFormatException>(() => new ParquetWriter(new MemoryStream()).Write([column])).Message);
    }

    /// <summary>A tick of 100 ns beside a year that 64 bits of nanoseconds do not reach (2262).</summary>
    [Fact]
    public void Instants_ThatNeedMoreThanNanoseconds_AreAFaultThatNamesOne()
    {
        WrittenColumn column = new("at", ParquetKind.Instant);
        column.AddInstant(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1));
        column.AddInstant(new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(
            "The column 'at' cannot be written to Parquet: the instant 9999-12-31T00:00:00.0000000Z does not fit into nanoseconds, which another one needs.",
            Assert.Throws<LogFormatException>(() => new ParquetWriter(new MemoryStream()).Write([column])).Message);
    }
}
