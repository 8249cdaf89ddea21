using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>Named texts that nobody can change, and that compare by content; names with regard to case.</summary>
internal sealed class EquatableTexts : IReadOnlyDictionary<string, string>
{
    private readonly Dictionary<string, string> _texts;

    private EquatableTexts(Dictionary<string, string> texts) => _texts = texts;

    internal static EquatableTexts None { get; } = new([]);

    public int Count => _texts.Count;

    public IEnumerable<string> Keys => _texts.Keys;

    public IEnumerable<string> Values => _texts.Values;

    public string this[string key] => _texts[key];

    internal static EquatableTexts Of(IEnumerable<KeyValuePair<string, string>>? texts) =>
        texts switch
        {
            null => None,
            EquatableTexts same => same,
            IReadOnlyCollection<KeyValuePair<string, string>> { Count: 0 } => None,
            _ => new(new(texts, StringComparer.Ordinal)),
        };

    public bool ContainsKey(string key) => _texts.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _texts.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) =>
        obj is EquatableTexts other && Count == other.Count && _texts.All(text => other.TryGetValue(text.Key, out string? value)
            && value == text.Value);

    public override int GetHashCode() => _texts.Aggregate(0, (hash, text) => hash ^ HashCode.Combine(text.Key, text.Value));

    public override string ToString() => string.Join(", ", _texts.Select(text => $"{text.Key}={text.Value}"));
}
