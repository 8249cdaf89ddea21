using System.Buffers.Binary;
using ZstdSharp;

namespace LlmCostModel.Logs;

/// <summary>Writes columns as a Parquet file.</summary>
/// <remarks>Pages of the first version, packed with zstd: numbers and instants by their differences, texts that come again in a
/// dictionary.</remarks>
internal sealed class ParquetWriter(Stream target)
{
    private const int RowsOfGroup = 1 << 17;
    private const int Zstd = 6;
    private const int Plain = 0;
    private const int Rle = 3;
    private const int Delta = 5;
    private const int RleDictionary = 8;
    private const int Optional = 1;

    private long _written;

    /// <summary>Writes a file.</summary>
    /// <param name="columns">The columns, each with as many rows.</param>
    /// <exception cref="LogFormatException">A value needs more digits than a column of decimals has.</exception>
    public void Write(IReadOnlyList<WrittenColumn> columns)
    {
        int rows = columns.Count == 0 ? 0 : columns[0].Count;
        List<(int Rows, List<Chunk> Chunks)> groups = [];
        Write("PAR1"u8);
        for (int start = 0; start < rows; start += RowsOfGroup)
        {
            int count = Math.Min(RowsOfGroup, rows - start);
            groups.Add((count, [.. columns.Select(column => WriteChunk(column, start, count))]));
        }

        byte[] description = new ThriftWriter().Struct(file => file
            .Small(1, 2)
            .Structs(2, [null, .. columns], (element, column) => WriteElement(element, column, columns.Count))
            .Number(3, rows)
            .Structs(4, groups, WriteGroup)
            .Text(6, "LlmCostModel")).ToArray();
        Write(description);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, description.Length);
        Write(length);
        Write("PAR1"u8);
    }

    private static void WriteElement(ThriftWriter element, WrittenColumn? column, int columns)
    {
        if (column is null)
        {
            element.Text(4, "calls").Small(5, columns);
            return;
        }

        element.Small(1, (int)StorageOf(column));
        _ = column.Kind == ParquetKind.Decimal ? element.Small(2, WrittenColumn.DecimalBytes) : element;
        element.Small(3, Optional).Text(4, column.Name);
        switch (column.Kind)
        {
            case ParquetKind.Decimal:
                element.Small(6, 5).Small(7, column.Scale).Small(8, WrittenColumn.DecimalDigits);
                element.Struct(10, type => type.Struct(5, one => one.Small(1, column.Scale).Small(2, WrittenColumn.DecimalDigits)));
                break;
            case ParquetKind.Instant:
                _ = column.IsOfMicros ? element.Small(6, 10) : element; // there is none of nanoseconds
                int scale = column.IsOfMicros ? 2 : 3;
                element.Struct(10, type => type.Struct(8, one => one.Flag(1, true).Struct(2, unit => unit.Struct(scale))));
                break;
            case ParquetKind.Text:
                element.Small(6, 0).Struct(10, type => type.Struct(1));
                break;
            default:
                break;
        }
    }

    private static void WriteGroup(ThriftWriter writer, (int Rows, List<Chunk> Chunks) group) => writer
        .Structs(1, group.Chunks, (chunk, one) => chunk
            .Number(2, one.Start)
            .Struct(3, meta =>
            {
                meta.Small(1, (int)StorageOf(one.Column)).Smalls(2, Plain, Rle, Delta, RleDictionary)
                    .Texts(3, one.Column.Name).Small(4, Zstd)
                    .Number(5, group.Rows).Number(6, one.Unpacked).Number(7, one.Packed).Number(9, one.Data);
                _ = one.Data > one.Start ? meta.Number(11, one.Start) : meta;
            }))
        .Number(2, group.Chunks.Sum(one => one.Unpacked))
        .Number(3, group.Rows);

    private static ParquetStorage StorageOf(WrittenColumn column) => column.Kind switch
    {
        ParquetKind.Text => ParquetStorage.ByteArray,
        ParquetKind.Decimal => ParquetStorage.FixedBytes,
        _ => ParquetStorage.Int64,
    };

    private Chunk WriteChunk(WrittenColumn column, int start, int rows)
    {
        Chunk chunk = new() { Column = column, Start = _written };
        WrittenPage page = new();
        page.AddLevels(column, start, rows);
        int encoding = Plain;
        if (column.Kind == ParquetKind.Text && page.TryAddPlaces(column, start, rows, out WrittenPage dictionary, out int texts))
        {
            WritePage(chunk, 2, dictionary, header => header.Struct(7, one => one.Small(1, texts).Small(2, Plain)));
            encoding = RleDictionary;
        }
        else
        {
            page.AddValues(column, start, rows);
            encoding = StorageOf(column) == ParquetStorage.Int64 ? Delta : Plain;
        }

        chunk.Data = _written;
        WritePage(chunk, 0, page, header => header.Struct(5, one => one.Small(1, rows).Small(2, encoding).Small(3, Rle).Small(4, Rle)));
        return chunk;
    }

    private void WritePage(Chunk chunk, int type, WrittenPage page, Func<ThriftWriter, ThriftWriter> describe)
    {
        using Compressor zstd = new();
        ReadOnlySpan<byte> packed = zstd.Wrap(page.Bytes);
        int length = packed.Length;
        byte[] header = new ThriftWriter()
            .Struct(writer => describe(writer.Small(1, type).Small(2, page.Bytes.Length).Small(3, length))).ToArray();
        Write(header);
        Write(packed);
        chunk.Unpacked += header.Length + page.Bytes.Length;
        chunk.Packed += header.Length + packed.Length;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        target.Write(bytes);
        _written += bytes.Length;
    }

    /// <summary>Where a column of a row group stands.</summary>
    private sealed class Chunk
    {
        public required WrittenColumn Column { get; init; }

        public required long Start { get; init; }

        public long Data { get; set; }

        public long Packed { get; set; }

        public long Unpacked { get; set; }
    }
}
