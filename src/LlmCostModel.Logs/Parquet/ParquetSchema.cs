namespace LlmCostModel.Logs;

/// <summary>Makes columns of the tree of elements that describes them.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/LogicalTypes.md, read 2026-11-27. Writers of before state the older
/// <c>converted_type</c> alone.</remarks>
internal static class ParquetSchema
{
    private const int Milli = 1_000;
    private const int Micro = 1_000_000;
    private const int Nano = 1_000_000_000;
    private const int Repeated = 2;
    private const int MostDeep = 64;
    private const int MostScale = 1_000;

    /// <summary>The columns in their order, as chunks of row groups have them.</summary>
    public static List<ParquetColumn> Read(IReadOnlyList<ThriftStruct> elements)
    {
        List<ParquetColumn> columns = [];
        int next = 0;
        if (elements.Count > 0)
        {
            ReadChildren(elements, ref next, columns, "", levels: 0, notRead: null, depth: 0);
        }

        return columns;
    }

    private static void ReadChildren(
        IReadOnlyList<ThriftStruct> elements,
        ref int next,
        List<ParquetColumn> columns,
        string path,
        int levels,
        string? notRead,
        int depth)
    {
        long children = elements[next++].Number(5) ?? 0;
        for (long i = 0; i < children; i++)
        {
            if (next >= elements.Count || depth > MostDeep)
            {
                throw new InvalidDataException("Its columns are not described whole.");
            }

            ThriftStruct element = elements[next];
            string name = path + (element.Text(4) ?? "");
            int own = levels + (element.Number(3) is 1 or Repeated ? 1 : 0);
            string? not = notRead ?? (element.Number(3) == Repeated ? "a list or a map" : null);
            if (element.Number(5) > 0)
            {
                ReadChildren(elements, ref next, columns, name + ".", own, not, depth + 1);
            }
            else
            {
                next++;
                columns.Add(ColumnOf(element, name, own, not));
            }
        }
    }

    private static ParquetColumn ColumnOf(ThriftStruct element, string name, int levels, string? notRead)
    {
        ParquetStorage storage = (ParquetStorage)(element.Number(1) ?? 0);
        int width = storage switch
        {
            ParquetStorage.Int32 or ParquetStorage.Float => 4,
            ParquetStorage.Int64 or ParquetStorage.Double => 8,
            ParquetStorage.Int96 => 12,
            _ => checked((int)(element.Number(2) ?? 0)),
        };
        ParquetColumn column = new(name, storage, width, ParquetKind.Text, levels)
        {
            NotRead = notRead,
            Scale = checked((int)(element.Number(7) ?? 0)),
            Precision = checked((int)(element.Number(8) ?? 0)),
        };
        return Checked(element.Struct(10) is { } logical ? OfLogical(column, logical) : OfConverted(column, element.Number(6)));
    }

    /// <summary>A column whose values may mean what they are said to, as they are stored.</summary>
    private static ParquetColumn Checked(ParquetColumn column)
    {
        bool isWhole = column.Storage is ParquetStorage.Int32 or ParquetStorage.Int64;
        bool isPossible = column.Kind switch
        {
            ParquetKind.Boolean => column.Storage == ParquetStorage.Boolean,
            ParquetKind.Integer or ParquetKind.Unsigned => isWhole,
            ParquetKind.Number => column.Storage is ParquetStorage.Float or ParquetStorage.Double,
            ParquetKind.Decimal => (isWhole || column.IsBytes) && column.Scale is >= 0 and <= MostScale,
            ParquetKind.Date => column.Storage == ParquetStorage.Int32,
            ParquetKind.Instant => column.Storage is ParquetStorage.Int64 or ParquetStorage.Int96,
            ParquetKind.Uuid => column is { Storage: ParquetStorage.FixedBytes, Width: 16 },
            _ => column.Storage is ParquetStorage.ByteArray or ParquetStorage.FixedBytes,
        };
        return isPossible && column.Width >= 0 ? column : column with { NotRead = column.NotRead ?? "of a type that is not known" };
    }

    private static ParquetColumn OfLogical(ParquetColumn column, ThriftStruct logical) =>
        logical.Struct(5) is { } number ? column with
        {
            Kind = ParquetKind.Decimal,
            Scale = checked((int)(number.Number(1) ?? column.Scale)),
            Precision = checked((int)(number.Number(2) ?? column.Precision)),
        }
        : logical.Has(6) ? column with { Kind = ParquetKind.Date }
        : logical.Struct(8) is { } instant ? column with
        {
            Kind = ParquetKind.Instant,
            IsUtc = instant.Flag(1) == true,
            PerSecond = instant.Struct(2) is { } unit && !unit.Has(1) ? (unit.Has(2) ? Micro : Nano) : Milli,
        }
        : logical.Struct(10) is { } integer ? Plain(column) with
        {
            Kind = integer.Flag(2) == false ? ParquetKind.Unsigned : ParquetKind.Integer,
        }
        : logical.Has(14) ? column with { Kind = ParquetKind.Uuid }
        : logical.Has(1) || logical.Has(4) || logical.Has(12) || logical.Has(11) ? Plain(column)
        : column with { NotRead = column.NotRead ?? NameOf(logical) };

    private static string NameOf(ThriftStruct logical) =>
        logical.Has(7) ? "a time of day"
        : logical.Has(13) ? "BSON"
        : logical.Has(15) ? "a number of 16 bits"
        : logical.Has(2) || logical.Has(3) ? "a list or a map"
        : "of a type that is not known";

    private static ParquetColumn OfConverted(ParquetColumn column, long? type) => type switch
    {
        5 => column with { Kind = ParquetKind.Decimal },
        6 => column with { Kind = ParquetKind.Date },
        9 => column with { Kind = ParquetKind.Instant, IsUtc = true, PerSecond = Milli },
        10 => column with { Kind = ParquetKind.Instant, IsUtc = true, PerSecond = Micro },
        11 or 12 or 13 or 14 => column with { Kind = ParquetKind.Unsigned },
        7 or 8 => column with { NotRead = column.NotRead ?? "a time of day" },
        20 => column with { NotRead = column.NotRead ?? "BSON" },
        21 => column with { NotRead = column.NotRead ?? "an interval" },
        _ => Plain(column),
    };

    /// <summary>What values mean by how they are stored. Of 96 bits there were only instants of a clock, in nanoseconds.</summary>
    private static ParquetColumn Plain(ParquetColumn column) => column.Storage switch
    {
        ParquetStorage.Boolean => column with { Kind = ParquetKind.Boolean },
        ParquetStorage.Int32 or ParquetStorage.Int64 => column with { Kind = ParquetKind.Integer },
        ParquetStorage.Float or ParquetStorage.Double => column with { Kind = ParquetKind.Number },
        ParquetStorage.Int96 => column with { Kind = ParquetKind.Instant, PerSecond = Nano },
        ParquetStorage.FixedBytes => column with { NotRead = column.NotRead ?? "bytes" },
        _ => column,
    };
}
