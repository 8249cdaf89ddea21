using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads what rows of a table say out of its columns, without an object for each.</summary>
/// <param name="columns">Which columns say what.</param>
/// <param name="needsTags">Whether it is asked whose calls they are.</param>
/// <param name="needsIds">Whether it is asked which calls they are.</param>
internal sealed class RowScan(RowColumns columns, bool needsTags, bool needsIds)
{
    private const long MostCount = 1_000_000_000_000_000; // sums of a chunk hold thousands of these
    private const double MostExact = 9_007_199_254_740_992; // 2^53
    private const int LongestNothing = 4; // "None"

    private static readonly bool[] AreInput = OfSide(TokenSide.Input);
    private static readonly bool[] AreOutput = OfSide(TokenSide.Output);

    private readonly long[] _counts = new long[TokenBuckets.All.Length];
    private readonly ValueNames[] _kinds = new ValueNames[columns.Kind.Length];
    private readonly ValueNames[] _tags = new ValueNames[columns.Tags.Length];
    private readonly ColumnValues[] _ofCounts = new ColumnValues[columns.Counts.Length];
    private readonly NameTable _kindNames = new();
    private readonly NameTable _tagNames = new();
    private readonly List<ulong> _tagHashes = [0];
    private readonly ulong[] _hashes = [.. columns.Tags.Select(tag => CallKeys.OfText(tag.Name))];
    private ColumnValues[] _others = [];
    private ColumnValues? _totalInput;
    private ColumnValues? _totalOutput;
    private ColumnValues? _at;
    private ColumnValues? _ids;

    /// <summary>The counts of the row by the value of their bucket.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The instant of the row; null when it states none.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>Whether the instant says its offset.</summary>
    public bool IsZoned { get; private set; }

    /// <summary>How many names there are.</summary>
    public int Names => Math.Max(_kindNames.Count, _tagNames.Count / 10);

    public void Clear()
    {
        _kindNames.Clear();
        _tagNames.Clear();
        _tagHashes.RemoveRange(1, _tagHashes.Count - 1);
        Array.ForEach(_kinds, names => names?.Clear());
        Array.ForEach(_tags, names => names?.Clear());
    }

    /// <summary>Begins with the rows of a row group.</summary>
    public void Open(ParquetRows rows)
    {
        for (int i = 0; i < _kinds.Length; i++)
        {
            _kinds[i] = new(rows[columns.Kind[i]], _kindNames, isTrimmed: false);
        }

        for (int i = 0; i < _tags.Length && needsTags; i++)
        {
            _tags[i] = new(rows[columns.Tags[i].Column], _tagNames, isTrimmed: true);
        }

        for (int i = 0; i < _ofCounts.Length; i++)
        {
            _ofCounts[i] = rows[columns.Counts[i].Column];
        }

        _others = [.. columns.Others.Select(column => rows[column])];
        _totalInput = columns.TotalInput < 0 ? null : rows[columns.TotalInput];
        _totalOutput = columns.TotalOutput < 0 ? null : rows[columns.TotalOutput];
        _at = columns.At < 0 ? null : rows[columns.At];
        _ids = columns.Id < 0 || !needsIds ? null : rows[columns.Id];
    }

    /// <summary>Reads the counts and the instant of a row.</summary>
    /// <returns>Whether these and the price by them are all that there is to say. If not, what was read says nothing.</returns>
    public bool TryRead(int row)
    {
        foreach (ColumnValues other in _others)
        {
            if (!other.IsNull(row))
            {
                return false;
            }
        }

        return TryReadAt(row) && TryReadCounts(row);
    }

    /// <summary>A number for what decides the price besides, the same for rows that say the same; null when there are too many.</summary>
    public ulong? KindOf(int row)
    {
        const int Bits = 12;
        ulong kind = 0;
        foreach (ValueNames names in _kinds)
        {
            int number = names.NumberOf(row);
            if (number >= 1 << Bits)
            {
                return null;
            }

            kind = (kind << Bits) | (uint)number;
        }

        return kind;
    }

    /// <summary>A number for the value of a tag; 0 when the row does not say it, or nobody.</summary>
    public int TagOf(int row, string name)
    {
        for (int i = 0; i < _tags.Length; i++)
        {
            if (columns.Tags[i].Name == name)
            {
                return _tags[i].NumberOf(row);
            }
        }

        return 0;
    }

    /// <summary>All that the row says of whose call it is.</summary>
    public ulong TagsOf(int row)
    {
        ulong tags = 0;
        for (int i = 0; i < _tags.Length; i++)
        {
            int number = _tags[i].NumberOf(row);
            while (_tagHashes.Count <= number)
            {
                _tagHashes.Add(CallKeys.OfText(Encoding.UTF8.GetString(_tagNames[_tagHashes.Count])));
            }

            tags = number == 0 ? tags : CallKeys.TagIn(tags, _hashes[i], _tagHashes[number]);
        }

        return tags;
    }

