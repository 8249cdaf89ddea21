using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>What the updates of a stream of speech say of its cost.</summary>
internal sealed class StreamedUsage
{
    internal string? Model { get; private set; }

    /// <summary>The last update as the client received it.</summary>
    internal object? Raw { get; private set; }

    internal UsageDetails? Usage { get; private set; }

    private object? _lastUpdate;

    internal void Observe(object update, string? model, object? raw, IEnumerable<AIContent> contents)
    {
        _lastUpdate = update;
        Model ??= model;
        Raw = raw ?? Raw;
        foreach (UsageContent content in contents.OfType<UsageContent>())
        {
            (Usage ??= new UsageDetails()).Add(content.Details);
        }
    }

    /// <summary>The last update has the cost.</summary>
    internal void Attach(CallCost cost)
    {
        if (_lastUpdate is not null)
        {
            CostMarks.Attach(_lastUpdate, cost);
        }
    }
}
