using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmCostModel.Planning;

/// <summary>The live entries of a cache, oldest first: a dictionary over slots that form a list in the order of last use.</summary>
/// <remarks>Expired and evicted slots are reused, so memory follows the largest number of entries that were live at once.</remarks>
internal sealed class CacheStore
{
    /// <summary>Stands for "seen, but not readable".</summary>
    internal const long Never = long.MaxValue;

    private const int None = -1;

    private readonly Dictionary<UInt128, int> _slotOf = [];
    private Slot[] _slots = new Slot[16];
    private int _used;
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    internal int Count => _slotOf.Count;

    /// <summary>The slot of a prefix, -1 when it is not live.</summary>
    internal int Find(UInt128 prefix) => _slotOf.GetValueOrDefault(prefix, None);

    /// <summary>Whether a prefix is a live entry, readable now or later, and was not only seen.</summary>
    internal bool IsEntry(UInt128 prefix) => Find(prefix) is >= 0 and var slot && _slots[slot].ReadableFrom != Never;

    internal bool IsReadable(int slot, long now) => _slots[slot].ReadableFrom <= now;

    /// <summary>When an entry was last written or read.</summary>
    internal long UsedAt(int slot) => _slots[slot].UsedAt;

    /// <summary>Makes an entry readable from an instant on, unless it already is from an earlier one.</summary>
    internal void MakeReadable(int slot, long from) => _slots[slot].ReadableFrom = Math.Min(_slots[slot].ReadableFrom, from);

    /// <summary>Makes an entry the newest.</summary>
    internal void Touch(int slot, long now)
    {
        _slots[slot].UsedAt = now;
        if (slot != _newest)
        {
            Unlink(slot);
            Append(slot);
        }
    }

    /// <summary>Makes the entry of a prefix the newest, and first adds it when it is not live.</summary>
    internal void Write(UInt128 prefix, long now, long readableFrom)
    {
        ref int slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slotOf, prefix, out bool live);
        if (live)
        {
            Touch(slot, now);
            MakeReadable(slot, readableFrom);
            return;
        }

        slot = Take();
        _slots[slot] = new Slot { Prefix = prefix, UsedAt = now, ReadableFrom = readableFrom };
        Append(slot);
    }

    /// <summary>Forgets what was last used before an instant.</summary>
    internal void Expire(long before)
    {
        while (_oldest != None && _slots[_oldest].UsedAt < before)
        {
            RemoveOldest();
        }
    }

    /// <summary>Forgets the oldest entries until no more than <paramref name="capacity"/> are left.</summary>
    internal void Trim(long capacity)
    {
        while (_slotOf.Count > capacity)
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        int slot = _oldest;
        _slotOf.Remove(_slots[slot].Prefix);
        Unlink(slot);
        _slots[slot].Newer = _free;
        _free = slot;
    }

    private int Take()
    {
        if (_free != None)
        {
            int slot = _free;
            _free = _slots[slot].Newer;
            return slot;
        }

        if (_used == _slots.Length)
        {
            Array.Resize(ref _slots, checked(_used * 2));
        }

        return _used++;
    }

    private void Append(int slot)
    {
        ref Slot added = ref _slots[slot];
        added.Older = _newest;
        added.Newer = None;
        Newer(_newest) = slot;
        _newest = slot;
    }

    private void Unlink(int slot)
    {
        (int older, int newer) = (_slots[slot].Older, _slots[slot].Newer);
        Newer(older) = newer;
        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _slots[newer].Older = older;
        }
    }

    /// <summary>The link to the slot after this one; of none, to the first of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int Newer(int slot)
    {
        if (slot == None)
        {
            return ref _oldest;
        }

        return ref _slots[slot].Newer;
    }

    private struct Slot
    {
        internal UInt128 Prefix;
        internal long UsedAt;
        internal long ReadableFrom;
        internal int Older;
        internal int Newer;
    }
}
