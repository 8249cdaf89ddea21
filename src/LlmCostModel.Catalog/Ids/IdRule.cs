using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog;

/// <summary>One documented way in which a host or a gateway writes ids.</summary>
internal sealed class IdRule
{
    private readonly Regex _pattern;

    /// <param name="pattern">What the whole id looks like; a group named region gives the region.</param>
    /// <param name="replacement">The id it stands for.</param>
    /// <param name="description">What the rule does, for the resolution.</param>
    /// <param name="host">The host that such an id names; <see langword="null"/> when it names none.</param>
    /// <param name="onlyAt">The host whose ids the rule is about; <see langword="null"/> for any.</param>
    internal IdRule(string pattern, string replacement, string description, string? host = null, string? onlyAt = null)
    {
        _pattern = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Replacement = replacement;
        Description = description;
        Host = host;
        OnlyAt = onlyAt;
    }

    internal string Replacement { get; }

    internal string Description { get; }

    internal string? Host { get; }

    internal string? OnlyAt { get; }

    internal ModelIdCandidate? Apply(ModelIdCandidate candidate)
    {
        if (OnlyAt is not null && candidate.Host is not null && candidate.Host != OnlyAt)
        {
            return null;
        }

        Match match = _pattern.Match(candidate.ModelId);
        if (!match.Success)
        {
            return null;
        }

        string region = match.Groups["region"].Value;
        return candidate with
        {
            ModelId = match.Result(Replacement),
            Host = candidate.Host ?? Host ?? OnlyAt,
            Region = region.Length == 0 || region == "global" ? candidate.Region : region,
            Steps = [.. candidate.Steps, $"{Description}: '{candidate.ModelId}' is '{match.Result(Replacement)}'"],
        };
    }
}
