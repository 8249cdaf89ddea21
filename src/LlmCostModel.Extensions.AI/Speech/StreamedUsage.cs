using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>What the updates of a stream of speech say of its cost.</summary>
internal sealed class StreamedUsage(ResponseReader reader)
{
    private StreamedCounts _counts;
    private object? _raw; // of the last update
    private object? _lastUpdate;

    internal string? Model { get; private set; }

    internal UsageDetails? Usage => _counts.Total;

    internal void Observe(object update, string? model, object? raw, IEnumerable<AIContent> contents)
    {
        _lastUpdate = update;
        Model ??= model;
        _raw = raw ?? _raw;
        foreach (UsageContent content in contents.OfType<UsageContent>())
        {
            _counts.Add(content.Details, null, reader.RowOf(_raw, Model));
        }
    }

    internal ReadAnswer Read()
    {
        ReadAnswer answer = reader.Read(_raw, _counts.Total, Model);
        return _counts.Explain(in answer).NamedBy(Model);
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
