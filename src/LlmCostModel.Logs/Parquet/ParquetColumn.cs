namespace LlmCostModel.Logs;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">The name; a column within others has theirs before it, with points.</param>
/// <param name="Storage">How values are stored.</param>
/// <param name="Width">How many bytes a value has that is stored in a fixed number of them.</param>
/// <param name="Kind">What values mean.</param>
/// <param name="Levels">How many of the column and those around it may be null.</param>
internal sealed record ParquetColumn(string Name, ParquetStorage Storage, int Width, ParquetKind Kind, int Levels)
{
    /// <summary>The digits behind the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>The digits of a decimal.</summary>
    public int Precision { get; init; }

    /// <summary>How many of the units in which an instant is stored are a second.</summary>
    public long PerSecond { get; init; }

    /// <summary>Whether instants are of UTC, and not of a clock somewhere.</summary>
    public bool IsUtc { get; init; }

    /// <summary>What values are that cannot be read, such as <c>a list</c>; null where they can.</summary>
    public string? NotRead { get; init; }

    /// <summary>Whether values are stored as bytes.</summary>
    public bool IsBytes => Storage is ParquetStorage.ByteArray or ParquetStorage.FixedBytes or ParquetStorage.Int96;
}

/// <summary>The numbers of the physical types in parquet.thrift.</summary>
internal enum ParquetStorage
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Int96 = 3,
    Float = 4,
    Double = 5,
    ByteArray = 6,
    FixedBytes = 7,
}

/// <summary>What values mean.</summary>
internal enum ParquetKind
{
    Boolean,
    Integer,
    Unsigned,
    Number,
    Decimal,
    Text,
    Uuid,
    Date,
    Instant,
}
