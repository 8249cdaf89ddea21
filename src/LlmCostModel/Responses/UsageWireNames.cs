using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The text form of wire conventions, as <c>llmcost price --wire</c> takes it. Stateless and safe for concurrent use.</summary>
public static class UsageWireNames
{
    /// <summary>Gets the names of all conventions, sorted.</summary>
    public static ImmutableArray<string> All { get; } = [.. WireConventions.All.Select(convention => convention.Name).Order(StringComparer.Ordinal)];

    /// <summary>Gets the name of a convention.</summary>
    /// <param name="wire">The convention.</param>
    /// <returns>Such as <c>openai.chat.completions</c>; <c>detect</c> for <see cref="UsageWire.Detect"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wire"/> is not a convention.</exception>
    public static string NameOf(UsageWire wire) => wire == UsageWire.Detect ? "detect" : WireConventions.Of(wire).Name;

    /// <summary>Finds the convention of a name.</summary>
    /// <param name="name">The name; case does not matter. Common other spellings such as <c>cohere.v2</c> are known.</param>
    /// <param name="wire">The convention; <see cref="UsageWire.Detect"/> when there is none.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryParse(string? name, out UsageWire wire)
    {
        foreach (WireConvention convention in name is null ? [] : WireConventions.All)
        {
            if (string.Equals(convention.Name, name, StringComparison.OrdinalIgnoreCase)
                || convention.OtherNames.Contains(name!, StringComparer.OrdinalIgnoreCase))
            {
                wire = convention.Wire;
                return true;
            }
        }

        wire = UsageWire.Detect;
        return false;
    }
}
