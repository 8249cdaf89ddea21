using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads single values of a rate card; what cannot be read becomes a fault and <see langword="null"/>.</summary>
/// <param name="faults">Receives the faults.</param>
/// <param name="readsUnits">Whether numbers may be written as <c>"200k"</c> and <c>"5%"</c>: in plans, not in prices.</param>
internal sealed partial class ValueReader(FaultList faults, bool readsUnits = false)
{
    internal FaultList Faults => faults;

    /// <summary>Reports every name that is not among those known.</summary>
    internal void ReportUnknownKeys(ConfigNode node, ReadOnlySpan<string> known)
    {
        if (node.Value is not null)
        {
            string names = string.Join(", ", known.ToArray());
            faults.Add(node, "is a value where a set of names is expected.", $"Write an object with some of: {names}.");
            return;
        }

        for (int i = 0; i < node.Children.Count; i++)
        {
            ConfigNode child = node.Children[i];
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                string? meant = FindNearest(known.ToArray(), child.Key);
                faults.Add(
                    child.Path,
                    null,
                    $"the name '{child.Key}' is not known.",
                    meant is null ? $"Known here: {string.Join(", ", known.ToArray())}." : $"Did you mean '{meant}'?");
            }
            else if (node[child.Key] != child)
            {
                faults.Add(child.Path, null, "is given twice.", "Keep one of them.");
            }
        }
    }

    /// <summary>Reports a part that must be there.</summary>
    internal void Require(ConfigNode node, string name, string fix)
    {
        if (node[name] is not { IsEmpty: false })
        {
            faults.Add(node.Path, null, $"has no {name}.", fix);
        }
    }

    /// <summary>The parts of a list or a set. A single value in its place would be lost without a word.</summary>
    /// <param name="node">The list or set; <see langword="null"/> when there is none.</param>
    /// <param name="what">What it is, such as <c>a list of rules</c>.</param>
    internal IReadOnlyList<ConfigNode> ReadParts(ConfigNode? node, string what)
    {
        if (!string.IsNullOrEmpty(node?.Value))
        {
            faults.Add(
                node,
                $"is a value where {what} is expected.",
                "Write it in brackets or braces; in an environment variable, give each value its own path.");
        }

        return node?.Children ?? [];
    }

    /// <summary>Reports a part of a condition or a limit that is there and says nothing: it would mean "everything".</summary>
    internal void ReportEmpty(ConfigNode? node, string meaning)
    {
        if (node is { IsEmpty: true })
        {
            faults.Add(node.Path, null, $"is empty, which would mean {meaning}.", "Write a value, or leave it out.");
        }
    }

    internal string? ReadText(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(node.Value))
        {
            faults.Add(
                node.Path,
                null,
                node.Value is null ? "is not a string." : "is empty.",
                node.Value is null ? "Write a quoted string, or leave it out." : "Give it a value, or leave it out.");
            return null;
        }

        return node.Value.Trim();
    }

    internal ImmutableArray<string> ReadTexts(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return [];
        }

        if (node.Value is not null)
        {
            return ReadText(node) is { } single ? [single] : [];
        }

        foreach (ConfigNode absent in node.Children.Where(child => child.IsEmpty))
        {
            faults.Add(absent.Path, null, "is null.", "Give it a value, or leave it out.");
        }

        return [.. node.Children.Select(ReadText).OfType<string>()];
    }

    internal bool? ReadFlag(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!bool.TryParse(node.Value, out bool flag))
        {
            faults.Add(node, "is neither true nor false.", "Write true or false.");
            return null;
        }

        ReportText(node);
        return flag;
    }

    internal DateTimeOffset? ReadInstant(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!InstantFormat.TryParse(node.Value, out DateTimeOffset instant))
        {
            faults.Add(
                node,
                "is not an instant.",
                "Write a date (midnight UTC) such as 2025-09-29, or an instant with its offset such as 2025-09-05T16:00:00Z.");
            return null;
        }

        return instant;
    }

    internal DateOnly? ReadDate(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!InstantFormat.TryParseDate(node.Value, out DateOnly date))
        {
            faults.Add(node, "is not a date.", "Write year, month and day, such as 2025-01-27.");
            return null;
        }

        return date;
    }

    internal T? ReadOneOf<T>(ConfigNode? node)
        where T : struct, Enum
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(node.Value, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        faults.Add(node, "is not a known word.", $"Write one of: {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    /// <summary>The schema and the other readers of a file would refuse a number in quotes.</summary>
    private void ReportText(ConfigNode node)
    {
        if (node.IsText)
        {
            faults.Add(node, "is a JSON string, not a number or true or false.", $"Write {node.Value!.Trim()} without quotes.");
        }
    }

    /// <inheritdoc cref="NearestName.Find"/>
    internal static string? FindNearest(IEnumerable<string> names, string written) => NearestName.Find(names, written);
}
