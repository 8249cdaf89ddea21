using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>
/// The regions of a condition. A name that ends in <c>*</c> stands for every region that begins so, one that begins with <c>!</c> for a
/// region that is left out. <c>global</c> is where a call without a region runs:
/// only its full name means it.
/// </summary>
internal readonly struct RegionPatterns
{
    /// <summary>The name of no region in particular.</summary>
    internal const string Global = "global";

    private readonly Pattern[] _patterns;

    internal RegionPatterns(ImmutableArray<string> names) => _patterns = [.. names.Select(name => new Pattern(name))];

    internal bool IsEmpty => _patterns.Length == 0;

    /// <summary>Whether the text may stand in a condition: a star only at its end, and something beside an exclamation mark.</summary>
    internal static bool IsValid(string name) => name is not ("" or "!") && !name.AsSpan(..^1).Contains('*');

    internal static bool IsLeftOut(string name) => name.StartsWith('!');

    internal bool Matches(string? region)
    {
        if (region is null)
        {
            return false;
        }

        bool holds = false;
        foreach (ref readonly Pattern pattern in _patterns.AsSpan())
        {
            if (pattern.Matches(region))
            {
                if (pattern.IsLeftOut)
                {
                    return false;
                }

                holds = true;
            }
        }

        return holds;
    }

    private readonly struct Pattern
    {
        private readonly string _text;
        private readonly bool _isPrefix;

        internal Pattern(string name)
        {
            IsLeftOut = RegionPatterns.IsLeftOut(name);
            _isPrefix = name.EndsWith('*');
            _text = name[(IsLeftOut ? 1 : 0)..^(_isPrefix ? 1 : 0)];
        }

        internal bool IsLeftOut { get; }

        internal bool Matches(string region) => _isPrefix
            ? region.StartsWith(_text, StringComparison.OrdinalIgnoreCase) && !region.Equals(Global, StringComparison.OrdinalIgnoreCase)
            : region.Equals(_text, StringComparison.OrdinalIgnoreCase);
    }
}
