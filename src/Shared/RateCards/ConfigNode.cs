using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace LlmCostModel;

/// <summary>A value or a set of named values with the path where it stands: what a rate card is read from, be it a JSON file or the
/// application's configuration.</summary>
internal sealed class ConfigNode
{
    private readonly ConfigNode? _parent;
    private ConfigNode[] _children = [];

    private ConfigNode(ConfigNode? parent, string key)
    {
        _parent = parent;
        Key = key;
    }

    internal string Key { get; }

    /// <summary>The text of a value; <see langword="null"/> for sets and for JSON null.</summary>
    internal string? Value { get; private init; }

    /// <summary>Whether the value is a JSON string, and so not a number. In the application's configuration every value is
    /// text.</summary>
    internal bool IsText { get; private init; }

    internal IReadOnlyList<ConfigNode> Children => _children;

    /// <summary>Nothing is said: a JSON null or an empty set.</summary>
    internal bool IsEmpty => Value is null && _children.Length == 0;

    /// <summary>The path from the root, with the separator of the application's configuration. Made only for faults.</summary>
    internal string Path => _parent is null ? Key : _parent.Path.Length == 0 ? Key : $"{_parent.Path}:{Key}";

    internal ConfigNode? this[string key]
    {
        get
        {
            foreach (ConfigNode child in _children)
            {
                if (child.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                {
                    return child;
                }
            }

            return null;
        }
    }

    internal static ConfigNode From(JsonElement element, string root) => From(element, null, root, new StringPool());

    internal static ConfigNode From(IConfiguration section, string root) =>
        From(section, null, root, (section as IConfigurationSection)?.Value);

    private static ConfigNode From(JsonElement element, ConfigNode? parent, string key, StringPool texts)
    {
        ConfigNode node = new(parent, key) { Value = texts.Of(element), IsText = element.ValueKind == JsonValueKind.String };
        if (element.ValueKind == JsonValueKind.Object && element.GetPropertyCount() is > 0 and var properties)
        {
            int index = 0;
            node._children = new ConfigNode[properties];
            foreach (JsonProperty property in element.EnumerateObject())
            {
                node._children[index++] = From(
                    property.Value,
                    node,
                    texts.Get(JsonMarshal.GetRawUtf8PropertyName(property)) ?? property.Name,
                    texts);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() is > 0 and var items)
        {
            int index = 0;
            node._children = new ConfigNode[items];
            foreach (JsonElement item in element.EnumerateArray())
            {
                node._children[index] = From(item, node, index.ToString(CultureInfo.InvariantCulture), texts);
                index++;
            }
        }

        return node;
    }

    private static ConfigNode From(IConfiguration section, ConfigNode? parent, string key, string? value)
    {
        ConfigNode node = new(parent, key) { Value = value };
        node._children = [.. section.GetChildren().Select(child => From(child, node, child.Key, child.Value))];
        return node;
    }

    /// <summary>One string for each text that occurs again and again in a file, such as the names of buckets and round prices.</summary>
    private sealed class StringPool
    {
        private const int MaxLength = 32;

        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

        /// <summary>The text of a value; <see langword="null"/> for sets and for JSON null.</summary>
        internal string? Of(JsonElement element) =>
            element.ValueKind switch
            {
                JsonValueKind.String => Get(JsonMarshal.GetRawUtf8Value(element)[1..^1]) ?? element.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Get(JsonMarshal.GetRawUtf8Value(element))
                    ?? element.GetRawText(),
                _ => null,
            };

        /// <summary>The text as a string; <see langword="null"/> when it is long, escaped or not ASCII.</summary>
        internal string? Get(ReadOnlySpan<byte> raw)
        {
            Span<char> buffer = stackalloc char[MaxLength];
            if (raw.Length > MaxLength
                || raw.Contains((byte)'\\')
                || Ascii.ToUtf16(raw, buffer, out int length) != System.Buffers.OperationStatus.Done)
            {
                return null;
            }

            if (!_texts.TryGetValue(buffer[..length], out string? text))
            {
                _texts.Add(text = new string(buffer[..length]));
            }

            return text;
        }
    }
}
