namespace LlmCostModel;

/// <summary>Which work that goes on without its request is waited for, and which was counted: every poll gives the whole answer, of
/// which the first finished one is the call.</summary>
/// <remarks>The last <see cref="Most"/> ids are known. Thread-safe.</remarks>
internal sealed class BackgroundWork
{
    internal const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _isCounted = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    internal void Wait(string id)
    {
        lock (_gate)
        {
            if (!_isCounted.ContainsKey(id))
            {
                Set(id, isCounted: false);
            }
        }
    }

    internal bool IsAwaited(string id)
    {
        lock (_gate)
        {
            return _isCounted.TryGetValue(id, out bool isCounted) && !isCounted;
        }
    }

    /// <summary>Counts finished work.</summary>
    /// <returns>Whether it was not counted before.</returns>
    internal bool TryCount(string id)
    {
        lock (_gate)
        {
            if (_isCounted.GetValueOrDefault(id))
            {
                return false;
            }

            Set(id, isCounted: true);
            return true;
        }
    }

    private void Set(string id, bool isCounted)
    {
        if (!_isCounted.ContainsKey(id))
        {
            _order.Enqueue(id);
            if (_order.Count > Most)
            {
                _isCounted.Remove(_order.Dequeue());
            }
        }

        _isCounted[id] = isCounted;
    }
}
