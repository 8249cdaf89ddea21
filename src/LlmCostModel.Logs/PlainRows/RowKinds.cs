namespace LlmCostModel.Logs;

/// <summary>Finds of which kinds the rows of a block are by the places of their values in the dictionaries of their columns: what is said
/// is looked at once for each combination, and not for each row.</summary>
/// <param name="columns">The columns that decide the kind.</param>
internal sealed class RowKinds(int[] columns)
{
    private const int MostSlots = 1 << 16;

    private readonly int[] _slots = new int[BlockSums.MostRows]; // by row: the number of its combination
    private ColumnValues[] _values = [];
    private LineKind?[] _kinds = []; // by combination
    private bool[] _areKnown = [];
    private byte[] _places = []; // by combination: its place in the block, and 1; 0 is none yet

    /// <summary>Begins with a row group.</summary>
    /// <returns>Whether its columns have few values, as those that are written in dictionaries do.</returns>
    public bool Open(ParquetRows rows)
    {
        _values = [.. columns.Select(column => rows[column]).Where(values => values.Entries > 0)];
        long slots = 1;
        foreach (ColumnValues values in _values)
        {
            slots = Math.Min(slots * (values.Entries + 1L), MostSlots + 1);
        }

        if (slots > MostSlots)
        {
            return false;
        }

        if (_kinds.Length < slots)
        {
            (_kinds, _areKnown, _places) = (new LineKind?[slots], new bool[slots], new byte[slots]);
        }

        Clear();
        return true;
    }

    /// <summary>Forgets the kinds.</summary>
    public void Clear() => Array.Clear(_areKnown);

    /// <summary>Finds the kinds of rows.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="places">Receives the place of the kind of each row among those that were found.</param>
    /// <param name="read">Reads the kind of a row.</param>
    /// <param name="found">Receives the kinds.</param>
    /// <returns>How many there are; 0 when a row has none, or there are too many.</returns>
    public int Find(int start, Span<byte> places, Func<int, LineKind?> read, Span<LineKind> found)
    {
        Span<int> slots = _slots.AsSpan(0, places.Length);
        Combine(start, slots);
        int count = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            ref byte place = ref _places[slots[i]];
            if (place == 0)
            {
                if (count == found.Length || KindOf(slots[i], start + i, read) is not { } kind)
                {
                    count = 0;
                    break;
                }

                found[count++] = kind;
                place = (byte)count;
            }

            places[i] = (byte)(place - 1);
        }

        foreach (int slot in slots)
        {
            _places[slot] = 0;
        }

        return count;
    }

    private LineKind? KindOf(int slot, int row, Func<int, LineKind?> read)
    {
        if (!_areKnown[slot])
        {
            (_kinds[slot], _areKnown[slot]) = (read(row), true);
        }

        return _kinds[slot];
    }

    /// <summary>Numbers the combinations of values that rows have.</summary>
    private void Combine(int start, Span<int> slots)
    {
        slots.Clear();
        foreach (ColumnValues values in _values)
        {
            int width = values.Entries + 1;
            ReadOnlySpan<long> numbers = values.Numbers(start, slots.Length);
            for (int i = 0; i < slots.Length; i++)
            {
                int own = values.IsNull(start + i) ? 0 : (int)numbers[i] + 1;
                slots[i] = (slots[i] * width) + own;
            }
        }
    }
}
