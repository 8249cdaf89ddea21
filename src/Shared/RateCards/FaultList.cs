using System.Globalization;

namespace LlmCostModel;

/// <summary>Collects every fault of a reading or a validation, so that all are reported together.</summary>
/// <remarks>A file of a million mistakes must not make a message of a million lines: beyond what a reader can use, faults are
/// counted.</remarks>
internal sealed class FaultList
{
    /// <summary>More faults than this are counted, not listed.</summary>
    internal const int MaxListed = 100;

    /// <summary>The same of warnings, which are looked through one by one.</summary>
    internal const int MaxWarnings = 1_000;

    private const int LongestText = 300;

    private const int LongestFix = 1_000; // it may list names

    private readonly List<InputFault> _listed = [];
    private readonly HashSet<ulong> _places = []; // hashes of where faults are, and of all that these places are in
    private int _faults;
    private int _warnings;
    private string _lastPlace = "";

    /// <summary>The faults and warnings that are listed; where there are more, the last says how many.</summary>
    internal IReadOnlyList<InputFault> All =>
    [
        .. _listed,
        .. Rest(_faults - MaxListed, "fault", isWarning: false),
        .. Rest(_warnings - MaxWarnings, "warning", isWarning: true),
    ];

    /// <summary>How many faults there are, listed or not.</summary>
    internal int Count => _faults;

    internal bool HasErrors => _faults > 0;

    internal void Add(string path, string? value, string problem, string fix)
    {
        AddPlaces(path);
        Add(path, value, problem, fix, isWarning: false);
    }

    /// <summary>Whether something is wrong at a path or inside it, so that what follows from it need not be said.</summary>
    internal bool HasAt(string path) => _places.Contains(HashOf(path));

    /// <summary>Adds a fault of something as a whole, unless a fault inside it tells the cause.</summary>
    internal void AddUnlessInside(string path, string? value, string problem, string fix)
    {
        if (!HasAt(path))
        {
            Add(path, value, problem, fix);
        }
    }

    internal void Add(ConfigNode node, string problem, string fix) => Add(node.Path, node.Value, problem, fix);

    internal void Warn(string path, string? value, string problem, string fix) => Add(path, value, problem, fix, isWarning: true);

    /// <summary>Adds what another list found, each finding once.</summary>
    internal void AddRange(FaultList other)
    {
        foreach (InputFault fault in other._listed.Except(_listed).ToArray())
        {
            Add(fault);
        }

        _places.UnionWith(other._places);
        _faults += Math.Max(0, other._faults - MaxListed);
        _warnings += Math.Max(0, other._warnings - MaxWarnings);
    }

    /// <summary>Adds what was found elsewhere.</summary>
    internal void Add(InputFault fault)
    {
        if (!fault.IsWarning)
        {
            AddPlaces(fault.Path);
        }

        List(fault);
    }

    private void List(InputFault fault)
    {
        _lastPlace = fault.Path;
        bool isListed = fault.IsWarning ? _warnings++ < MaxWarnings : _faults++ < MaxListed;
        if (isListed)
        {
            _listed.Add(fault);
        }
    }

    private void Add(string path, string? value, string problem, string fix, bool isWarning) =>
        List(new InputFault
        {
            Path = Short(path, LongestText),
            Value = value is null ? null : Short(value, LongestText),
            Problem = Short(problem, LongestText),
            Fix = Short(fix, LongestFix),
            IsWarning = isWarning,
        });

    private InputFault[] Rest(int count, string what, bool isWarning) => count <= 0 ? [] :
    [
        new InputFault
        {
            Path = _lastPlace.Split(':')[0],
            Problem = string.Create(CultureInfo.InvariantCulture, $"has {count:N0} more {what}{(count == 1 ? "" : "s")}."),
            Fix = "Mend those that are listed first.",
            IsWarning = isWarning,
        },
    ];

    private static string Short(string text, int longest) => text.Length <= longest
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, longest)}... ({text.Length:N0} characters)");

    /// <summary>Remembers a path and the paths of all that it is in, as hashes: without a string for each.</summary>
    private void AddPlaces(string path)
    {
        ulong hash = FirstHash;
        foreach (char letter in path)
        {
            if (letter == ':')
            {
                _places.Add(hash);
            }

            hash = NextHash(hash, letter);
        }

        _places.Add(hash);
    }

    private static ulong HashOf(string path)
    {
        ulong hash = FirstHash;
        foreach (char letter in path)
        {
            hash = NextHash(hash, letter);
        }

        return hash;
    }

    // FNV-1a, 64 bits.
    private const ulong FirstHash = 14695981039346656037;

    private static ulong NextHash(ulong hash, char letter) => unchecked((hash ^ letter) * 1099511628211);
}
