namespace LlmCostModel.Logs;

/// <summary>The regions that rules tell apart: every name that one of them has, every beginning of names, and all others.</summary>
/// <remarks>Regions of one class are the same to every rule: of a name with several beginnings only the longest one counts, since it has
/// the shorter ones.</remarks>
internal sealed class RegionClasses
{
    internal const string Others = "*";

    private const string Global = "global"; // names no region in particular, so that no beginning stands for it

    internal RegionClasses(IEnumerable<string> patterns)
    {
        string[] all = [.. patterns.Select(pattern => AsciiText.ToLower(pattern.TrimStart('!'))).Distinct()];
        Beginnings = [.. all.Where(one => one.EndsWith('*') && one.Length > 1).Select(one => one[..^1]).OrderByDescending(one => one.Length)
            .ThenBy(one => one, StringComparer.Ordinal)];
        Names = [.. all.Where(one => !one.EndsWith('*')).Append(Global).Distinct().Order(StringComparer.Ordinal)];
    }

    internal string[] Names { get; }

    /// <summary>The longest first.</summary>
    internal string[] Beginnings { get; }

    /// <summary>Every class, with a region that is in it.</summary>
    internal IEnumerable<(string Class, string Region)> All =>
    [
        .. Names.Select(name => (name, name)),
        .. Beginnings.Select(beginning => (beginning + "*", Unlike(beginning))),
        (Others, Unlike("")),
    ];

    /// <summary>A region with a beginning that has no name and no longer beginning.</summary>
    private string Unlike(string beginning)
    {
        string region = beginning + "~";
        while (Names.Contains(region) || Beginnings.Any(IsLonger))
        {
            region += "~";
        }

        return region;

        bool IsLonger(string other) => other.Length > beginning.Length && region.StartsWith(other, StringComparison.Ordinal);
    }
}
