namespace LlmCostModel.Cli;

/// <summary>Tells why something is not priced, where the result itself has no place for it.</summary>
internal static class IssueText
{
    /// <summary>The reasons in one text; empty where there are none.</summary>
    public static string Of(IEnumerable<CostIssue> issues) =>
        string.Join(' ', issues.Select(issue => CommandWords.Of(issue.Message)).Distinct(StringComparer.Ordinal));

    /// <summary>Tells every reason, a line each.</summary>
    public static void TellIssues(this CommandHost host, IEnumerable<CostIssue> issues)
    {
        foreach (string reason in issues.Select(issue => CommandWords.Of(issue.Message)).Distinct(StringComparer.Ordinal))
        {
            host.Tell(reason);
        }
    }
}
