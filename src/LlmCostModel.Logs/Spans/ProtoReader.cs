using System.Buffers.Binary;

namespace LlmCostModel.Logs;

/// <summary>Reads the fields of a protobuf message.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/ (read 2026-11-27).</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    /// <summary>Its bytes: of a text or a message; empty for a number.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether it has bytes.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Its number; 0 for bytes.</summary>
    public ulong Number { get; private set; }

    /// <summary>Reads the next field.</summary>
    /// <exception cref="InvalidDataException">The message is cut off, or none.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Value = default;
        (Number, IsBytes) = (0, false);
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = ReadVarint();
                break;
            case Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Bytes:
                Value = Take(ReadVarint());
                IsBytes = true;
                break;
            case Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            default:
                throw new InvalidDataException("A field has no known type.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw new InvalidDataException("The message is cut off.");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is too long.");
    }
}
