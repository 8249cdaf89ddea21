using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>What the updates of a stream of speech say of its cost.</summary>
internal sealed class StreamedUsage
{
    internal string? Model { get; private set; }

    /// <summary>The last update as the client received it.</summary>
    internal object? Raw { get; private set; }

    internal UsageDetails? Usage { get; private set; }

    internal void Observe(string? model, object? raw, IEnumerable<AIContent> contents)
    {
        Model ??= model;
        Raw = raw ?? Raw;
        foreach (UsageContent content in contents.OfType<UsageContent>())
        {
            (Usage ??= new UsageDetails()).Add(content.Details);
        }
    }
}
