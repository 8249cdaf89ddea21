using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LlmCostModel.Logs;

/// <summary>Meters and attributes may have any name. One that is nearly a known name is probably that, misspelt, and has no
/// price.</summary>
internal static class OpenNames
{
    private static readonly string[] Meters = ConstantsOf(typeof(MeterNames));

    private static readonly string[] Attributes = ConstantsOf(typeof(AttributeNames));

    /// <summary>What was probably meant by the names of a record.</summary>
    public static IReadOnlyList<string> Hints(IEnumerable<string> meters, IEnumerable<string> attributes) =>
    [
        .. meters.Select(name => Hint("meters", name, Meters)).OfType<string>(),
        .. attributes.Select(name => Hint("attributes", name, Attributes)).OfType<string>(),
    ];

    private static string? Hint(string place, string name, string[] known) =>
        known.Contains(name, StringComparer.OrdinalIgnoreCase) || NearestName.Find(known, name) is not { } near
            ? null
            : $"{place}.{name} is none of the names that are known. Did you mean {char.ToLowerInvariant(near[0])}{near[1..]}?";

    private static string[] ConstantsOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
}
