namespace LlmCostModel;

/// <summary>The fields of one kind of object, found by their names.</summary>
/// <remarks>By length first: a name is compared with the few that are as long, not with a hundred.</remarks>
internal sealed class FieldTable
{
    private readonly ApiField[] _fields;
    private readonly byte[] _starts; // where the names of a length begin, up to one more than the longest

    internal FieldTable(IEnumerable<ApiField> fields)
    {
        _fields = [.. fields.OrderBy(field => field.Utf8Name.Length)];
        int longest = _fields.Length == 0 ? 0 : _fields[^1].Utf8Name.Length;
        _starts = [.. Enumerable.Range(0, longest + 2).Select(length => (byte)_fields.Count(field => field.Utf8Name.Length < length))];
        if (_fields.Length > 128)
        {
            throw new InvalidOperationException("The fields of an object that were seen are bits of a UInt128.");
        }
    }

    internal ReadOnlySpan<ApiField> All => _fields;

    internal ApiField this[int index] => _fields[index];

    /// <summary>The index of a name; -1 when it is not listed.</summary>
    internal int Find(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.Length + 1 >= _starts.Length)
        {
            return -1;
        }

        int end = _starts[utf8Name.Length + 1];
        for (int i = _starts[utf8Name.Length]; i < end; i++)
        {
            if (utf8Name.SequenceEqual(_fields[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }
}
