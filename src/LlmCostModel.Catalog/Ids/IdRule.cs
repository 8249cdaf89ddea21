using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>One documented way in which a provider or a gateway writes ids.</summary>
internal sealed class IdRule
{
    private readonly Regex _pattern;

    /// <param name="pattern">What the whole id looks like; a group named region gives the region, one named date the day of a
    /// snapshot.</param>
    /// <param name="replacement">The id it stands for.</param>
    /// <param name="description">What the rule does, for the resolution.</param>
    internal IdRule(string pattern, string replacement, string description)
    {
        _pattern = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Replacement = replacement;
        Description = description;
    }

    internal string Replacement { get; }

    internal string Description { get; }

    /// <summary>Gets the provider that such an id names: a call that names another one is a contradiction, to which the rule has no answer.
    /// <see langword="null"/> when it names none.</summary>
    internal string? Provider { get; init; }

    /// <summary>Gets the provider that the call, or an earlier rule, must name for the rule to apply; <see langword="null"/> for
    /// any.</summary>
    internal string? OnlyAt { get; init; }

    /// <summary>Gets the provider that makes the model: it is meant when neither the call nor the id names one.</summary>
    internal string? Maker { get; init; }

    /// <summary>Gets what the id says of the request: the attribute and its value, with the pattern's groups.</summary>
    internal (string Name, string Value)[] Attributes { get; init; } = [];

    internal bool NamesAnotherProviderThan(string provider, string modelId) =>
        Provider is not null && !Provider.Equals(provider, StringComparison.OrdinalIgnoreCase) && _pattern.IsMatch(modelId);

    internal ModelIdCandidate? Apply(ModelIdCandidate candidate)
    {
        if ((Provider is not null && candidate.Provider is not null && candidate.Provider != Provider)
            || (OnlyAt is not null && candidate.Provider != OnlyAt))
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

        string region = match.Groups["region"].Value;
        return candidate with
        {
            ModelId = match.Result(Replacement),
            Provider = candidate.Provider ?? Provider ?? Maker,
            Region = region.Length == 0 ? candidate.Region : region,
            Attributes = Attributes.Aggregate(
                candidate.Attributes,
                (all, next) =>
                    match.Result(next.Value) is { Length: > 0 } value ? (all ?? CallAttributes.Empty).With(next.Name, value) : all),
            Snapshot = day is { } date ? new ModelSnapshot { Id = candidate.ModelId, Date = date } : candidate.Snapshot,
            Steps = [.. candidate.Steps, $"{Description}: '{candidate.ModelId}' is '{match.Result(Replacement)}'"],
        };
    }

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
