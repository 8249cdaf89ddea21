using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Planning;

/// <summary>What the readers of workload and policy files share. The rules for single values are those of the types themselves: what a type
/// refuses becomes a fault.</summary>
internal sealed class PlanReader
{
    private static readonly JsonDocumentOptions Json = new()
    {
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
    };

    private readonly FaultList _faults = new();

    internal PlanReader() => Values = new(_faults, readsUnits: true);

    internal ValueReader Values { get; }

    /// <summary>Reads a document and gives what is in it, or all of its faults at once.</summary>
    internal static T Read<T>(ReadOnlyMemory<byte> utf8Json, string name, Func<PlanReader, ConfigNode, T> read)
    {
        PlanReader reader = new();
        T result;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json, Json);
            result = read(reader, ConfigNode.From(document.RootElement, name));
        }
        catch (JsonException error)
        {
            throw new WorkloadException($"{name} is not JSON: {JsonFaultText.Of(error)}", error);
        }

        return reader._faults.HasErrors ? throw new WorkloadException(reader._faults.All) : result;
    }

    internal void Fault(ConfigNode node, string problem, string fix) => _faults.Add(node, problem, fix);

    /// <summary>Reports that something is not there.</summary>
    internal void Missing(ConfigNode parent, string name, string fix) => _faults.Add($"{parent.Path}:{name}", null, "is missing.", fix);

    /// <summary>Reports parts that have the name of another one.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="key">Where their name stands.</param>
    internal void ReportRepeated(IEnumerable<ConfigNode> parts, string key)
    {
        HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigNode name in parts.Select(part => part[key]).OfType<ConfigNode>())
        {
            if (name.Value is { } text && !known.Add(text))
            {
                Fault(name, "is the name of another one.", "Give each a name of its own.");
            }
        }
    }

    /// <summary>Sets a value on a record; when the record refuses, that is a fault and the record stays as it was.</summary>
    internal T Set<T>(ConfigNode? node, T current, Func<T> change)
        where T : class?
    {
        try
        {
            return node is null || node.IsEmpty ? current : change();
        }
        catch (ArgumentException error)
        {
            Refuse(node!, error);
            return current;
        }
    }

    /// <summary>Reports what a type says when it refuses a value.</summary>
    internal void Refuse(ConfigNode node, Exception error)
    {
        int end = error.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        _faults.Add(node, "is refused:", end < 0 ? error.Message : error.Message[..end]);
    }

    internal int? Integer(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            _faults.Add(node, FormattableString.Invariant($"is not a whole number from 0 to {int.MaxValue}."), "Write digits only.");
            return null;
        }

        return value;
    }

    internal TimeSpan? Duration(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!DurationText.TryParse(node.Value, out TimeSpan duration))
        {
            _faults.Add(node, "is not a duration.", "Write a number and its unit, such as 500ms, 60s, 5m, 1h or 2d.");
            return null;
        }

        return duration;
    }

    /// <summary>Reads a number that may be negative and is used in statistics only.</summary>
    internal double? Statistic(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (!QuantityText.TryParse(node.Value?.Trim(), out decimal number, out char unit) || (node.IsText && unit == ' '))
        {
            _faults.Add(node, "is not a number.", "Write a number such as 0.55 with a point and without quotes, or \"5%\" or \"200k\".");
            return null;
        }

        return (double)number;
    }
}
