using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>Finds which of a few kinds of moment an instant is in, of periods that follow each other without a gap.</summary>
/// <remarks>Hours of the week make thousands of periods a year, in which halving mispredicts at every step: a table with a slot for every
/// half hour or so says it at once. A slot has at most one edge.</remarks>
internal sealed class InstantMap
{
    private const int FewEdges = 4;
    private const int LongestSlot = 34; // 2^34 ticks are 28.6 minutes
    private const int MostSlots = 1 << 18;

    private readonly long _from;
    private readonly long _until;
    private readonly long[] _edges;
    private readonly ushort[] _moments;
    private readonly Slot[] _slots = [];
    private readonly int _shift;

    /// <param name="from">The first instant, in UTC ticks.</param>
    /// <param name="until">The first instant after the last.</param>
    /// <param name="edges">Where a period begins after the first one, in order.</param>
    /// <param name="moments">The kind of each period: one more than edges.</param>
    internal InstantMap(long from, long until, long[] edges, ushort[] moments)
    {
        (_from, _until, _edges, _moments) = (from, until, edges, moments);
        if (edges.Length <= FewEdges)
        {
            return;
        }

        for (_shift = LongestSlot; (until - from) >> _shift < MostSlots; _shift--)
        {
            if (TryFill((int)((until - 1 - from) >> _shift) + 1) is { } slots)
            {
                _slots = slots;
                return;
            }
        }
    }

    /// <summary>The kind of moment; -1 outside of all periods.</summary>
    internal int Find(long utcTicks)
    {
        if (utcTicks < _from || utcTicks >= _until)
        {
            return -1;
        }

        if (_slots.Length > 0)
        {
            ref readonly Slot slot = ref _slots[(utcTicks - _from) >> _shift];
            return utcTicks < slot.Edge ? slot.Before : slot.After;
        }

        if (_edges.Length <= FewEdges)
        {
            int passed = 0;
            foreach (long edge in _edges)
            {
                passed += utcTicks >= edge ? 1 : 0;
            }

            return _moments[passed];
        }

        int found = Array.BinarySearch(_edges, utcTicks);
        return _moments[found < 0 ? ~found : found + 1];
    }

    /// <summary>Adds where the rows of the moments begin to places of theirs; outside of all periods the place is 0, where calls are priced
    /// one by one.</summary>
    /// <param name="instants">The instants, in UTC ticks.</param>
    /// <param name="sizes">From one moment to the next.</param>
    /// <param name="places">What is added to.</param>
    internal void AddTo(ReadOnlySpan<long> instants, int sizes, Span<ushort> places)
    {
        if (_slots.Length == 0)
        {
            for (int i = 0; i < places.Length; i++)
            {
                int moment = Find(instants[i]);
                places[i] = moment < 0 ? (ushort)0 : (ushort)(places[i] + (moment * sizes));
            }

            return;
        }

        ReadOnlySpan<Slot> slots = _slots;
        (long from, int shift) = (_from, _shift);
        ulong length = (ulong)(_until - from);
        instants = instants[..places.Length];
        unchecked
        {
            for (int i = 0; i < instants.Length; i++)
            {
                long since = instants[i] - from;
                if ((ulong)since >= length)
                {
                    places[i] = 0;
                    continue;
                }

                ref readonly Slot slot = ref slots[(int)(since >> shift)];
                int isAfter = (int)((slot.Edge - 1 - instants[i]) >> 63); // all bits from the edge on: a jump would be guessed, and wrong
                places[i] += (ushort)((slot.Before ^ ((slot.Before ^ slot.After) & isAfter)) * sizes);
            }
        }
    }

    /// <summary>The kind of moment that all instants between two have; -1 outside of all periods, and where they are of several.</summary>
    internal int FindOne(long first, long last)
    {
        int begin = Array.BinarySearch(_edges, first);
        int end = Array.BinarySearch(_edges, last);
        (begin, end) = (begin < 0 ? ~begin : begin + 1, end < 0 ? ~end : end + 1);
        return first >= _from && last < _until && begin == end ? _moments[begin] : -1;
    }

    /// <summary>The kind of moment that all of some instants have, in whatever order they are; -1 as for those between two.</summary>
    internal int FindOne(ReadOnlySpan<long> instants)
    {
        (long first, long last) = (instants[0], instants[0]);
        int i = 0;
        if (instants.Length >= Vector256<long>.Count)
        {
            Vector256<long> least = Vector256.Create(instants), most = least;
            for (; i <= instants.Length - Vector256<long>.Count; i += Vector256<long>.Count)
            {
                Vector256<long> here = Vector256.Create(instants[i..]);
                (least, most) = (Vector256.Min(least, here), Vector256.Max(most, here));
            }

            for (int lane = 0; lane < Vector256<long>.Count; lane++)
            {
                (first, last) = (Math.Min(first, least[lane]), Math.Max(last, most[lane]));
            }
        }

        for (; i < instants.Length; i++)
        {
            (first, last) = (Math.Min(first, instants[i]), Math.Max(last, instants[i]));
        }

        return FindOne(first, last);
    }

    private Slot[]? TryFill(int count)
    {
        Slot[] slots = new Slot[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            long end = _from + ((long)(i + 1) << _shift);
            bool hasEdge = next < _edges.Length && _edges[next] < end;
            slots[i] = new Slot(hasEdge ? _edges[next] : long.MaxValue, _moments[next], _moments[hasEdge ? next + 1 : next]);
            next += hasEdge ? 1 : 0;
            if (next < _edges.Length && _edges[next] < end)
            {
                return null;
            }
        }

        return slots;
    }

    private readonly record struct Slot(long Edge, ushort Before, ushort After);
}
