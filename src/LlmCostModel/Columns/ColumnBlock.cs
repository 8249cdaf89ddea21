using System.Runtime.InteropServices;

namespace LlmCostModel;

/// <summary>A few rows of columns, which stay near the processor from step to step.</summary>
internal readonly ref struct ColumnBlock
{
    private static readonly int[] Zeros = new int[ColumnRun.Large];

    private readonly UsageColumns _columns;
    private readonly TokenBucket[] _buckets;

    internal ColumnBlock(UsageColumns columns, TokenBucket[] buckets, int start, int most)
    {
        (_columns, _buckets, Start) = (columns, buckets, start);
        Rows = Math.Min(most, columns.Rows - start);
    }

    /// <summary>The first row.</summary>
    internal int Start { get; }

    internal int Rows { get; }

    /// <summary>The counts of the n-th bucket of a group; beyond the last bucket those of the first one again, whose price there is
    /// 0.</summary>
    internal ref int Counts(int group, int n)
    {
        int first = group * PackedPrices.Width;
        int index = first + n < _buckets.Length ? first + n : first;
        ReadOnlySpan<int> column = index < _buckets.Length ? _columns[_buckets[index]].Span.Slice(Start, Rows) : Zeros;
        return ref MemoryMarshal.GetReference(column);
    }

    /// <summary>The sums of the tokens that rules on size are about.</summary>
    internal void SumSizes(TokenBasis basis, Span<long> sums)
    {
        sums.Clear();
        ReadOnlySpan<int> none = Zeros.AsSpan(0, sums.Length), first = none, second = none;
        int waiting = 0;
        foreach (TokenBucket bucket in _buckets)
        {
            if (!Belongs(bucket, basis))
            {
                continue;
            }

            ReadOnlySpan<int> column = _columns[bucket].Span.Slice(Start, Rows);
            switch (waiting++)
            {
                case 0:
                    first = column;
                    break;
                case 1:
                    second = column;
                    break;
                default: // three at a time: memory comes faster from several places at once
                    ColumnSums.AddTo(sums, first, second, column);
                    first = second = none;
                    waiting = 0;
                    break;
            }
        }

        if (waiting > 0)
        {
            ColumnSums.AddTo(sums, first, second, none);
        }
    }

    private static bool Belongs(TokenBucket bucket, TokenBasis basis)
    {
        TokenBucketInfo info = TokenBuckets.Get(bucket);
        return basis switch
        {
            TokenBasis.Output => info.Side == TokenSide.Output,
            TokenBasis.FreshInput => info is { Side: TokenSide.Input, CacheRole: CacheRole.None },
            _ => info.Side == TokenSide.Input,
        };
    }
}
