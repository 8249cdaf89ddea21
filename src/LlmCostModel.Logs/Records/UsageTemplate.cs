namespace LlmCostModel.Logs;

/// <summary>What stands around the values of the record that was read last. Most records of a log are written by one program, with the same
/// members in the same order: their values are found without looking at names.</summary>
internal sealed class UsageTemplate
{
    private const int MostValues = 48;
    private const int MostDigits = 15; // as PlainJson

    private readonly Value[] _values = new Value[MostValues];
    private readonly byte[][] _before = new byte[MostValues + 1][]; // what stands before each value, and behind the last
    private int _count;
    private bool _isWhole;

    /// <summary>The values of the record that matched last, or was read last.</summary>
    public ReadOnlySpan<Value> Values => _values.AsSpan(0, _count);

    public void Clear() => (_count, _isWhole) = (0, false);

    /// <summary>Adds a value of a record, in its order.</summary>
    /// <param name="field">The member.</param>
    /// <param name="range">Where it stands, without quotes.</param>
    /// <param name="bucket">The bucket of a count.</param>
    /// <param name="toName">How far before it the name of a tag stands.</param>
    public void Add(LineField field, TextRange range, int bucket, int toName)
    {
        if (_count < MostValues)
        {
            _values[_count] = new() { Field = field, Text = range, Bucket = bucket, ToName = toName };
        }

        _count++;
    }

    /// <summary>Ends a record.</summary>
    public void End(ReadOnlySpan<byte> json)
    {
        if (_count > MostValues)
        {
            Clear();
            return;
        }

        int at = 0;
        for (int i = 0; i < _count; i++)
        {
            TextRange range = _values[i].Text;
            _before[i] = json[at..range.Start].ToArray();
            at = range.Start + range.Length;
        }

        _before[_count] = json[at..].ToArray();
        _isWhole = true;
    }

    /// <summary>Whether a record, whose texts have no escapes, differs from the one that was read last in nothing but values.</summary>
    public bool TryMatch(ReadOnlySpan<byte> json)
    {
        if (!_isWhole)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = json;
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<byte> before = _before[i];
            if (!rest.StartsWith(before))
            {
                return false;
            }

            rest = rest[before.Length..];
            ref Value value = ref _values[i];
            int length = value.Field == LineField.Usage ? TakeCount(rest, out value.Count) : rest.IndexOf((byte)'"');
            if (length < 0)
            {
                return false;
            }

            value.Text = new(json.Length - rest.Length, length);
            rest = rest[length..];
        }

        return rest.SequenceEqual(_before[_count]);
    }

    /// <summary>The length of a whole number; below 0 where none stands.</summary>
    private static int TakeCount(ReadOnlySpan<byte> text, out long count)
    {
        count = 0;
        int length = 0;
        while (length < text.Length && length <= MostDigits && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            count = (count * 10) + (text[length++] - '0');
        }

        return length is > 0 and <= MostDigits && (length == 1 || text[0] != '0') ? length : -1;
    }

    /// <summary>A value of a record.</summary>
    internal struct Value
    {
        public LineField Field;
        public TextRange Text;
        public long Count;
        public int Bucket;
        public int ToName;
    }
}
