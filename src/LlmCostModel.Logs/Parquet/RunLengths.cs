namespace LlmCostModel.Logs;

/// <summary>Numbers of few bits, as runs of one and as packed ones in turn: levels, and places in a dictionary.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE, read 2026-11-27.</remarks>
internal static class RunLengths
{
    private const int Group = 8; // packed numbers come in groups

    /// <summary>Reads as many numbers as there is room for.</summary>
    public static void Read(ReadOnlySpan<byte> source, int bits, Span<int> target)
    {
        if (bits is < 0 or > 32)
        {
            throw new InvalidDataException("The width of its numbers is damaged.");
        }

        int at = 0;
        while (target.Length > 0)
        {
            ulong header = bits == 0 ? (ulong)target.Length << 1 : ThriftStruct.VarInt(source, ref at);
            int count = (int)Math.Min(header >> 1, int.MaxValue / Group);
            if (count == 0)
            {
                throw new InvalidDataException("A run in it is damaged.");
            }

            if ((header & 1) == 0)
            {
                int run = Math.Min(count, target.Length);
                target[..run].Fill(Take(source, ref at, (bits + 7) / 8));
                target = target[run..];
            }
            else
            {
                int packed = Math.Min(count * Group, target.Length);
                ReadOnlySpan<byte> bytes = source[at..];
                Unpack(bytes, bits, target[..packed]);
                at += (int)Math.Min((long)count * bits, bytes.Length); // the last group of a page may be cut
                target = target[packed..];
            }
        }
    }

    /// <summary>Reads numbers of so many bits each, the lowest bit first.</summary>
    public static void Unpack(ReadOnlySpan<byte> source, int bits, Span<int> target)
    {
        if (((long)target.Length * bits) + 7 >> 3 > source.Length)
        {
            throw new InvalidDataException("It ends too early.");
        }

        PackedBits.Read(source, bits, target);
    }

    /// <summary>Whether all numbers are one that is given, in a single run, as levels are where nothing is null.</summary>
    public static bool AreAll(ReadOnlySpan<byte> source, int bits, int count, int value)
    {
        int at = 0;
        ulong header = bits is > 0 and <= 32 ? ThriftStruct.VarInt(source, ref at) : 1;
        return (header & 1) == 0 && header >> 1 >= (ulong)count && Take(source, ref at, (bits + 7) / 8) == value;
    }

    private static int Take(ReadOnlySpan<byte> source, ref int at, int bytes)
    {
        int value = 0;
        for (int i = 0; i < bytes; i++)
        {
            value |= source[at++] << (8 * i);
        }

        return value;
    }
}
