using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace LlmCostModel;

/// <summary>A value or a set of named values with the path where it stands: what a rate card is read from, be it a JSON file or the application's configuration.</summary>
internal sealed class RateNode
{
    private readonly RateNode? _parent;
    private readonly string _separatedPath;
    private List<RateNode>? _children;

    private RateNode(RateNode? parent, string key, string path)
    {
        _parent = parent;
        Key = key;
        _separatedPath = path;
    }

    internal string Key { get; }

    /// <summary>The text of a value; <see langword="null"/> for sets and for JSON null.</summary>
    internal string? Value { get; private init; }

    internal IReadOnlyList<RateNode> Children => _children ?? (IReadOnlyList<RateNode>)[];

    /// <summary>Nothing is said: a JSON null or an empty set.</summary>
    internal bool IsEmpty => Value is null && _children is null;

    /// <summary>The path from the root, with the separator of the application's configuration. Made only for faults.</summary>
    internal string Path => _parent is null ? _separatedPath : _parent.Path.Length == 0 ? Key : $"{_parent.Path}:{Key}";

    internal RateNode? this[string key]
    {
        get
        {
            for (int i = 0; i < (_children?.Count ?? 0); i++)
            {
                if (_children![i].Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                {
                    return _children[i];
                }
            }

            return null;
        }
    }

    internal static RateNode From(JsonElement element, string root) => From(element, null, root, root, new Texts());

    internal static RateNode From(IConfiguration section, string root) => From(section, null, root, root, value: null);

    private static RateNode From(JsonElement element, RateNode? parent, string key, string path, Texts texts)
    {
        RateNode node = new(parent, key, path)
        {
            Value = element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => texts.Get(JsonMarshal.GetRawUtf8Value(element)) ?? element.GetRawText(),
                _ => null,
            },
        };
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                string name = texts.Get(JsonMarshal.GetRawUtf8PropertyName(property)) ?? property.Name;
                (node._children ??= new(element.GetPropertyCount())).Add(From(property.Value, node, name, path, texts));
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in element.EnumerateArray())
            {
                (node._children ??= new(element.GetArrayLength())).Add(From(item, node, index++.ToString(CultureInfo.InvariantCulture), path, texts));
            }
        }

        return node;
    }

    private static RateNode From(IConfiguration section, RateNode? parent, string key, string path, string? value)
    {
        RateNode node = new(parent, key, path) { Value = value };
        foreach (IConfigurationSection child in section.GetChildren())
        {
            (node._children ??= []).Add(From(child, node, child.Key, path, child.Value));
        }

        return node;
    }

    /// <summary>One string for each text that occurs again and again in a file, such as the names of buckets and round prices.</summary>
    private sealed class Texts
    {
        private const int MaxLength = 32;

        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

        /// <summary>The text as a string; <see langword="null"/> when it is long, escaped or not ASCII.</summary>
        internal string? Get(ReadOnlySpan<byte> raw)
        {
            Span<char> buffer = stackalloc char[MaxLength];
            if (raw.Length > MaxLength || raw.Contains((byte)'\\') || Ascii.ToUtf16(raw, buffer, out int length) != System.Buffers.OperationStatus.Done)
            {
                return null;
            }

            HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!known.TryGetValue(buffer[..length], out string? text))
            {
                _texts.Add(text = new string(buffer[..length]));
            }

            return text;
        }
    }
}
