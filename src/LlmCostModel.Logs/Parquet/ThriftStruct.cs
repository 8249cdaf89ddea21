using System.Buffers.Binary;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>A structure of Thrift's compact protocol, in which Parquet describes itself: fields by their numbers.</summary>
/// <remarks>https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md, read 2026-11-27.</remarks>
internal sealed class ThriftStruct
{
    private const int MostDeep = 32;

    private readonly Dictionary<int, object> _fields = [];

    /// <summary>Reads a structure.</summary>
    /// <param name="source">Bytes that begin with it.</param>
    /// <param name="length">How many bytes it is.</param>
    /// <exception cref="InvalidDataException">They are something else.</exception>
    public static ThriftStruct Read(ReadOnlySpan<byte> source, out int length)
    {
        length = 0;
        return ReadStruct(source, ref length, 0);
    }

    public bool Has(int field) => _fields.ContainsKey(field);

    public long? Number(int field) => _fields.GetValueOrDefault(field) as long?;

    public bool? Flag(int field) => _fields.GetValueOrDefault(field) as bool?;

    public string? Text(int field) => _fields.GetValueOrDefault(field) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;

    public ThriftStruct? Struct(int field) => _fields.GetValueOrDefault(field) as ThriftStruct;

    /// <summary>The structures of a list; none when it is not there.</summary>
    public IEnumerable<ThriftStruct> Structs(int field) => List(field).OfType<ThriftStruct>();

    /// <summary>The texts of a list; none when it is not there.</summary>
    public IEnumerable<string> Texts(int field) => List(field).OfType<byte[]>().Select(Encoding.UTF8.GetString);

    private List<object> List(int field) => _fields.GetValueOrDefault(field) as List<object> ?? [];

    private static ThriftStruct ReadStruct(ReadOnlySpan<byte> source, ref int at, int depth)
    {
        ThriftStruct read = new();
        for (int id = 0; ;)
        {
            byte header = Byte(source, ref at);
            if (header == 0)
            {
                return read;
            }

            id = header >> 4 == 0 ? checked((int)ZigZag(source, ref at)) : id + (header >> 4);
            int type = header & 15;
            read._fields[id] = type is 1 or 2 ? (object)(type == 1) : ReadValue(source, ref at, type, depth);
        }
    }

    private static object ReadValue(ReadOnlySpan<byte> source, ref int at, int type, int depth)
    {
        if (depth > MostDeep)
        {
            throw new InvalidDataException("Its description is nested too deeply.");
        }

        switch (type)
        {
            case 1 or 2: // of a list; a field has it in its header
                return Byte(source, ref at) == 1;
            case 3:
                return (long)unchecked((sbyte)Byte(source, ref at));
            case 4 or 5 or 6:
                return ZigZag(source, ref at);
            case 7:
                return BinaryPrimitives.ReadDoubleLittleEndian(Take(source, ref at, sizeof(double)));
            case 8:
                return Take(source, ref at, Count(source, ref at)).ToArray();
            case 9 or 10:
                return ReadList(source, ref at, depth);
            case 11:
                return ReadMap(source, ref at, depth);
            case 12:
                return ReadStruct(source, ref at, depth + 1);
            default:
                throw new InvalidDataException("Its description is damaged.");
        }
    }

    private static List<object> ReadList(ReadOnlySpan<byte> source, ref int at, int depth)
    {
        byte header = Byte(source, ref at);
        int count = header >> 4 == 15 ? Count(source, ref at) : header >> 4;
        List<object> list = [];
        for (int i = 0; i < count; i++)
        {
            list.Add(ReadValue(source, ref at, header & 15, depth + 1));
        }

        return list;
    }

    private static List<object> ReadMap(ReadOnlySpan<byte> source, ref int at, int depth)
    {
        int count = Count(source, ref at);
        byte types = count == 0 ? (byte)0 : Byte(source, ref at);
        List<object> list = [];
        for (int i = 0; i < count; i++)
        {
            list.Add(ReadValue(source, ref at, types >> 4, depth + 1));
            list.Add(ReadValue(source, ref at, types & 15, depth + 1));
        }

        return list;
    }

    /// <summary>A number of bytes or elements, of which no more follow than there are bytes.</summary>
    private static int Count(ReadOnlySpan<byte> source, ref int at) => VarInt(source, ref at) is var count && count <= (ulong)source.Length
        ? (int)count
        : throw new InvalidDataException("Its description is damaged.");

    private static long ZigZag(ReadOnlySpan<byte> source, ref int at) => ZigZagOf(VarInt(source, ref at));

    internal static long ZigZagOf(ulong number) => unchecked((long)(number >> 1) ^ -(long)(number & 1));

    internal static ulong VarInt(ReadOnlySpan<byte> source, ref int at)
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte(source, ref at);
            number |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return number;
            }
        }

        throw new InvalidDataException("A number in it is damaged.");
    }

    private static byte Byte(ReadOnlySpan<byte> source, ref int at) =>
        at < source.Length ? source[at++] : throw new InvalidDataException("It ends too early.");

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> source, ref int at, int length)
    {
        if (length > source.Length - at)
        {
            throw new InvalidDataException("It ends too early.");
        }

        at += length;
        return source.Slice(at - length, length);
    }
}
