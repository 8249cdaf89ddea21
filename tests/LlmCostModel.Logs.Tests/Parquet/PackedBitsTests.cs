using System.Numerics;

namespace LlmCostModel.Logs.Tests.Parquet;

/// <summary>Numbers of any width are read wherever they begin and end.</summary>
public class PackedBitsTests
{
    [Fact]
    public void Numbers_OfEveryWidth_AreThoseOfTheBits()
    {
        Random random = new(7);
        for (int bits = 0; bits <= 64; bits++)
        {
            for (int count = 1; count < 70; count += random.Next(1, 9))
            {
                byte[] bytes = new byte[((count * bits) + 7) / 8 + random.Next(3)];
                random.NextBytes(bytes);
                BigInteger all = new(bytes, isUnsigned: true, isBigEndian: false);
                ulong[] expected = [.. Enumerable.Range(0, count).Select(i => (ulong)((all >> (i * bits)) & ((BigInteger.One << bits) - 1)))];
                long[] longs = new long[count];
                int[] ints = new int[count];

                PackedBits.Read(bytes, bits, longs);

                Assert.Equal(expected, longs.Select(value => unchecked((ulong)value)));
                if (bits <= 32)
                {
                    PackedBits.Read(bytes, bits, ints);
                    Assert.Equal(expected, ints.Select(value => (ulong)unchecked((uint)value)));
                }
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0b1000, 1 }, 4, true)] // four of 1, in a run
    [InlineData(new byte[] { 0b1010, 1 }, 4, true)] // five
    [InlineData(new byte[] { 0b0110, 1, 0b10, 1 }, 4, false)] // three and one
    [InlineData(new byte[] { 0b1000, 0 }, 4, false)]
    [InlineData(new byte[] { 0b11, 0b1111 }, 4, false)] // packed
    public void Run_OfAll_IsKnown(byte[] source, int count, bool areAll) =>
        Assert.Equal(areAll, RunLengths.AreAll(source, bits: 1, count, value: 1));
}
