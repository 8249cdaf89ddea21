namespace LlmCostModel;

/// <summary>The last responses that may be fetched again by their id, with what they cost: to fetch one is not a call.</summary>
internal sealed class KnownResponses
{
    private const int Most = 1_000;

    private readonly Lock _changing = new();
    private readonly Dictionary<string, CallCost> _costs = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    internal CallCost? Find(string? id)
    {
        lock (_changing)
        {
            return id is not null && _costs.TryGetValue(id, out CallCost? cost) ? cost : null;
        }
    }

    internal void Add(string? id, CallCost cost)
    {
        lock (_changing)
        {
            if (id is null || !_costs.TryAdd(id, cost))
            {
                return;
            }

            _order.Enqueue(id);
            if (_order.Count > Most)
            {
                _costs.Remove(_order.Dequeue());
            }
        }
    }
}
