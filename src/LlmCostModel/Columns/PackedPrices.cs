using System.Numerics;

namespace LlmCostModel;

/// <summary>The prices of those buckets that columns have, row by row, side by side for the loop that multiplies.</summary>
/// <remarks>
/// Six buckets take eight numbers: their prices, and why a call may leave the loop. One holds bits that are always set, and above 32 bits,
/// which of the six have no price; another the bits of a count that do not fit. More buckets make further groups.
/// </remarks>
internal sealed class PackedPrices
{
    /// <summary>How many buckets a group has.</summary>
    internal const int Width = 6;

    /// <summary>How many numbers a row of a group takes.</summary>
    internal const int Stride = 8;

    /// <summary>Where the bits that are always set stand: in <see cref="FourRows"/>, rows are counted there.</summary>
    internal const int Always = 3;

    internal const int Leaving = 7;

    private const ulong NeverSet = 1ul << 31; // a count with this bit is negative

    internal PackedPrices(PriceTable table, ReadOnlySpan<TokenBucket> buckets)
    {
        Buckets = buckets.ToArray();
        int groups = Math.Max(1, (buckets.Length + Width - 1) / Width);
        Groups = new AlignedNumbers[groups];
        for (int group = 0; group < groups; group++)
        {
            Groups[group] = new(table.Count * Stride, areKept: true);
        }

        for (int place = 0; place < table.Count; place++)
        {
            Pack(table[place], place, table.Scale);
        }
    }

    internal TokenBucket[] Buckets { get; }

    /// <summary>The numbers of each group of buckets.</summary>
    internal AlignedNumbers[] Groups { get; }

    /// <summary>Whether every price has 32 bits at most.</summary>
    internal bool IsNarrow { get; private set; } = true;

    /// <summary>The bits of a count that do not fit some of the prices.</summary>
    internal uint LeavingAny { get; private set; } = (uint)NeverSet;

    /// <summary>Where the price of a bucket of a group stands among the eight numbers, and its count in <see cref="FourRows"/>: even ones
    /// first.</summary>
    internal static int PlaceOf(int bucket) => ((bucket & 1) * (Stride / 2)) + (bucket >> 1);

    internal bool IsFor(ReadOnlySpan<TokenBucket> buckets) => buckets.SequenceEqual(Buckets);

    /// <summary>Adds what tokens of many calls cost.</summary>
    /// <param name="tokens">How many of each bucket, where its price stands.</param>
    /// <param name="group">Which six of the buckets.</param>
    /// <param name="place">Where the prices of all of the calls stand.</param>
    /// <param name="total">Receives the amount.</param>
    /// <returns>Whether multiplying is all it takes, and every price is known that counts.</returns>
    internal bool TryMultiply(ReadOnlySpan<ulong> tokens, int group, int place, ref UInt128 total)
    {
        ReadOnlySpan<ulong> prices = Groups[group].Span.Slice(place * Stride, Stride);
        ulong always = prices[Always];
        for (int i = 0; i < Width; i++)
        {
            ulong count = tokens[PlaceOf(i)];
            if ((always >> (32 + i) & 1) != 0 && count != 0)
            {
                return false;
            }

            ulong high = Math.BigMul(count, prices[PlaceOf(i)], out ulong low);
            total += new UInt128(high, low);
        }

        return (always & NeverSet) == 0;
    }

    private void Pack(PriceRow? row, int place, int scale)
    {
        UInt128 sum = 0;
        foreach (TokenBucket bucket in row is null ? [] : Buckets)
        {
            sum += row!.PriceOf(bucket, scale);
        }

        // Counts below this power of two make no amount of 63 bits or more.
        ulong largest = (ulong)UInt128.Min(int.MaxValue, long.MaxValue / UInt128.Max(sum, 1));
        uint leaving = unchecked((uint)((ulong.MaxValue << BitOperations.Log2(largest + 1)) | NeverSet));
        bool isPacked = row is not null && sum <= long.MaxValue;
        LeavingAny |= isPacked ? leaving : 0;
        for (int group = 0; group < Groups.Length; group++)
        {
            Span<ulong> numbers = Groups[group].Span.Slice(place * Stride, Stride);
            numbers[Always] = isPacked ? 0 : NeverSet;
            numbers[Leaving] = leaving;
            for (int i = group * Width; isPacked && i < Math.Min(Buckets.Length, (group + 1) * Width); i++)
            {
                ulong price = (ulong)row!.PriceOf(Buckets[i], scale);
                numbers[PlaceOf(i % Width)] = price;
                IsNarrow &= price <= uint.MaxValue;
                numbers[Always] |= row.IsUnknown(Buckets[i]) ? 1ul << (32 + (i % Width)) : 0;
            }
        }
    }
}
