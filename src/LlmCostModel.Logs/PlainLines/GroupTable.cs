namespace LlmCostModel.Logs;

/// <summary>Finds groups by the numbers of what decides their keys.</summary>
/// <param name="width">How many numbers.</param>
internal sealed class GroupTable(int width)
{
    private const int FirstSize = 64;

    private readonly List<GroupKey> _groups = [];
    private int[] _slots = new int[FirstSize]; // the place of a group and 1; 0 where there is none
    private int[] _facts = new int[FirstSize * width];

    public int Count => _groups.Count;

    /// <summary>The place of a group; below 0 when there is none.</summary>
    public int Find(ReadOnlySpan<int> facts)
    {
        for (int slot = SlotOf(facts); _slots[slot] is > 0 and var place; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_facts.AsSpan((place - 1) * width, width).SequenceEqual(facts))
            {
                return place - 1;
            }
        }

        return -1;
    }

    public GroupKey this[int place] => _groups[place];

    /// <summary>Adds a group that is not there.</summary>
    /// <returns>Its place.</returns>
    public int Add(ReadOnlySpan<int> facts, GroupKey group)
    {
        if (_groups.Count * 2 >= _slots.Length)
        {
            _slots = new int[_slots.Length * 2];
            Array.Resize(ref _facts, _slots.Length * width);
            for (int i = 0; i < _groups.Count; i++)
            {
                Enter(i);
            }
        }

        _groups.Add(group);
        facts.CopyTo(_facts.AsSpan((_groups.Count - 1) * width));
        Enter(_groups.Count - 1);
        return _groups.Count - 1;
    }

    public void Clear()
    {
        Array.Clear(_slots);
        _groups.Clear();
    }

    private void Enter(int place)
    {
        int slot = SlotOf(_facts.AsSpan(place * width, width));
        while (_slots[slot] > 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = place + 1;
    }

    private int SlotOf(ReadOnlySpan<int> facts)
    {
        unchecked
        {
            ulong hash = 0;
            foreach (int fact in facts)
            {
                hash = (hash ^ (uint)fact) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 32;
            }

            return (int)(hash & (ulong)(_slots.Length - 1));
        }
    }
}
