using System.Buffers;

namespace LlmCostModel.Logs;

/// <summary>Finds what a row of a table states that is written as most are: values in ASCII, quoted or not, without a quote or a line end
/// in them, whole numbers, instants in full.</summary>
/// <param name="columns">What the columns are, in their order.</param>
/// <param name="delimiter">What stands between values.</param>
internal sealed class CsvScan(CsvColumns columns, char delimiter) : LineScan
{
    private const int MostDigits = 15; // so that no sum of counts is too large

    private readonly SearchValues<byte> _unusual = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (byte)code).Where(code => (code < 0x20 && code != delimiter) || code >= 0x7F)]);

    private readonly TextRange[] _valueOfTag = new TextRange[columns.Tags.Length];
    private readonly int[] _stated = new int[columns.Tags.Length];
    private int _tagCount;
    private (long? Input, long? Output, long? All) _totals;
    private bool _hasCount;

    /// <inheritdoc/>
    public override int TagCount => _tagCount;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> TagName(int tag, ReadOnlySpan<byte> line) => columns.Tags[_stated[tag]];

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> TagValue(int tag, ReadOnlySpan<byte> line) => _valueOfTag[_stated[tag]].In(line);

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line)
    {
        (Id, Model, Provider, Region, Tier, At) = (default, default, default, default, default, null);
        (_totals, _hasCount, _tagCount) = (default, false, 0);
        Values.Clear();
        Array.Clear(_valueOfTag);
        if (line.ContainsAny(_unusual))
        {
            return false;
        }

        int at = 0;
        foreach (CsvColumns.Column column in columns.All)
        {
            if (at > line.Length || !TryValue(line, ref at, out TextRange value) || !TryTake(column, value, line))
            {
                return false;
            }
        }

        return at == line.Length + 1 && Model.IsStated && _hasCount && TryTotals() && FindTags();
    }

    /// <summary>Takes a value, and what stands behind it.</summary>
    private bool TryValue(ReadOnlySpan<byte> line, ref int at, out TextRange value)
    {
        value = default;
        ReadOnlySpan<byte> rest = line[at..];
        if (rest is [(byte)'"', .. var quoted])
        {
            int close = quoted.IndexOf((byte)'"');
            value = new(at + 1, Math.Max(close, 0));
            at += close + 2;
            bool isEnd = at == line.Length || (at < line.Length && line[at] == delimiter);
            at++;
            return close >= 0 && isEnd;
        }

        int length = rest.IndexOf((byte)delimiter);
        length = length < 0 ? rest.Length : length;
        value = new(at, length);
        at += length + 1;
        return !rest[..length].Contains((byte)'"');
    }

    private bool TryTake(CsvColumns.Column column, TextRange range, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = range.In(line);
        if (column.Field == LineField.Unknown)
        {
            return text.TrimStart((byte)' ') is not [(byte)'{' or (byte)'[', ..]; // a format may look into it
        }

        if (RecordFields.IsNothing(text))
        {
            return true;
        }

        return text[0] != ' ' && text[^1] != ' ' && TrySet(column, range, text);
    }

    private bool TrySet(CsvColumns.Column column, TextRange range, ReadOnlySpan<byte> text)
    {
        switch (column.Field)
        {
            case LineField.Tags:
                _valueOfTag[column.Number] = range;
                return true;
            case LineField.At:
                bool isInstant = PlainJson.TryFullInstant(text, out DateTimeOffset at);
                At = at;
                return isInstant;
            default:
                return TrySetText(column.Field, range) || (TryCount(text, out long count) && SetCount(column, count));
        }
    }

    private bool SetCount(CsvColumns.Column column, long count)
    {
        _hasCount |= column.Field != LineField.Total;
        switch (column.Field)
        {
            case LineField.TotalInput:
                _totals.Input = count;
                break;
            case LineField.TotalOutput:
                _totals.Output = count;
                break;
            case LineField.Total:
                _totals.All = count;
                break;
            default:
                Values[column.Number] = count;
                break;
        }

        return true;
    }

    /// <summary>Takes out of the totals what other columns say is in them.</summary>
    private bool TryTotals() =>
        TryTotal(_totals.Input, TokenBucket.Input, TokenSide.Input) && TryTotal(_totals.Output, TokenBucket.Output, TokenSide.Output)
        && (_totals.All is not { } all || ColumnMap.IsTotal(all, ToUsage()));

    private bool TryTotal(long? total, TokenBucket rest, TokenSide side)
    {
        if (total is not { } stated)
        {
            return true;
        }

        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            stated -= row.Side == side ? Values[(int)row.Bucket] : 0;
        }

        Values[(int)rest] = stated;
        return stated >= 0;
    }

    private bool FindTags()
    {
        for (int i = 0; i < _valueOfTag.Length; i++)
        {
            if (_valueOfTag[i].IsStated)
            {
                _stated[_tagCount++] = i;
            }
        }

        return true;
    }

    private static bool TryCount(ReadOnlySpan<byte> text, out long count)
    {
        count = 0;
        if (text.Length > MostDigits || (text.Length > 1 && text[0] == '0'))
        {
            return false;
        }

        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            count = (count * 10) + (digit - '0');
        }

        return true;
    }
}
