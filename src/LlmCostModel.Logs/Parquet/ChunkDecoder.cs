using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LlmCostModel.Logs;

/// <summary>Reads the pages of a column in a row group.</summary>
/// <remarks>https://github.com/apache/parquet-format, Encodings.md and parquet.thrift, read 2026-11-27.</remarks>
/// <param name="column">The column.</param>
internal sealed class ChunkDecoder(ParquetColumn column)
{
    private const int MostInPage = 1 << 29;

    private const int DataPage = 0;
    private const int DictionaryPage = 2;
    private const int DataPage2 = 3;

    private const int Plain = 0;
    private const int PlainDictionary = 2;
    private const int Rle = 3;
    private const int Delta = 5;
    private const int DeltaLengths = 6;
    private const int DeltaPrefixes = 7;
    private const int RleDictionary = 8;
    private const int Split = 9;

    private readonly ColumnValues _values = new(column);
    private int _codec;
    private long[] _dictionary = [];
    private int _dictionaryCount;
    private int[] _places = [];
    private int[] _levels = [];
    private bool _isAllDefined;
    private readonly PageRoom _room = new(isKept: column.IsBytes);

    /// <summary>Reads them. The values of the row group before are gone.</summary>
    /// <param name="chunk">The bytes of the pages, and maybe some more.</param>
    /// <param name="codec">How pages are packed.</param>
    /// <param name="rows">How many rows they have.</param>
    /// <exception cref="InvalidDataException">They are damaged, or of a kind that is not read.</exception>
    public ColumnValues Read(ReadOnlySpan<byte> chunk, int codec, int rows)
    {
        _values.Clear(rows);
        _room.Free();
        (_codec, _dictionaryCount) = (codec, 0);
        while (_values.Count < rows)
        {
            ThriftStruct header = ThriftStruct.Read(chunk, out int length);
            ReadOnlySpan<byte> page = chunk.Slice(length, Size(header, 3));
            chunk = chunk[(length + page.Length)..];
            switch (header.Number(1))
            {
                case DictionaryPage when header.Struct(7) is { } dictionary:
                    ReadDictionary(Unpack(page, Size(header, 2)), Size(dictionary, 1));
                    break;
                case DataPage when header.Struct(5) is { } data:
                    ReadPage(Unpack(page, Size(header, 2)), Rows(data, rows), Size(data, 2));
                    break;
                case DataPage2 when header.Struct(8) is { } data:
                    ReadPage2(page, Size(header, 2), data, Rows(data, rows));
                    break;
                default:
                    break; // an index
            }
        }

        return _values;
    }

    private static int Size(ThriftStruct header, int field) =>
        header.Number(field) is >= 0 and <= MostInPage and var size ? (int)size
        : throw new InvalidDataException("A page in it is damaged.");

    private int Rows(ThriftStruct data, int rows) =>
        Size(data, 1) is var count && count <= rows - _values.Count ? count : throw new InvalidDataException("It has too many values.");

    /// <summary>The bytes of a page. What is kept of a column of bytes are these, until the next row group.</summary>
    private Memory<byte> Unpack(ReadOnlySpan<byte> page, int size)
    {
        Memory<byte> unpacked = _room.Take(size);
        PageBytes.Unpack(page, _codec, unpacked.Span);
        return unpacked;
    }

    private void ReadDictionary(Memory<byte> page, int count)
    {
        if (count > page.Length)
        {
            throw new InvalidDataException("Its dictionary is damaged.");
        }

        if (_dictionary.Length < count)
        {
            _dictionary = new long[count];
        }

        _dictionaryCount = count;
        ReadPlain(page, _dictionary.AsSpan(0, count));
    }

    private void ReadPage(Memory<byte> page, int rows, int encoding)
    {
        if (column.Levels > 0)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(page.Span);
            ReadLevels(page.Slice(4, length).Span, rows);
            page = page[(4 + length)..];
        }

