namespace LlmCostModel.Logs;

/// <summary>A Parquet file as a table of rows.</summary>
/// <param name="file">The file.</param>
internal sealed class ParquetTable(ParquetFile file)
{
    private const int MostBuffered = 1 << 30;

    /// <summary>The columns.</summary>
    public IReadOnlyList<ParquetColumn> Columns => file.Columns;

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names { get; } = [.. file.Columns.Select(column => column.Name)];

    /// <summary>The rows, a row group at a time.</summary>
    public IEnumerable<ParquetRows> Groups()
    {
        long before = 0;
        for (int i = 0; i < file.Groups; i++)
        {
            ParquetRows rows = new(file, i, before);
            yield return rows;
            before += rows.Count;
        }
    }

    /// <summary>Looks whether a log is a Parquet file.</summary>
    /// <param name="stream">The log; what was read of it is given back with it.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>The file; <see langword="null"/> when the log is something else.</returns>
    /// <exception cref="LogFormatException">It is one that cannot be read.</exception>
    public static ParquetTable? Find(ref Stream stream, string name)
    {
        long start = stream.CanSeek ? stream.Position : 0;
        byte[] read = new byte[5];
        int length = stream.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
        bool isParquet = ParquetFile.Begins(read.AsSpan(0, length));
        if (stream.CanSeek)
        {
            stream.Position = start;
        }
        else
        {
            stream = new ConcatenatedStream(new MemoryStream(read, 0, length), stream);
        }

        return !isParquet ? null : new(new ParquetFile(stream.CanSeek && start == 0 ? stream : Buffer(stream, name), name));
    }

    /// <summary>What Parquet says of itself stands at its end, so that what cannot be sought in has to be kept.</summary>
    private static MemoryStream Buffer(Stream stream, string name)
    {
        MemoryStream kept = new();
        byte[] part = new byte[1 << 16];
        for (int read = stream.Read(part); read > 0; read = stream.Read(part))
        {
            kept.Write(part, 0, read);
            if (kept.Length > MostBuffered)
            {
                throw new LogFormatException(
                    $"'{name}' is a Parquet file of more than {MostBuffered} bytes, which is read from a file only, and not packed again.");
            }
        }

        return kept;
    }
}
