namespace LlmCostModel.Budgets.InMemory;

/// <summary>The reservations that ended, in the order in which they did: a chain, so that there is no other object for it.</summary>
internal sealed class EndedReservations
{
    private Reservation? _first;
    private Reservation? _last;

    internal void Add(Reservation reservation)
    {
        if (_last is null)
        {
            _first = reservation;
        }
        else
        {
            _last.NextEnded = reservation;
        }

        _last = reservation;
    }

    /// <summary>Takes the first one out when it ended at an instant or before; else <see langword="null"/>.</summary>
    internal Reservation? Take(long until)
    {
        if (_first is not { } first || first.EndedAt > until)
        {
            return null;
        }

        _first = first.NextEnded;
        _last = _first is null ? null : _last;
        first.NextEnded = null;
        return first;
    }
}
