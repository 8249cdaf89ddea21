namespace LlmCostModel.Logs;

/// <summary>Numbers as differences from the ones before, and texts by their lengths.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md, DELTA_BINARY_PACKED and DELTA_BYTE_ARRAY, read
/// 2026-11-27.</remarks>
internal static class DeltaValues
{
    private const int MostInBlock = 1 << 20;

    /// <summary>Reads numbers.</summary>
    /// <returns>How many bytes they were.</returns>
    public static int Read(ReadOnlySpan<byte> source, Span<long> target)
    {
        int at = 0;
        ulong block = ThriftStruct.VarInt(source, ref at);
        ulong parts = ThriftStruct.VarInt(source, ref at);
        ulong total = ThriftStruct.VarInt(source, ref at);
        long value = ThriftStruct.ZigZagOf(ThriftStruct.VarInt(source, ref at));
        if (block is 0 or > MostInBlock || parts == 0 || parts > block || block % parts != 0 || total != (ulong)target.Length)
        {
            throw new InvalidDataException("The differences in it are damaged.");
        }

        int perPart = (int)(block / parts);
        if (target.Length > 0)
        {
            target[0] = value;
        }

        for (int read = 1; read < target.Length;)
        {
            long least = ThriftStruct.ZigZagOf(ThriftStruct.VarInt(source, ref at));
            ReadOnlySpan<byte> widths = source.Slice(at, (int)parts);
            at += (int)parts;
            for (int part = 0; part < widths.Length && read < target.Length; part++)
            {
                int bits = widths[part];
                int length = source.Slice(at, checked(perPart / 8 * bits)).Length;
                Span<long> values = target[read..Math.Min(read + perPart, target.Length)];
                PackedBits.Read(source[at..], bits, values);
                at += length;
                foreach (ref long one in values)
                {
                    value = unchecked(value + least + one);
                    one = value;
                }

                read += values.Length;
            }
        }

        return at;
    }

    /// <summary>Reads texts, whose lengths come first.</summary>
    public static void ReadLengths(ReadOnlyMemory<byte> source, int count, List<ReadOnlyMemory<byte>> target)
    {
        long[] lengths = new long[count];
        int at = Read(source.Span, lengths);
        foreach (long length in lengths)
        {
            target.Add(source.Slice(at, checked((int)length)));
            at += (int)length;
        }
    }

    /// <summary>Reads texts that begin as the one before does.</summary>
    public static void ReadPrefixes(ReadOnlyMemory<byte> source, int count, List<ReadOnlyMemory<byte>> target)
    {
        long[] prefixes = new long[count];
        int at = Read(source.Span, prefixes);
        List<ReadOnlyMemory<byte>> rest = new(count);
        ReadLengths(source[at..], count, rest);
        ReadOnlyMemory<byte> before = default;
        for (int i = 0; i < count; i++)
        {
            int prefix = checked((int)prefixes[i]);
            before = prefix == 0 ? rest[i] : (byte[])[.. before.Span[..prefix], .. rest[i].Span];
            target.Add(before);
        }
    }
}
