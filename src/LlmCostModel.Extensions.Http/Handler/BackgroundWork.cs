namespace LlmCostModel;

/// <summary>Which work that goes on without its request is waited for, and which was counted: every poll gives the whole answer, of
/// which the first finished one is the call.</summary>
/// <remarks>The last <see cref="Most"/> ids are known. Thread-safe.</remarks>
internal sealed class BackgroundWork
{
    internal const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Work> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Waits for work that is not done yet.</summary>
    /// <param name="id">By which it is asked for.</param>
    /// <param name="asked">What its request said, which no poll repeats.</param>
    internal void Wait(string id, AskedWork asked)
    {
        lock (_gate)
        {
            if (!_known.ContainsKey(id))
            {
                Set(id, new Work(asked, IsCounted: false));
            }
        }
    }

    /// <summary>What the request of work said that is waited for, or was counted; <see langword="null"/> when nothing is known of
    /// it.</summary>
    internal AskedWork? Find(string id)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(id).Asked;
        }
    }

    /// <summary>Counts finished work.</summary>
    /// <returns>Whether it was not counted before.</returns>
    internal bool TryCount(string id)
    {
        lock (_gate)
        {
            Work work = _known.GetValueOrDefault(id);
            if (work.IsCounted)
            {
                return false;
            }

            Set(id, work with { IsCounted = true });
            return true;
        }
    }

    private void Set(string id, Work work)
    {
        if (!_known.ContainsKey(id))
        {
            _order.Enqueue(id);
            if (_order.Count > Most)
            {
                _known.Remove(_order.Dequeue());
            }
        }

        _known[id] = work;
    }

    private readonly record struct Work(AskedWork? Asked, bool IsCounted);
}

/// <summary>What the request of work said that goes on without it.</summary>
/// <param name="Facts">What its body said.</param>
/// <param name="Model">The model or deployment that it asked for.</param>
/// <param name="At">When it was sent: its prices are those of then.</param>
internal sealed record AskedWork(RequestFacts Facts, string? Model, DateTimeOffset At);
