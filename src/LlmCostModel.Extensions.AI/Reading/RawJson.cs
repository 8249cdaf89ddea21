using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmCostModel.Extensions.AI;

/// <summary>
/// Gets the provider's JSON behind an object that a client left in <c>RawRepresentation</c>. Only objects of known libraries are asked: any
/// other may print what the model wrote, and whoever writes the prompt would write the bill.
/// </summary>
internal static class RawJson
{
    /// <param name="raw">The object.</param>
    /// <param name="row">The row of its library; <see langword="null"/> when it is of none.</param>
    /// <param name="utf8">The JSON.</param>
    internal static bool TryGet(object? raw, ClientAdapterOptions? row, out ReadOnlyMemory<byte> utf8)
    {
        utf8 = default;
        try
        {
            utf8 = Get(raw, row);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A foreign object that cannot write itself: what the client itself read is used instead.
        }

        return !utf8.IsEmpty;
    }

    private static ReadOnlyMemory<byte> Get(object? raw, ClientAdapterOptions? row) => raw switch
    {
        null => default,
        _ when row?.GetBody is { } body => body(raw) ?? default,
        IPersistableModel<object> model => model.Write(ModelReaderWriterOptions.Json).ToMemory(),
        JsonElement { ValueKind: JsonValueKind.Object } element => JsonMarshal.GetRawUtf8Value(element).ToArray(),
        JsonDocument document => Get(document.RootElement, null),
        JsonObject node => Encoding.UTF8.GetBytes(node.ToJsonString()),
        _ when row is { Prints: true } => raw.ToString() is { Length: > 1 } text && text[0] == '{' ? Encoding.UTF8.GetBytes(text) : default,
        _ when row is { Wraps: { } property } && Wrapped(raw, property) is IPersistableModel<object> inner => Get(inner, null),
        _ when row is { IsSerializable: true } => Serialize(raw),
        _ => default,
    };

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Where the property was trimmed, the usage is unknown, not zero.")]
    private static object? Wrapped(object raw, string property) =>
        raw.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.FlattenHierarchy)?.GetValue(raw);

    /// <summary>The types of these libraries carry the names of the provider's JSON. Ahead of time there is no serializing by reflection,
    /// and the client's own counts are used.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Guarded by the switch that trimming and AOT set.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Guarded by the switch that trimming and AOT set.")]
    private static ReadOnlyMemory<byte> Serialize(object raw) =>
        JsonSerializer.IsReflectionEnabledByDefault ? JsonSerializer.SerializeToUtf8Bytes(raw, raw.GetType()) : default;
}
