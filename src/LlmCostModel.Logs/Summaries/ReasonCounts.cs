namespace LlmCostModel.Logs;

/// <summary>Why calls have no price or no answer: each reason once, with how often it occurs.</summary>
internal sealed class ReasonCounts
{
    private readonly Dictionary<(CostIssueKind Kind, string? Model, string Subject), SummaryReason> _reasons = [];

    /// <summary>The reasons, the most frequent first.</summary>
    public IReadOnlyList<SummaryReason> All =>
        [.. _reasons.Values.OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Text, StringComparer.Ordinal)];

    /// <summary>Counts the reasons of a call.</summary>
    /// <param name="issues">The reasons.</param>
    /// <param name="model">The model of the call, as it was priced; <see langword="null"/> when none is known.</param>
    /// <param name="at">When the call was made; <see langword="null"/> when it does not say.</param>
    public void Add(IEnumerable<CostIssue> issues, string? model, DateTimeOffset? at)
    {
        foreach (CostIssue issue in issues)
        {
            if (!_reasons.TryGetValue((issue.Kind, model, issue.Subject), out SummaryReason? reason))
            {
                _reasons[(issue.Kind, model, issue.Subject)] = reason = new(issue, model);
            }

            reason.Add(at);
        }
    }
}
