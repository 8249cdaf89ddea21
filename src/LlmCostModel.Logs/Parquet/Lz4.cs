namespace LlmCostModel.Logs;

/// <summary>Unpacks a block of LZ4.</summary>
/// <remarks>https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md, read 2026-11-27.</remarks>
internal static class Lz4
{
    private const int LeastMatch = 4;

    /// <summary>Unpacks.</summary>
    /// <returns>Whether the bytes are whole, and as many as there is room for.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> source, Span<byte> target)
    {
        (int at, int filled) = (0, 0);
        while (at < source.Length)
        {
            int token = source[at++];
            if (!TryLength(source, ref at, token >> 4, out int length)
                || length > source.Length - at
                || length > target.Length - filled)
            {
                return false;
            }

            source.Slice(at, length).CopyTo(target[filled..]);
            (at, filled) = (at + length, filled + length);
            if (at == source.Length)
            {
                break; // the last sequence is bytes alone
            }

            if (source.Length - at < 2)
            {
                return false;
            }

            uint offset = source[at] | ((uint)source[at + 1] << 8);
            at += 2;
            if (!TryLength(source, ref at, token & 15, out length) || !Snappy.TryCopy(target, ref filled, offset, length + LeastMatch))
            {
                return false;
            }
        }

        return filled == target.Length;
    }

    private static bool TryLength(ReadOnlySpan<byte> source, ref int at, int nibble, out int length)
    {
        length = nibble;
        for (int next = nibble == 15 ? 255 : 0; next == 255; length += next)
        {
            if (at >= source.Length || length > int.MaxValue - 255 - LeastMatch)
            {
                return false;
            }

            next = source[at++];
        }

        return true;
    }
}
