using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>The bytes of a page while they are made.</summary>
internal sealed class WrittenPage
{
    private const long NanosPerTick = 100;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Says which rows have a value, as runs of those that have one and of those that have none.</summary>
    public void AddLevels(WrittenColumn column, int start, int rows)
    {
        ArrayBufferWriter<byte> levels = new();
        for (int at = start; at < start + rows;)
        {
            int run = 1;
            while (at + run < start + rows && column.IsNull(at + run) == column.IsNull(at))
            {
                run++;
            }

            ThriftWriter.VarInt(levels, (ulong)run << 1);
            levels.Write([column.IsNull(at) ? (byte)0 : (byte)1]);
            at += run;
        }

        Add(levels.WrittenCount);
        _bytes.Write(levels.WrittenSpan);
    }

    /// <summary>Adds texts as places in a dictionary, if that is shorter.</summary>
    public bool TryAddPlaces(WrittenColumn column, int start, int rows, out WrittenPage dictionary, out int texts)
    {
        (dictionary, texts) = (new(), 0);
        Dictionary<int, int> places = [];
        List<int> values = [];
        for (int row = start; row < start + rows; row++)
        {
            if (column.IsNull(row))
            {
                continue;
            }

            int text = (int)column.Number(row);
            if (!places.TryGetValue(text, out int place))
            {
                place = places.Count;
                places.Add(text, place);
                dictionary.Add(column.Texts[text]);
            }

            values.Add(place);
        }

        texts = places.Count;
        if (texts * 2 > values.Count)
        {
            return false;
        }

        AddPacked(values, BitOperations.Log2((uint)Math.Max(texts - 1, 1)) + 1);
        return true;
    }

    /// <summary>Adds the values of the rows that have one.</summary>
    /// <exception cref="LogFormatException">One needs more digits than there are.</exception>
    public void AddValues(WrittenColumn column, int start, int rows)
    {
        bool isOfMicros = column.Kind == ParquetKind.Instant && column.IsOfMicros;
        int scale = column.Kind == ParquetKind.Decimal ? column.Scale : 0;
        List<long> numbers = [];
        for (int row = start; row < start + rows; row++)
        {
            if (column.IsNull(row))
            {
                continue;
            }

            switch (column.Kind)
            {
                case ParquetKind.Text:
                    Add(column.Texts[(int)column.Number(row)]);
                    break;
                case ParquetKind.Decimal:
                    Add(column.Name, column.Decimal(row), scale);
                    break;
                case ParquetKind.Instant:
                    numbers.Add(SinceEpoch(column, row, isOfMicros));
                    break;
                default:
                    numbers.Add(column.Number(row));
                    break;
            }
        }

        if (column.Kind is ParquetKind.Integer or ParquetKind.Instant)
        {
            AddDeltas(numbers);
        }
    }

    /// <summary>Adds numbers by their differences.</summary>
    private void AddDeltas(List<long> values)
    {
        const int Block = 128;
        const int Parts = 4;
        const int OfPart = Block / Parts;
        ThriftWriter.VarInt(_bytes, Block);
        ThriftWriter.VarInt(_bytes, Parts);
        ThriftWriter.VarInt(_bytes, (ulong)values.Count);
        ThriftWriter.VarInt(_bytes, ThriftWriter.ZigZagOf(values.Count == 0 ? 0 : values[0]));
        Span<long> deltas = stackalloc long[Block];
        Span<byte> widths = stackalloc byte[Parts];
        for (int start = 1; start < values.Count; start += Block)
        {
            int count = Math.Min(Block, values.Count - start);
            for (int i = 0; i < count; i++)
            {
                deltas[i] = unchecked(values[start + i] - values[start + i - 1]);
            }

            long least = deltas[0];
            foreach (long delta in deltas[..count])
            {
                least = Math.Min(least, delta);
            }

            deltas[count..].Fill(least);
            ThriftWriter.VarInt(_bytes, ThriftWriter.ZigZagOf(least));
            widths.Clear();
            for (int i = 0; i < Block; i++)
            {
                deltas[i] = unchecked(deltas[i] - least);
                int bits = 64 - BitOperations.LeadingZeroCount(unchecked((ulong)deltas[i]));
                widths[i / OfPart] = (byte)Math.Max(widths[i / OfPart], bits);
            }

            _bytes.Write(widths);
            for (int part = 0; part < Parts; part++)
            {
                AddBits(deltas.Slice(part * OfPart, OfPart), widths[part]);
            }
        }
    }

    /// <summary>Adds numbers of so many bits each, the lowest bit first.</summary>
    private void AddBits(ReadOnlySpan<long> values, int bits)
    {
        (UInt128 buffer, int held) = (0, 0);
        foreach (long value in values)
        {
            buffer |= (UInt128)unchecked((ulong)value) << held;
            for (held += bits; held >= 8; held -= 8)
            {
                _bytes.Write([(byte)(buffer & 255)]);
                buffer >>= 8;
            }
        }
    }

    private static long SinceEpoch(WrittenColumn column, int row, bool isOfMicros)
    {
        Int128 ticks = column.Number(row) - DateTime.UnixEpoch.Ticks;
        Int128 value = isOfMicros ? ticks / TimeSpan.TicksPerMicrosecond : ticks * NanosPerTick;
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new LogFormatException(
            $"The column '{column.Name}' cannot be written to Parquet: the instant "
            + $"{new DateTime(column.Number(row), DateTimeKind.Utc):O} does not fit into nanoseconds, which another one needs.");
    }

    private void AddPacked(List<int> values, int bits)
    {
        int groups = (values.Count + 7) / 8;
        _bytes.Write([(byte)bits]);
        ThriftWriter.VarInt(_bytes, (ulong)groups << 1 | 1);
        (ulong buffer, int held) = (0, 0);
        for (int i = 0; i < groups * 8; i++)
        {
            buffer |= (ulong)(i < values.Count ? values[i] : 0) << held;
            for (held += bits; held >= 8; held -= 8)
            {
                _bytes.Write([(byte)(buffer & 255)]);
                buffer >>= 8;
            }
        }
    }

    private void Add(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(bytes.Length);
        _bytes.Write(bytes);
    }

    private void Add(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    /// <summary>A decimal as a whole number of its last digits.</summary>
    private void Add(string column, decimal value, int scale)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        UInt128 unscaled = unchecked(new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]));
        BigInteger digits = unscaled * BigInteger.Pow(10, scale - value.Scale);
        if (digits >= BigInteger.Pow(10, WrittenColumn.DecimalDigits))
        {
            throw new LogFormatException($"The column '{column}' cannot be written to Parquet: its values need more than "
                + $"{WrittenColumn.DecimalDigits} digits together, {scale} of them behind the point. Write CSV.");
        }

        Span<byte> bytes = stackalloc byte[WrittenColumn.DecimalBytes];
        bytes.Fill(value < 0 ? (byte)255 : (byte)0);
        BigInteger signed = value < 0 ? -digits : digits;
        int length = signed.GetByteCount();
        signed.TryWriteBytes(bytes[^length..], out _, isUnsigned: false, isBigEndian: true);
        _bytes.Write(bytes);
    }
}
