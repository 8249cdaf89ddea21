using System.Buffers.Binary;

namespace LlmCostModel.Logs;

/// <summary>A Parquet file: columns of values in row groups.</summary>
/// <remarks>
/// https://github.com/apache/parquet-format, read 2026-11-27. It is read here and not by a package, so that programs that are compiled
/// ahead of time read it without a warning, and a count is a number in a column all the way. A row group is in memory at a time.
/// </remarks>
internal sealed class ParquetFile
{
    private const int TailBytes = 8;
    private const int MostDescription = 256 * 1024 * 1024;
    private const int MostRows = 64 * 1024 * 1024; // of a row group; writers make groups of some millions at most
    private const int Slack = 128; // some writers count pages short by the header of their dictionary

    private readonly Stream _stream;
    private readonly string _name;
    private readonly ThriftStruct[] _groups;
    private readonly ChunkDecoder?[] _decoders;
    private byte[] _chunk = [];

    /// <summary>Opens a file.</summary>
    /// <param name="stream">The file; it can be sought in.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="LogFormatException">It is not whole.</exception>
    public ParquetFile(Stream stream, string name)
    {
        (_stream, _name) = (stream, name);
        ThriftStruct? description = null;
        Guard(null, () => description = ReadDescription());
        _groups = [.. description!.Structs(4)];
        Rows = Math.Max(description.Number(3) ?? 0, 0);
        Columns = [];
        Guard(null, () => Columns = ParquetSchema.Read([.. description.Structs(2)]));
        _decoders = new ChunkDecoder?[Columns.Count];
    }

    public IReadOnlyList<ParquetColumn> Columns { get; private set; }

    /// <summary>How many rows there are said to be.</summary>
    public long Rows { get; }

    /// <summary>How many row groups there are.</summary>
    public int Groups => _groups.Length;

    /// <summary>Whether a file begins so.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) =>
        start.StartsWith("PAR1"u8) && (start.Length == 4 || start[4] is < 32 and not ((byte)'\n' or (byte)'\r' or (byte)'\t'));

    /// <summary>How many rows a group has.</summary>
    public int RowsOf(int group)
    {
        int rows = 0;
        Guard(null, () => rows = _groups[group].Number(3) is >= 0 and <= MostRows and var count ? (int)count
            : throw new InvalidDataException($"It has a row group of more than {MostRows} rows. Write smaller row groups."));
        return rows;
    }

    /// <summary>Reads a column of a row group. The values hold until another row group is read.</summary>
    /// <exception cref="LogFormatException">It cannot be read.</exception>
    public ColumnValues Read(int group, int column)
    {
        ColumnValues? values = null;
        Guard(Columns[column].Name, () => values = ReadColumn(group, column));
        return values!;
    }

    private ColumnValues ReadColumn(int group, int column)
    {
        ThriftStruct chunk = _groups[group].Structs(1).ElementAtOrDefault(column) ?? throw new InvalidDataException("It has no values.");
        if (chunk.Has(8) || chunk.Has(9) || chunk.Text(1) is { Length: > 0 })
        {
            throw new InvalidDataException(chunk.Has(1) ? "Its values are in another file." : "It is encrypted.");
        }

        ThriftStruct meta = chunk.Struct(3) ?? throw new InvalidDataException("It is not described.");
        int rows = RowsOf(group);
        if (rows == 0)
        {
            return new(Columns[column]);
        }

        if (meta.Number(5) != rows || meta.Number(1) != (int)Columns[column].Storage)
        {
            throw new InvalidDataException("It has other values than it is said to have.");
        }

        long data = meta.Number(9) ?? 0;
        long start = meta.Number(11) is > 0 and var dictionary && dictionary < data ? dictionary : data;
        long length = Math.Min((meta.Number(7) ?? 0) + Slack, _stream.Length - TailBytes - start);
        if (start <= 0 || length <= 0 || length > int.MaxValue)
        {
            throw new InvalidDataException("Its place in the file is damaged.");
        }

        ChunkDecoder decoder = _decoders[column] ??= new(Columns[column]);
        return decoder.Read(Bytes(start, (int)length), checked((int)(meta.Number(4) ?? 0)), rows);
    }

    private ReadOnlySpan<byte> Bytes(long start, int length)
    {
        if (_chunk.Length < length)
        {
            _chunk = new byte[length];
        }

        _stream.Position = start;
        _stream.ReadExactly(_chunk, 0, length);
        return _chunk.AsSpan(0, length);
    }

    private ThriftStruct ReadDescription()
    {
        ReadOnlySpan<byte> tail = Bytes(Math.Max(0, _stream.Length - TailBytes), (int)Math.Min(TailBytes, _stream.Length));
        if (tail.EndsWith("PARE"u8))
        {
            throw new InvalidDataException("It is encrypted.");
        }

        int length = tail.EndsWith("PAR1"u8) && tail.Length == TailBytes ? BinaryPrimitives.ReadInt32LittleEndian(tail) : 0;
        return length > 0 && length <= MostDescription && length + TailBytes + 4 <= _stream.Length
            ? ThriftStruct.Read(Bytes(_stream.Length - TailBytes - length, length), out _)
            : throw new InvalidDataException("Its end is missing: it was cut off, or is written still.");
    }

    /// <summary>Does something with what may be damaged anywhere.</summary>
    private void Guard(string? column, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is EndOfStreamException or not (OutOfMemoryException or IOException))
        {
            string reason = exception is InvalidDataException ? exception.Message : "It is damaged.";
            string part = column is null
                ? $"The Parquet file '{_name}' cannot be read"
                : $"The column '{column}' of '{_name}' cannot be read";
            throw new LogFormatException($"{part}: {char.ToLowerInvariant(reason[0])}{reason[1..]}");
        }
    }
}
