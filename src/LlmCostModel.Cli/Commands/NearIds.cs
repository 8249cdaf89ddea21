namespace LlmCostModel.Cli.Commands;

/// <summary>Names ids that are written much like one that was not found. Nothing is priced by them: a similar name is often another
/// price.</summary>
internal static class NearIds
{
    private const int Shown = 5;

    /// <summary>Says on standard error what may have been meant, where a model is in no rate card.</summary>
    public static void Tell(CommandHost host, ICostEstimator estimator, string id, IEnumerable<CostIssue> issues)
    {
        if (issues.Any(issue => issue.Kind == CostIssueKind.UnknownModel) && Find(estimator, id) is [_, ..] near)
        {
            host.Tell($"Similar to '{id}': {string.Join(", ", near)}. 'llmcost models TEXT' finds more.");
        }
    }

    private static List<string> Find(ICostEstimator estimator, string id)
    {
        string written = Squeeze(id);
        return
        [
            .. written.Length < 3 ? [] : estimator.RateCards
                .SelectMany(card => card.Models.SelectMany(model => model.Aliases.Prepend(model.Id)))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => (Name: name, Squeezed: Squeeze(name)))
                .Where(name => name.Squeezed.StartsWith(written, StringComparison.Ordinal))
                .OrderBy(name => name.Squeezed.Length)
                .ThenBy(name => name.Name, StringComparer.Ordinal)
                .Take(Shown)
                .Select(name => name.Name),
        ];
    }

    /// <summary>The letters and digits alone: gpt4o is gpt-4o.</summary>
    private static string Squeeze(string id) => string.Concat(id.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
