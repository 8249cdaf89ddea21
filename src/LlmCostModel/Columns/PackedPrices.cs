using System.Numerics;

namespace LlmCostModel;

/// <summary>The prices of those buckets that columns have, row by row, side by side for the loop that multiplies.</summary>
/// <remarks>
/// Six buckets take eight numbers: their prices, then why a call may leave the loop. The seventh number holds bits that are always set, and
/// above 32 bits, which of the six have no price; the eighth holds the bits of a count that do not fit. More buckets make further groups.
/// </remarks>
internal sealed class PackedPrices
{
    /// <summary>How many buckets a group has.</summary>
    internal const int Width = 6;

    /// <summary>How many numbers a row of a group takes.</summary>
    internal const int Stride = 8;

    internal const int Always = 6;
    internal const int Leaving = 7;

    private const ulong NeverSet = 1ul << 31; // a count with this bit is negative

    internal PackedPrices(PriceTable table, ReadOnlySpan<TokenBucket> buckets)
    {
        Buckets = buckets.ToArray();
        int groups = Math.Max(1, (buckets.Length + Width - 1) / Width);
        Groups = new ulong[groups][];
        for (int group = 0; group < groups; group++)
        {
            Groups[group] = new ulong[table.Count * Stride];
        }

        for (int place = 0; place < table.Count; place++)
        {
            Pack(table[place], place, table.Scale);
        }
    }

    internal TokenBucket[] Buckets { get; }

    /// <summary>The numbers of each group of buckets.</summary>
    internal ulong[][] Groups { get; }

    /// <summary>Whether some row has no price for some of the buckets.</summary>
    internal bool HasUnknown { get; private set; }

    internal bool IsFor(ReadOnlySpan<TokenBucket> buckets) => buckets.SequenceEqual(Buckets);

    private void Pack(PriceRow? row, int place, int scale)
    {
        UInt128 sum = 0;
        foreach (TokenBucket bucket in row is null ? [] : Buckets)
        {
            sum += row!.PriceOf(bucket, scale);
        }

        // Counts below this power of two make no amount of 63 bits or more.
        ulong largest = (ulong)UInt128.Min(int.MaxValue, long.MaxValue / UInt128.Max(sum, 1));
        ulong leaving = (ulong.MaxValue << BitOperations.Log2(largest + 1)) | NeverSet;
        bool isPacked = row is not null && sum <= long.MaxValue;
        for (int group = 0; group < Groups.Length; group++)
        {
            Span<ulong> numbers = Groups[group].AsSpan(place * Stride, Stride);
            numbers[Always] = isPacked ? 0 : NeverSet;
            numbers[Leaving] = leaving & uint.MaxValue;
            for (int i = group * Width; isPacked && i < Math.Min(Buckets.Length, (group + 1) * Width); i++)
            {
                numbers[i % Width] = (ulong)row!.PriceOf(Buckets[i], scale);
                bool isUnknown = row.IsUnknown(Buckets[i]);
                numbers[Always] |= isUnknown ? 1ul << (32 + (i % Width)) : 0;
                HasUnknown |= isUnknown;
            }
        }
    }
}
