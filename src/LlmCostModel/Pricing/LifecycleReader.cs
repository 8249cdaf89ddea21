using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads the lives of ids.</summary>
internal sealed class LifecycleReader(ValueReader values)
{
    private static readonly string[] EventNames = ["From", "Target", "Retired", "Unknown", "Successor", "Source", "AsOf", "Note"];

    /// <summary>Reads those of a card: by id an event, or a list of them.</summary>
    internal ImmutableArray<IdLifecycle> Read(ConfigNode? node) =>
    [
        .. values.ReadParts(node, "a set of ids with what became of them").Select(child => new IdLifecycle
        {
            Id = child.Key,
            Path = child.Path,
            Events = IsEvent(child) ? [ReadEvent(child)] : ReadEvents(child),
        }),
    ];

    /// <summary>Reads one that stands by itself.</summary>
    internal IdLifecycle ReadNamed(ConfigNode node)
    {
        values.ReportUnknownKeys(node, ["Id", "Events"]);
        values.Require(node, "Id", "Add the id.");
        return new IdLifecycle { Id = values.ReadText(node["Id"]) ?? "", Path = node.Path, Events = ReadEvents(node["Events"]) };
    }

    internal IdEvent ReadEvent(ConfigNode node)
    {
        values.ReportUnknownKeys(node, EventNames);
        values.Require(node, "From", "Write the instant from which on it holds.");
        return new IdEvent
        {
            From = values.ReadInstant(node["From"]) ?? default,
            Target = values.ReadText(node["Target"]),
            Retired = values.ReadFlag(node["Retired"]) ?? false,
            Unknown = values.ReadFlag(node["Unknown"]) ?? false,
            Successor = values.ReadText(node["Successor"]),
            Source = values.ReadText(node["Source"]),
            AsOf = values.ReadDate(node["AsOf"]),
            Note = values.ReadText(node["Note"]),
        };
    }

    private ImmutableArray<IdEvent> ReadEvents(ConfigNode? node) =>
        [.. values.ReadParts(node, "an event or a list of events").Select(ReadEvent)];

    private static bool IsEvent(ConfigNode node) =>
        node.Children.Any(child => EventNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
}
