namespace LlmCostModel.Budgets.InMemory;

/// <summary>Reservations by their ids: open addressing, because a store in memory has to make a million a second, and the entries of a
/// dictionary cost as much again as what they lead to. Those that are forgotten are used again.</summary>
internal sealed class ReservationTable
{
    private const int Smallest = 64;

    /// <summary>A steady stream forgets as many as it makes; more than a burst leaves is not kept.</summary>
    private const int MostSpare = 1_024;

    private Slot[] _slots = new Slot[Smallest]; // a power of two, never more than three quarters full
    private int _count;
    private Reservation? _spare; // chained by NextEnded
    private int _spares;

    /// <summary>Finds what is known of an id.</summary>
    internal Reservation? Find(string id)
    {
        int hash = Hash(id);
        for (int place = Home(hash); _slots[place].Reservation is { } known; place = Next(place))
        {
            if (_slots[place].Hash == hash && known.Id == id)
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>All that is known.</summary>
    internal IEnumerable<Reservation> All => _slots.Select(slot => slot.Reservation).OfType<Reservation>();

    /// <summary>Makes a reservation of an id that is not known.</summary>
    internal Reservation Add(string id)
    {
        if (_count >= _slots.Length / 4 * 3)
        {
            Grow();
        }

        Reservation made = Take();
        made.Id = id;
        Put(new Slot(made, Hash(id)));
        _count++;
        return made;
    }

    /// <summary>Forgets a reservation, which nothing may refer to any more.</summary>
    internal void Remove(Reservation reservation)
    {
        int place = Home(Hash(reservation.Id));
        while (_slots[place].Reservation != reservation)
        {
            place = Next(place);
        }

        // What is behind it moves up, unless it is before its home then: so there is never a gap between a home and its entry.
        for (int next = Next(place); _slots[next].Reservation is not null; next = Next(next))
        {
            if (Distance(Home(_slots[next].Hash), next) >= Distance(place, next))
            {
                _slots[place] = _slots[next];
                place = next;
            }
        }

        _slots[place] = default;
        _count--;
        if (_spares < MostSpare)
        {
            reservation.Clear();
            (reservation.NextEnded, _spare) = (_spare, reservation);
            _spares++;
        }
    }

    private Reservation Take()
    {
        if (_spare is not { } spare)
        {
            return new Reservation();
        }

        (_spare, spare.NextEnded) = (spare.NextEnded, null);
        _spares--;
        return spare;
    }

    private void Grow()
    {
        Slot[] before = _slots;
        _slots = new Slot[2 * before.Length];
        foreach (ref readonly Slot slot in before.AsSpan())
        {
            if (slot.Reservation is not null)
            {
                Put(in slot);
            }
        }
    }

    private void Put(in Slot slot)
    {
        int place = Home(slot.Hash);
        while (_slots[place].Reservation is not null)
        {
            place = Next(place);
        }

        _slots[place] = slot;
    }

    private int Home(int hash) => hash & (_slots.Length - 1);

    private int Next(int place) => (place + 1) & (_slots.Length - 1);

    private int Distance(int from, int to) => (to - from) & (_slots.Length - 1);

    /// <summary>Another one in every process: ids come from outside, and nobody can choose many with the same.</summary>
    private static int Hash(string id) => id.GetHashCode(StringComparison.Ordinal);

    private readonly record struct Slot(Reservation? Reservation, int Hash);
}
