using System.Buffers;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Writes structures of Thrift's compact protocol.</summary>
internal sealed class ThriftWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Stack<int> _before = [];
    private int _last;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ThriftWriter Number(int field, long value)
    {
        Header(field, 6);
        return ZigZag(value);
    }

    /// <summary>A number that is read as one of 32 bits.</summary>
    public ThriftWriter Small(int field, int value)
    {
        Header(field, 5);
        return ZigZag(value);
    }

    public ThriftWriter Flag(int field, bool value) => Header(field, value ? 1 : 2);

    public ThriftWriter Text(int field, string value)
    {
        Header(field, 8);
        return Text(value);
    }

    /// <summary>Writes a structure, and what is in it.</summary>
    public ThriftWriter Struct(int field, Action<ThriftWriter>? fields = null)
    {
        Header(field, 12);
        return Struct(fields ?? (_ => { }));
    }

    /// <summary>Writes the fields of a structure, and its end.</summary>
    public ThriftWriter Struct(Action<ThriftWriter> fields)
    {
        _before.Push(_last);
        _last = 0;
        fields(this);
        _bytes.Write((ReadOnlySpan<byte>)[0]);
        _last = _before.Pop();
        return this;
    }

    public ThriftWriter Structs<T>(int field, IReadOnlyCollection<T> items, Action<ThriftWriter, T> fields)
    {
        List(field, items.Count, 12);
        foreach (T item in items)
        {
            Struct(writer => fields(writer, item));
        }

        return this;
    }

    public ThriftWriter Texts(int field, params IReadOnlyCollection<string> items)
    {
        List(field, items.Count, 8);
        foreach (string item in items)
        {
            Text(item);
        }

        return this;
    }

    public ThriftWriter Smalls(int field, params IReadOnlyCollection<int> items)
    {
        List(field, items.Count, 5);
        foreach (int item in items)
        {
            ZigZag(item);
        }

        return this;
    }

    internal static void VarInt(ArrayBufferWriter<byte> target, ulong value)
    {
        for (; value >= 128; value >>= 7)
        {
            target.Write([(byte)(value & 127 | 128)]);
        }

        target.Write([(byte)value]);
    }

    private void List(int field, int count, int type)
    {
        Header(field, 9);
        if (count < 15)
        {
            _bytes.Write([(byte)(count << 4 | type)]);
        }
        else
        {
            _bytes.Write([(byte)(0xF0 | type)]);
            VarInt(_bytes, (ulong)count);
        }
    }

    /// <summary>Fields come in the order of their numbers, none more than 15 after the one before.</summary>
    private ThriftWriter Header(int field, int type)
    {
        _bytes.Write([(byte)(field - _last << 4 | type)]);
        _last = field;
        return this;
    }

    internal static ulong ZigZagOf(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));

    private ThriftWriter ZigZag(long value)
    {
        VarInt(_bytes, ZigZagOf(value));
        return this;
    }

    private ThriftWriter Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        VarInt(_bytes, (ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }
}
