using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Outages;

/// <summary>What a store acknowledged to this process of late, to tell it again should the store have lost it. Every command keeps its id,
/// so a store that lost nothing changes nothing.</summary>
internal sealed class ReplayJournal(TimeProvider clock, TimeSpan horizon)
{
    private const int Most = 200_000;
    private const long BetweenSweeps = 60_000;

    private readonly Lock _lock = new();
    private readonly Queue<(long At, Ended Ended)> _ended = new();
    private readonly Dictionary<string, (ReserveCommand Command, long Until)> _open = [];
    private long _sweptAt;

    /// <summary>A call that ended, one way or the other; with what it had held where a store has to know that first.</summary>
    internal readonly record struct Ended(SettleCommand? Settled, ReleaseCommand? Released, ReserveCommand? Held);

    internal void Open(ReserveCommand command, long admittedAt)
    {
        lock (_lock)
        {
            _open[command.Id] = (Chosen.Reserve(command, admittedAt), Now() + command.TimeToLive);
        }
    }

    internal void Extend(ExtendCommand command)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(command.Id, out var open))
            {
                _open[command.Id] = open with { Until = Math.Max(open.Until, Now() + command.TimeToLive) };
            }
        }
    }

    /// <summary>What a lease holds that did not end.</summary>
    internal ReserveCommand? Find(string id)
    {
        lock (_lock)
        {
            return _open.TryGetValue(id, out var open) ? open.Command : null;
        }
    }

    internal void End(SettleCommand settled)
    {
        lock (_lock)
        {
            _open.Remove(settled.Id);
            Add(new(settled, null, null));
        }
    }

    internal void End(ReleaseCommand released)
    {
        lock (_lock)
        {
            bool wasOpen = _open.Remove(released.Id, out var open);
            Add(new(null, released, wasOpen && released.ChargesFloor ? open.Command : null));
        }
    }

    /// <summary>What to tell a store that lost something: first what was spent and given back, then what is still held.</summary>
    internal (Ended[] Ended, (ReserveCommand Command, long Left)[] Open) Read()
    {
        lock (_lock)
        {
            long now = Now();
            Forget(now);
            return (
                [.. _ended.Select(entry => entry.Ended)],
                [.. _open.Values.Select(open => (open.Command, Math.Max(1, open.Until - now)))]);
        }
    }

    private void Add(Ended ended)
    {
        long now = Now();
        _ended.Enqueue((now, ended));
        Forget(now);
    }

    private void Forget(long now)
    {
        long oldest = now - (long)horizon.TotalMilliseconds;
        while (_ended.TryPeek(out var first) && (first.At < oldest || _ended.Count > Most))
        {
            _ended.Dequeue();
        }

        if (_open.Count > 0 && now - _sweptAt >= BetweenSweeps)
        {
            _sweptAt = now; // leases that nobody ended are over by themselves
            foreach ((string id, (_, long until)) in _open)
            {
                if (until < oldest)
                {
                    _open.Remove(id);
                }
            }
        }
    }

    private long Now() => clock.GetTimestamp() / (clock.TimestampFrequency / 1000);
}
