using System.Collections.Concurrent;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Keeps every cost it is told of.</summary>
internal sealed class Ledger : ICostObserver
{
    private readonly ConcurrentQueue<CallCost> _costs = new();

    internal CallCost[] Costs => [.. _costs];

    public void OnCallCompleted(CallCost cost) => _costs.Enqueue(cost);
}