        ReadValues(page, rows, encoding, isBare: false);
    }

    private void ReadPage2(ReadOnlySpan<byte> page, int size, ThriftStruct data, int rows)
    {
        int repeats = Size(data, 6);
        int levels = Size(data, 5);
        ReadLevels(page.Slice(repeats, levels), column.Levels > 0 ? rows : 0);
        page = page[(repeats + levels)..];
        size -= repeats + levels;
        if (size < 0)
        {
            throw new InvalidDataException("A page in it is damaged.");
        }

        bool isPacked = data.Flag(7) != false;
        Memory<byte> values = isPacked && size > 0 ? Unpack(page, size) : _room.Take(isPacked ? 0 : page.Length);
        (isPacked ? [] : page).CopyTo(values.Span);
        ReadValues(values, rows, Size(data, 4), isBare: true);
    }

    private void ReadLevels(ReadOnlySpan<byte> source, int rows)
    {
        int bits = sizeof(int) * 8 - System.Numerics.BitOperations.LeadingZeroCount((uint)column.Levels);
        _isAllDefined = rows == 0 || RunLengths.AreAll(source, bits, rows, column.Levels);
        if (_isAllDefined)
        {
            return;
        }

        if (_levels.Length < rows)
        {
            _levels = new int[rows];
        }

        RunLengths.Read(source, bits, _levels.AsSpan(0, rows));
    }

    private void ReadValues(Memory<byte> page, int rows, int encoding, bool isBare)
    {
        Span<long> numbers = _values.Add(rows);
        bool isSpread = column.Levels > 0 && !_isAllDefined;
        ReadOnlySpan<int> levels = isSpread ? _levels.AsSpan(0, rows) : default;
        int defined = isSpread ? levels.Count(column.Levels) : rows;
        Span<long> target = numbers[..defined];
        switch (encoding)
        {
            case Plain:
                ReadPlain(page, target);
                break;
            case PlainDictionary or RleDictionary:
                ReadPlaces(page.Span, target);
                break;
            case Rle when column.Storage == ParquetStorage.Boolean:
                ReadBits(isBare && page.Length == 0 ? default : page.Span[4..], target);
                break;
            case Delta when column.Storage is ParquetStorage.Int32 or ParquetStorage.Int64:
                ReadDeltas(page.Span, target);
                break;
            case DeltaLengths when column.Storage == ParquetStorage.ByteArray:
                Number(target, _values.Entries);
                DeltaValues.ReadLengths(page, target.Length, _values.EntryList);
                break;
            case DeltaPrefixes when column.Storage is ParquetStorage.ByteArray or ParquetStorage.FixedBytes:
                Number(target, _values.Entries);
                DeltaValues.ReadPrefixes(page, target.Length, _values.EntryList);
                break;
            case Split when column.Storage is not (ParquetStorage.Boolean or ParquetStorage.ByteArray or ParquetStorage.Int96):
                ReadPlain(Join(page.Span, target.Length), target);
                break;
            default:
                throw new InvalidDataException(
                    FormattableString.Invariant($"Its values are written in encoding {encoding}, which is not read."));
        }

        if (isSpread)
        {
            _values.Spread(levels, defined);
        }
    }

    private void ReadPlain(Memory<byte> page, Span<long> target)
    {
        ReadOnlySpan<byte> source = page.Span;
        switch (column.Storage)
        {
            case ParquetStorage.Boolean:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = (source[i >> 3] >> (i & 7)) & 1;
                }

                break;
            case ParquetStorage.Int32 or ParquetStorage.Float:
                ReadOnlySpan<int> four = MemoryMarshal.Cast<byte, int>(source)[..target.Length];
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = four[i];
                }

                break;
            case ParquetStorage.Int64 or ParquetStorage.Double:
                MemoryMarshal.Cast<byte, long>(source)[..target.Length].CopyTo(target);
                break;
            case ParquetStorage.ByteArray:
                for (int i = 0; i < target.Length; i++)
                {
                    int length = BinaryPrimitives.ReadInt32LittleEndian(page.Span);
                    target[i] = _values.AddEntry(page.Slice(4, length));
                    page = page[(4 + length)..];
                }

                break;
            default:
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = _values.AddEntry(page.Slice(i * column.Width, column.Width));
                }

                break;
        }
    }

    private void ReadPlaces(ReadOnlySpan<byte> source, Span<long> target)
    {
        if (target.Length == 0)
        {
            return;
        }

        if (_places.Length < target.Length)
        {
            _places = new int[target.Length];
        }

        Span<int> places = _places.AsSpan(0, target.Length);
        RunLengths.Read(source[1..], source[0], places);
        ReadOnlySpan<long> dictionary = _dictionary.AsSpan(0, _dictionaryCount);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = dictionary[places[i]];
        }
    }

    private static void ReadBits(ReadOnlySpan<byte> source, Span<long> target)
    {
        int[] bits = new int[target.Length];
        RunLengths.Read(source, 1, bits);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = bits[i];
        }
    }

    private void ReadDeltas(ReadOnlySpan<byte> source, Span<long> target)
    {
        _ = DeltaValues.Read(source, target);
        for (int i = 0; column.Storage == ParquetStorage.Int32 && i < target.Length; i++)
        {
            target[i] = unchecked((int)target[i]);
        }
    }

    private static void Number(Span<long> target, int first)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = first + i;
        }
    }

    /// <summary>Values whose first bytes stand together, and then their second ones.</summary>
    private byte[] Join(ReadOnlySpan<byte> source, int count)
    {
        byte[] joined = new byte[checked(count * column.Width)];
        for (int i = 0; i < joined.Length; i++)
        {
            joined[i] = source[((i % column.Width) * count) + (i / column.Width)];
        }

        return joined;
    }
}
