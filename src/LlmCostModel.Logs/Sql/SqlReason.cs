namespace LlmCostModel.Logs;

/// <summary>The words of the column <c>reason</c>: those of <see cref="CostIssueKind"/> as JSON writes them, and what only SQL
/// meets.</summary>
internal static class SqlReason
{
    internal const string NotInSql = "notInSql";
    internal const string OutsideHours = "outsideHours";

    internal static string Of(CostIssueKind kind)
    {
        string name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
