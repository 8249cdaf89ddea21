using System.Buffers.Binary;

namespace LlmCostModel.Logs;

/// <summary>Numbers of so many bits each, one behind the other, the lowest bit first.</summary>
internal static class PackedBits
{
    private const int MostAtOnce = 57; // so many bits are in eight bytes, wherever in the first of them they begin

    /// <summary>Reads numbers.</summary>
    /// <param name="source">Their bytes.</param>
    /// <param name="bits">How many bits a number has, up to 64.</param>
    /// <param name="target">Receives them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bytes.</exception>
    public static void Read(ReadOnlySpan<byte> source, int bits, Span<long> target)
    {
        int read = bits > MostAtOnce ? 0 : CountWithin(source, bits, target.Length);
        ulong mask = (1ul << bits) - 1;
        long start = 0;
        foreach (ref long value in target[..read])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(source[(int)(start >> 3)..]);
            value = unchecked((long)((eight >> (int)(start & 7)) & mask));
            start += bits;
        }

        foreach (ref long value in target[read..])
        {
            value = unchecked((long)One(source, start, bits));
            start += bits;
        }
    }

    /// <summary>Reads numbers of up to 32 bits.</summary>
    public static void Read(ReadOnlySpan<byte> source, int bits, Span<int> target)
    {
        int read = CountWithin(source, bits, target.Length);
        ulong mask = (1ul << bits) - 1;
        long start = 0;
        foreach (ref int value in target[..read])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(source[(int)(start >> 3)..]);
            value = unchecked((int)((eight >> (int)(start & 7)) & mask));
            start += bits;
        }

        foreach (ref int value in target[read..])
        {
            value = unchecked((int)One(source, start, bits));
            start += bits;
        }
    }

    /// <summary>How many of the numbers begin where eight bytes are left.</summary>
    private static int CountWithin(ReadOnlySpan<byte> source, int bits, int count)
    {
        long within = ((source.Length - sizeof(ulong)) * 8L) + 8; // so many bits begin there
        return within <= 0 ? 0 : bits == 0 ? count : (int)Math.Min(count, (within + bits - 1) / bits);
    }

    /// <summary>A number, byte by byte: of the eight bytes in which it begins, and the one behind them.</summary>
    private static ulong One(ReadOnlySpan<byte> source, long start, int bits)
    {
        (int at, ulong value) = ((int)(start >> 3), 0);
        for (int held = -(int)(start & 7); held < bits; held += 8)
        {
            value |= held < 0 ? (ulong)source[at++] >> -held : (ulong)source[at++] << held;
        }

        return bits >= 64 ? value : value & ((1ul << bits) - 1);
    }
}
