using System.Globalization;

namespace LlmCostModel;

/// <summary>The usage of many calls, column by column: a row is a call, or what many equal ones consumed.</summary>
/// <remarks>Holds the memory that it is given and copies nothing. A column that is left out is 0 in every row.</remarks>
public sealed class UsageColumns
{
    private readonly ReadOnlyMemory<int>[] _counts = new ReadOnlyMemory<int>[TokenBuckets.Count];

    /// <summary>Describes columns of so many rows.</summary>
    /// <param name="rows">How many rows every column has.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative.</exception>
    public UsageColumns(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        Rows = rows;
    }

    /// <summary>Gets how many rows every column has.</summary>
    public int Rows { get; }

    /// <summary>Gets the kind of each row: its place in the list that the <see cref="ColumnEstimator"/> was made with. Empty means that
    /// every row is of the first kind.</summary>
    /// <exception cref="ArgumentException">The column has not as many values as there are rows.</exception>
    public ReadOnlyMemory<ushort> Kinds { get; init => field = Checked(value, nameof(Kinds)); }

    /// <summary>Gets when each call was sent, in ticks of UTC as in <see cref="DateTimeOffset.UtcTicks"/>. Empty means the instant of its
    /// kind.</summary>
    /// <exception cref="ArgumentException">The column has not as many values as there are rows.</exception>
    public ReadOnlyMemory<long> Instants { get; init => field = Checked(value, nameof(Instants)); }

    /// <summary>Gets the tokens of one bucket in each row; empty means none.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <exception cref="ArgumentException">The column has not as many values as there are rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bucket"/> is not a bucket.</exception>
    public ReadOnlyMemory<int> this[TokenBucket bucket]
    {
        get => _counts[(int)TokenBuckets.Get(bucket).Bucket];
        init => _counts[(int)TokenBuckets.Get(bucket).Bucket] = Checked(value, TokenBuckets.NameOf(bucket));
    }

    /// <summary>Adds a column, or takes another one in its place.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="counts">Its tokens in each row.</param>
    /// <returns>The columns with it; these stay as they are.</returns>
    /// <exception cref="ArgumentException">The column has not as many values as there are rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bucket"/> is not a bucket.</exception>
    public UsageColumns With(TokenBucket bucket, ReadOnlyMemory<int> counts)
    {
        UsageColumns with = new(Rows) { Kinds = Kinds, Instants = Instants };
        _counts.CopyTo(with._counts, 0);
        with._counts[(int)TokenBuckets.Get(bucket).Bucket] = Checked(counts, TokenBuckets.NameOf(bucket));
        return with;
    }

    /// <summary>The buckets that have a column, by their value.</summary>
    internal int FindBuckets(Span<TokenBucket> buckets)
    {
        int count = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (!_counts[i].IsEmpty)
            {
                buckets[count++] = (TokenBucket)i;
            }
        }

        return count;
    }

    /// <param name="row">The row.</param>
    /// <returns>Its instant, in ticks of UTC; <see langword="null"/> when rows have none.</returns>
    /// <exception cref="ArgumentException">It is not one that there is.</exception>
    internal long? InstantOf(int row)
    {
        if (Instants.IsEmpty)
        {
            return null;
        }

        long ticks = Instants.Span[row];
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"Row {row} has the instant {ticks}. Ticks of UTC are 0 to {DateTime.MaxValue.Ticks}: give DateTimeOffset.UtcTicks."));
    }

    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException">A count of the row is negative.</exception>
    internal TokenUsage UsageOf(int row)
    {
        TokenCounts counts = default;
        for (int i = 0; i < _counts.Length; i++)
        {
            int count = _counts[i].IsEmpty ? 0 : _counts[i].Span[row];
            counts[i] = count >= 0 ? count : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row} has {count} {TokenBuckets.NameOf((TokenBucket)i)} tokens. Counts are never negative."));
        }

        return TokenUsage.FromCounts(in counts);
    }

    private ReadOnlyMemory<T> Checked<T>(ReadOnlyMemory<T> column, string name) =>
        column.IsEmpty || column.Length == Rows ? column : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"The column {name} has {column.Length} values, where there are {Rows} rows."));
}
