using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Writes values of columns as a table of texts has them.</summary>
internal static class ValueText
{
    private const int NanosPerTick = 100;
    private const long NanosPerDay = 86_400_000_000_000;
    private const int EpochInJulianDays = 2_440_588;

    /// <summary>The text of a value; null when there is none.</summary>
    public static string? Of(ColumnValues values, int row)
    {
        if (values.IsNull(row))
        {
            return null;
        }

        long number = values.Number(row);
        CultureInfo culture = CultureInfo.InvariantCulture;
        return values.Column.Kind switch
        {
            ParquetKind.Boolean => number == 1 ? "true" : "false",
            ParquetKind.Integer => number.ToString(culture),
            ParquetKind.Unsigned => Unsigned(values.Column, number).ToString(culture),
            ParquetKind.Number => values.Column.Storage == ParquetStorage.Float
                ? OfNumber(BitConverter.Int32BitsToSingle((int)number).ToString(culture))
                : OfNumber(BitConverter.Int64BitsToDouble(number).ToString(culture)),
            ParquetKind.Decimal => OfDecimal(Unscaled(values, row), values.Column.Scale),
            ParquetKind.Uuid => new Guid(values.Bytes(row), bigEndian: true).ToString(),
            ParquetKind.Date => OfDay(number),
            ParquetKind.Instant => TicksOf(values, row) is { } ticks
                ? new DateTime(ticks).ToString($"yyyy-MM-dd'T'HH:mm:ss.FFFFFFF{(values.Column.IsUtc ? "'Z'" : "")}", culture)
                : $"outside of the calendar ({(values.Column.IsBytes ? "of 96 bits" : number.ToString(culture))})",
            _ => Encoding.UTF8.GetString(values.Bytes(row)),
        };
    }

    /// <summary>The ticks of an instant or a day; null when it is outside of the calendar.</summary>
    public static long? TicksOf(ColumnValues values, int row) => values.Column.Storage == ParquetStorage.Int96
        ? InCalendar(OfInt96(values.Bytes(row)))
        : TicksOf(values.Column, values.Number(row));

    /// <summary>The ticks of an instant or a day that is stored as a number; null when it is outside of the calendar.</summary>
    public static long? TicksOf(ParquetColumn column, long stored)
    {
        if (column is { Kind: ParquetKind.Instant, PerSecond: <= TimeSpan.TicksPerSecond })
        {
            long unit = TimeSpan.TicksPerSecond / column.PerSecond;
            if (stored >= 0 && stored <= (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / unit)
            {
                return (stored * unit) + DateTime.UnixEpoch.Ticks; // as nearly all are: without 128 bits
            }
        }

        Int128 number = stored;
        return InCalendar(column.Kind == ParquetKind.Date ? number * TimeSpan.TicksPerDay
            : column.PerSecond > TimeSpan.TicksPerSecond ? Floor(number, NanosPerTick)
            : number * (TimeSpan.TicksPerSecond / column.PerSecond));
    }

    private static long? InCalendar(Int128 ticks)
    {
        ticks += DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? (long)ticks : null;
    }

    /// <summary>A number without a sign.</summary>
    public static ulong Unsigned(ParquetColumn column, long number) =>
        unchecked(column.Storage == ParquetStorage.Int32 ? (uint)number : (ulong)number);

    /// <summary>A decimal without its point.</summary>
    private static BigInteger Unscaled(ColumnValues values, int row) =>
        values.Column.IsBytes ? new BigInteger(values.Bytes(row), isUnsigned: false, isBigEndian: true) : values.Number(row);

    private static string OfDecimal(BigInteger unscaled, int scale)
    {
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string text = scale <= 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}".TrimEnd('0').TrimEnd('.');
        return unscaled.Sign < 0 ? $"-{text}" : text;
    }

    /// <summary>What is not a number is not nothing: that is null here.</summary>
    private static string OfNumber(string text) => text == "NaN" ? "not a number" : text;

    private static string OfDay(long day)
    {
        long ticks = day * TimeSpan.TicksPerDay;
        return day is > -800_000 and < 3_000_000 && DateTime.UnixEpoch.Ticks + ticks is >= 0 and var at && at <= DateTime.MaxValue.Ticks
            ? new DateTime(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : FormattableString.Invariant($"outside of the calendar ({day})");
    }

    /// <summary>Nanoseconds of a day, and the day.</summary>
    private static Int128 OfInt96(ReadOnlySpan<byte> bytes)
    {
        Int128 days = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) - (Int128)EpochInJulianDays;
        return Floor((days * NanosPerDay) + BinaryPrimitives.ReadInt64LittleEndian(bytes), NanosPerTick);
    }

    private static Int128 Floor(Int128 dividend, int divisor) => (dividend - (((dividend % divisor) + divisor) % divisor)) / divisor;
}
