using System.Buffers.Binary;

namespace LlmCostModel.Logs;

/// <summary>Unpacks Snappy: bytes as they stand, and copies of those before.</summary>
/// <remarks>https://github.com/google/snappy/blob/main/format_description.txt, read 2026-11-27.</remarks>
internal static class Snappy
{
    /// <summary>Unpacks.</summary>
    /// <returns>Whether the bytes are whole, and as many as there is room for.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int at = 0;
        if (ThriftStruct.VarInt(source, ref at) != (ulong)target.Length)
        {
            return false;
        }

        int filled = 0;
        while (at < source.Length)
        {
            int tag = source[at++];
            int extra = (tag & 3) switch { 0 => tag >> 2 < 60 ? 0 : (tag >> 2) - 59, 1 => 1, 2 => 2, _ => 4 };
            if (extra > source.Length - at)
            {
                return false;
            }

            uint number = NumberOf(source.Slice(at, extra));
            at += extra;
            if ((tag & 3) == 0)
            {
                long length = (extra == 0 ? tag >> 2 : number) + 1L;
                if (length > source.Length - at || length > target.Length - filled)
                {
                    return false;
                }

                source.Slice(at, (int)length).CopyTo(target[filled..]);
                (at, filled) = (at + (int)length, filled + (int)length);
            }
            else
            {
                int length = (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
                uint offset = (tag & 3) == 1 ? ((uint)(tag >> 5) << 8) | number : number;
                if (!TryCopy(target, ref filled, offset, length))
                {
                    return false;
                }
            }
        }

        return filled == target.Length;
    }

    /// <summary>Copies bytes that stand so far before; they may be among those that are copied.</summary>
    internal static bool TryCopy(Span<byte> target, ref int filled, uint offset, int length)
    {
        if (offset == 0 || offset > (uint)filled || length > target.Length - filled)
        {
            return false;
        }

        int from = filled - (int)offset;
        if (length <= offset)
        {
            target.Slice(from, length).CopyTo(target[filled..]);
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                target[filled + i] = target[from + i];
            }
        }

        filled += length;
        return true;
    }

    private static uint NumberOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = [0, 0, 0, 0];
        bytes.CopyTo(whole);
        return BinaryPrimitives.ReadUInt32LittleEndian(whole);
    }
}
