using System.Globalization;

namespace LlmCostModel;

/// <summary>Numbers in a usage block that look like counts and are not known, so that something billed may be missing.</summary>
internal sealed class UnknownCounts
{
    private const int Most = 5; // that are named; the others are said to be there

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _more;

    internal void Add(string path, string value)
    {
        if (_values.Count < Most || _values.ContainsKey(path))
        {
            _values[path] = value;
        }
        else
        {
            _more++;
        }
    }

    /// <summary>One more of what comes in pieces.</summary>
    internal void CountOne(string path) =>
        Add(path, $"{int.Parse(_values.GetValueOrDefault(path, "0"), CultureInfo.InvariantCulture) + 1}");

    internal void AddAll(UnknownCounts later)
    {
        foreach ((string path, string value) in later._values)
        {
            Add(path, value);
        }

        _more += later._more;
    }

    /// <summary>Why the usage is not complete; <see langword="null"/> when all of them repeat what is known.</summary>
    /// <param name="repeated">The object that only repeats counts, with a point behind it.</param>
    internal string? ToReason(string? repeated)
    {
        string named = string.Join(
            ", ",
            _values.Where(pair => repeated is null || !pair.Key.StartsWith(repeated, StringComparison.Ordinal))
                .Select(pair => $"{pair.Key} {pair.Value}"));
        if (named.Length == 0)
        {
            return null;
        }

        return $"The usage holds what is not known here: {named}{(_more > 0 ? " and more" : "")}. "
            + "If it is billed, part of the cost is missing.";
    }
}
