using System.Numerics;
using System.Runtime.InteropServices;

namespace LlmCostModel.Logs;

/// <summary>What the rows of a block consumed together, by the place of each row.</summary>
/// <param name="counts">The columns of counts.</param>
internal sealed class BlockSums((TokenBucket Bucket, int Column)[] counts)
{
    /// <summary>How many rows a block may have: their prices are looked for once, and their columns stay near the processor.</summary>
    public const int MostRows = 1 << 12;

    /// <summary>How many places there may be.</summary>
    public const int MostPlaces = LeftOut;

    /// <summary>The place of rows that are not added up.</summary>
    public const byte LeftOut = byte.MaxValue;

    private static readonly int[] Uncached = [.. TokenBuckets.All.OrderBy(row => row.Bucket).Select(row => (int)row.Uncached)];

    private readonly byte[] _places = new byte[MostRows];
    private readonly long[] _calls = new long[LeftOut + 1];
    private readonly long[] _cached = new long[LeftOut + 1];
    private readonly long[][] _sums = [.. counts.Select(_ => new long[LeftOut + 1])];
    private readonly long[] _largest = new long[counts.Length];
    private readonly long[] _ofCaches = new long[MostRows]; // by row: not 0 where it has something of a cache

    /// <summary>Whether a row has something to do with a cache.</summary>
    public bool IsCached { get; private set; }

    /// <summary>The places of rows, to be filled.</summary>
    public Span<byte> Places(int rows) => _places.AsSpan(0, rows);

    /// <summary>How many rows are of a place.</summary>
    public int Calls(int place) => (int)_calls[place];

    /// <summary>How many of them have something to do with a cache.</summary>
    public int Cached(int place) => (int)_cached[place];

    /// <summary>Whether a row has something to do with a cache.</summary>
    public bool HasCache(int row) => _ofCaches[row] != 0;

    /// <summary>Looks at the counts of rows.</summary>
    /// <returns>Whether none of them is below 0, or above a number.</returns>
    public bool TryMeasure(ParquetRows rows, int start, int length, long most)
    {
        IsCached = false;
        for (int i = 0; i < counts.Length; i++)
        {
            (long smallest, long largest) = RangeOf(rows[counts[i].Column].Numbers(start, length));
            if (smallest < 0 || largest > most)
            {
                return false;
            }

            _largest[i] = largest;
            IsCached |= largest > 0 && IsOfCache(i);
        }

        return true;
    }

    /// <summary>Adds up what rows consumed that were measured, and whose places are filled.</summary>
    public void Add(ParquetRows rows, int start, int length)
    {
        ReadOnlySpan<byte> places = _places.AsSpan(0, length);
        Array.Clear(_calls);
        Array.Clear(_cached);
        foreach (byte place in places)
        {
            _calls[place]++;
        }

        Span<long> ofCaches = _ofCaches.AsSpan(0, length);
        ofCaches.Clear();
        for (int i = 0; i < counts.Length; i++)
        {
            Array.Clear(_sums[i]);
            if (_largest[i] > 0)
            {
                ReadOnlySpan<long> numbers = rows[counts[i].Column].Numbers(start, length);
                Add(places, numbers, _sums[i]);
                if (IsOfCache(i))
                {
                    Mark(ofCaches, numbers);
                }
            }
        }

        for (int i = 0; IsCached && i < places.Length; i++)
        {
            _cached[places[i]] += ofCaches[i] != 0 ? 1 : 0;
        }
    }

    /// <summary>At least what any row of a place consumed; or would have, without a cache.</summary>
    public TokenUsage LargestOf(int place, bool withoutCache) => UsageOf(place, withoutCache, isLargest: true);

    /// <summary>What the rows of a place consumed together; or would have, without a cache.</summary>
    public TokenUsage TogetherOf(int place, bool withoutCache) => UsageOf(place, withoutCache, isLargest: false);

    private TokenUsage UsageOf(int place, bool withoutCache, bool isLargest)
    {
        TokenUsage usage = default;
        for (int i = 0; i < counts.Length; i++)
        {
            long sum = _sums[i][place];
            if (sum > 0)
            {
                TokenBucket bucket = withoutCache ? (TokenBucket)Uncached[(int)counts[i].Bucket] : counts[i].Bucket;
                usage = usage.With(bucket, usage[bucket] + (isLargest ? Math.Min(sum, _largest[i]) : sum));
            }
        }

        return usage;
    }

    private bool IsOfCache(int i) => Uncached[(int)counts[i].Bucket] != (int)counts[i].Bucket;

    private static void Add(ReadOnlySpan<byte> places, ReadOnlySpan<long> numbers, long[] sums)
    {
        numbers = numbers[..places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            sums[places[i]] += numbers[i];
        }
    }

    private static void Mark(Span<long> marks, ReadOnlySpan<long> numbers)
    {
        numbers = numbers[..marks.Length];
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] |= numbers[i];
        }
    }

    /// <summary>The smallest and the largest of some numbers.</summary>
    public static (long Smallest, long Largest) RangeOf(ReadOnlySpan<long> numbers)
    {
        (long smallest, long largest) = (numbers[0], numbers[0]);
        ReadOnlySpan<Vector<long>> together = MemoryMarshal.Cast<long, Vector<long>>(numbers);
        (Vector<long> smaller, Vector<long> larger) = (new(smallest), new(smallest));
        foreach (Vector<long> some in together)
        {
            (smaller, larger) = (Vector.Min(smaller, some), Vector.Max(larger, some));
        }

        for (int i = 0; i < Vector<long>.Count; i++)
        {
            (smallest, largest) = (Math.Min(smallest, smaller[i]), Math.Max(largest, larger[i]));
        }

        foreach (long number in numbers[(together.Length * Vector<long>.Count)..])
        {
            (smallest, largest) = (Math.Min(smallest, number), Math.Max(largest, number));
        }

        return (smallest, largest);
    }
}
