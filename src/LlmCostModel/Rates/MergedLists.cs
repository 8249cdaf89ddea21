using System.Globalization;

namespace LlmCostModel;

/// <summary>Finds lists that several sources of configuration hold: the framework merges them item by item, so that the first rule of one
/// file is mixed with the first of another.</summary>
internal static class MergedLists
{
    internal static void Warn(ConfigNode node, IReadOnlyList<ConfigurationPart> parts, FaultList faults)
    {
        if (parts.Count < 2)
        {
            return;
        }

        if (IsList(node) && parts.Where(part => part.Holds(node.Path)).ToArray() is { Length: > 1 } holders)
        {
            // Only their order distinguishes files of one name in two folders.
            bool areNamed = holders.DistinctBy(part => part.ToString()).Count() == holders.Length;
            IEnumerable<string> names = holders.Select(part =>
                areNamed ? part.ToString() : FormattableString.Invariant($"{part} (source {parts.ToList().IndexOf(part) + 1})"));
            faults.Warn(
                node.Path,
                null,
                $"is a list that {string.Join(" and ", names)} merge item by item.",
                "Keep the whole list in one place, or give its rules names as keys.");
        }

        foreach (ConfigNode child in node.Children)
        {
            Warn(child, parts, faults);
        }
    }

    /// <summary>Keys of a list are numbers from 0; a model or card may have such a name, but hardly all of them from 0 on.</summary>
    private static bool IsList(ConfigNode node) =>
        node.Children.Count > 0
        && node.Children.All(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        && node["0"] is not null;
}
