using System.IO.Hashing;

namespace LlmCostModel.Logs;

/// <summary>Gives names that stand in many records a number, by their bytes.</summary>
internal sealed class NameTable
{
    private const int FirstSize = 256;

    private int[] _slots = new int[FirstSize]; // the number of a name; 0 where there is none
    private (int Start, int Length, uint Hash)[] _names = new (int, int, uint)[FirstSize / 2];
    private byte[] _bytes = new byte[FirstSize * 8];
    private int _used;

    /// <summary>How many names have a number; they are the numbers from 1 on.</summary>
    public int Count { get; private set; }

    /// <summary>The name of a number.</summary>
    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_names[number - 1].Start, _names[number - 1].Length);

    /// <summary>The number of a name.</summary>
    public int Get(ReadOnlySpan<byte> name)
    {
        uint hash = unchecked((uint)XxHash3.HashToUInt64(name));
        int slot = (int)(hash & (uint)(_slots.Length - 1));
        for (; _slots[slot] is > 0 and var number; slot = (slot + 1) & (_slots.Length - 1))
        {
            (int start, int length, uint known) = _names[number - 1];
            if (known == hash && _bytes.AsSpan(start, length).SequenceEqual(name))
            {
                return number;
            }
        }

        return Add(name, hash, slot);
    }

    public void Clear()
    {
        Array.Clear(_slots);
        (Count, _used) = (0, 0);
    }

    private int Add(ReadOnlySpan<byte> name, uint hash, int slot)
    {
        if (Count == _names.Length)
        {
            Array.Resize(ref _names, Count * 2);
            _slots = new int[Count * 4];
            for (int i = 0; i < Count; i++)
            {
                _slots[FreeSlot(_names[i].Hash)] = i + 1;
            }

            slot = FreeSlot(hash);
        }

        while (_used + name.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        name.CopyTo(_bytes.AsSpan(_used));
        _names[Count] = (_used, name.Length, hash);
        _used += name.Length;
        return _slots[slot] = ++Count;
    }

    private int FreeSlot(uint hash)
    {
        int slot = (int)(hash & (uint)(_slots.Length - 1));
        while (_slots[slot] > 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }
}