    /// <summary>The key of the row's id; null when it states none.</summary>
    public UInt128? IdOf(int row)
    {
        if (_ids is not { } ids || ids.IsNull(row))
        {
            return null;
        }

        if (ids.Column.Kind == ParquetKind.Text
            && ids.Bytes(row) is { Length: > LongestNothing } bytes
            && bytes[0] > ' '
            && bytes[^1] > ' '
            && Ascii.IsValid(bytes))
        {
            return CallKeys.OfResponse(bytes);
        }

        return RecordFields.Stated(ValueText.Of(ids, row)!) is { } text ? CallKeys.OfResponse(text) : null;
    }

    private bool TryReadAt(int row)
    {
        (At, IsZoned) = (null, true);
        if (_at is not { } at || at.IsNull(row))
        {
            return true;
        }

        if (at.Column.Kind is ParquetKind.Instant or ParquetKind.Date)
        {
            IsZoned = at.Column is { Kind: ParquetKind.Instant, IsUtc: true };
            At = ValueText.TicksOf(at, row) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }
        else if (at.Column.Kind == ParquetKind.Text
            && at.Bytes(row) is [.., (byte)'Z'] text
            && PlainJson.TryInstant(text, out DateTimeOffset instant))
        {
            At = instant;
        }
        else
        {
            At = LogInstant.Parse(ValueText.Of(at, row)!, out bool isZoned);
            IsZoned = isZoned;
        }

        return At is not null;
    }

    private bool TryReadCounts(int row)
    {
        Array.Clear(_counts);
        bool isAny = false;
        for (int i = 0; i < _ofCounts.Length; i++)
        {
            if (!_ofCounts[i].IsNull(row))
            {
                isAny = true;
                if (!TryCount(_ofCounts[i], row, out _counts[(int)columns.Counts[i].Bucket]))
                {
                    return false;
                }
            }
        }

        return TryReadTotal(_totalInput, row, TokenBucket.Input, AreInput, ref isAny)
            && TryReadTotal(_totalOutput, row, TokenBucket.Output, AreOutput, ref isAny)
            && isAny;
    }

    /// <summary>Takes out of a total what is in it.</summary>
    private bool TryReadTotal(ColumnValues? total, int row, TokenBucket rest, bool[] areIn, ref bool isAny)
    {
        if (total is null || total.IsNull(row))
        {
            return true;
        }

        isAny = true;
        if (!TryCount(total, row, out long count))
        {
            return false;
        }

        for (int i = 0; i < areIn.Length; i++)
        {
            count -= areIn[i] ? _counts[i] : 0;
        }

        _counts[(int)rest] = count;
        return count >= 0;
    }

    private static bool TryCount(ColumnValues values, int row, out long count)
    {
        count = values.Number(row);
        switch (values.Column.Kind)
        {
            case ParquetKind.Integer or ParquetKind.Unsigned:
                break; // a larger one without a sign is below 0 or beyond the most here
            case ParquetKind.Number when values.Column.Storage == ParquetStorage.Double:
                double number = BitConverter.Int64BitsToDouble(count);
                count = number is >= 0 and < MostExact ? (long)number : -1;
                return count >= 0 && count < MostCount && count == number;
            default:
                return TryParse(ValueText.Of(values, row)!, out count);
        }

        return count >= 0 && count < MostCount
            && (values.Column.Kind == ParquetKind.Integer || values.Column.Storage == ParquetStorage.Int64);
    }

    /// <summary>Whole numbers as they are written first; others are looked at closer by who reads them one by one.</summary>
    private static bool TryParse(string text, out long count) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out count)
        && count < MostCount;

    private static bool[] OfSide(TokenSide side) =>
        [.. TokenBuckets.All.OrderBy(row => row.Bucket).Select(row => row.Side == side)];

    /// <summary>Numbers the values of a column, so that the same value has the same number in all row groups.</summary>
    private sealed class ValueNames(ColumnValues values, NameTable names, bool isTrimmed)
    {
        private int[] _numbers = new int[values.Column.IsBytes ? values.Entries : 0]; // by place, and 1; 0 is not known yet

        public void Clear() => Array.Clear(_numbers);

        /// <summary>The number of a value; 0 for none.</summary>
        public int NumberOf(int row)
        {
            if (values.IsNull(row))
            {
                return 0;
            }

            if (values.Column.Kind != ParquetKind.Text)
            {
                return Get(row);
            }

            ref int number = ref _numbers[values.Number(row)];
            number = number == 0 ? Get(row) + 1 : number;
            return number - 1;
        }

        private int Get(int row)
        {
            if (!isTrimmed && values.Column.Kind == ParquetKind.Text)
            {
                return names.Get(values.Bytes(row));
            }

            string text = ValueText.Of(values, row)!;
            return (isTrimmed ? RecordFields.Stated(text) : text) is { } stated ? names.Get(Encoding.UTF8.GetBytes(stated)) : 0;
        }
    }
}
