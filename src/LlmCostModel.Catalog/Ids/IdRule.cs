using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>A form that a pattern describes.</summary>
internal sealed class IdRule : IdForm
{
    private readonly Regex _pattern;
    private readonly string _replacement;

    /// <param name="pattern">What the whole id looks like; a group named region gives the region, one named date the day of a
    /// snapshot.</param>
    /// <param name="replacement">The id it stands for.</param>
    /// <param name="description">What the rule does, for the resolution.</param>
    /// <param name="ignoreCase">Whether the letter case of a name does not count.</param>
    [SetsRequiredMembers]
    internal IdRule(string pattern, string replacement, string description, bool ignoreCase = false)
    {
        RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
        _pattern = new Regex(
            $"^(?:{pattern})$", ignoreCase ? options | RegexOptions.IgnoreCase : options, TimeSpan.FromSeconds(1));
        _replacement = replacement;
        Description = description;
    }

    /// <summary>Gets the provider that the call, or an earlier rule, must name for the rule to apply; <see langword="null"/> for
    /// any.</summary>
    internal string? OnlyAt { get; init; }

    /// <summary>Gets the tier that the id asks for; <see langword="null"/> for none.</summary>
    internal string? Tier { get; init; }

    /// <summary>Gets what the id says of the request: the attribute and its value, with the pattern's groups.</summary>
    internal (string Name, string Value)[] Attributes { get; init; } = [];

    protected override bool IsFormOf(string modelId) => _pattern.IsMatch(modelId);

    protected override ModelIdCandidate? Read(ModelIdCandidate candidate)
    {
        if (OnlyAt is not null && candidate.Provider != OnlyAt)
        {
            return null;
        }

        Match match = _pattern.Match(candidate.ModelId);
        if (!match.Success)
        {
            return null;
        }

        DateOnly? day = DateOf(match);
        if (day is null && match.Groups["date"].Success)
        {
            return null; // no day of the calendar, so no snapshot
        }

        return candidate with
        {
            ModelId = match.Result(_replacement),
            Region = RegionOf(match, candidate.Region),
            Tier = candidate.Tier ?? Tier,
            Attributes = Attributes.Aggregate(
                candidate.Attributes,
                (all, next) =>
                    match.Result(next.Value) is { Length: > 0 } value ? (all ?? CallAttributes.Empty).With(next.Name, value) : all),
            Snapshot = day is { } date ? new ModelSnapshot { Id = candidate.ModelId, Date = date } : candidate.Snapshot,
        };
    }

    /// <summary>The region in the group. One that stands further out is where the call was made, which is more precise than the geography
    /// of a profile, unless the profile is the global one.</summary>
    private static string? RegionOf(Match match, string? known) => match.Groups["region"].Value switch
    {
        "" => known,
        "global" => "global",
        var region => known ?? region,
    };

    /// <summary>The day in the group date, written 2026-07-09 or 20260709.</summary>
    private static DateOnly? DateOf(Match match) =>
        DateOnly.TryParseExact(
            match.Groups["date"].Value.Replace("-", "", StringComparison.Ordinal),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateOnly date)
            ? date
            : null;
}
