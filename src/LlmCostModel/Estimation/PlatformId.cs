namespace LlmCostModel;

/// <summary>A platform names its model by its maker's name, which is part of the id that it is ordered and billed by: Bedrock answers as
/// Anthropic does. Where the name of the answer leads to no price, the id of the request counts.</summary>
internal static class PlatformId
{
    /// <summary>Whether the id of the request has the name of the answer in it.</summary>
    internal static bool IsOfSameModel(ModelCall call) =>
        call.RequestedModel is { } requested
        && call.Said is { Model: { } answered, Usage: not null }
        && (IsNamedWithin(requested, answered, '.') || IsNamedWithin(requested, answered, '/'));

    /// <summary>Whether a call has no price because its model was not found.</summary>
    internal static bool IsNotFound(IEnumerable<CostIssue> issues) =>
        issues.Any(issue => issue.Kind is CostIssueKind.UnknownModel or CostIssueKind.UnknownProvider or CostIssueKind.AmbiguousProvider);

    /// <summary>Says which of the two names the price is of.</summary>
    internal static string NoteOf(ModelCall call) =>
        $"'{call.Said.Model}' answered, which has no price here; '{call.RequestedModel}' was asked for, and has one.";

    /// <summary>Whether a whole part of an id is a model's name: behind its maker, and before a version of the platform, as in
    /// <c>us.anthropic.claude-opus-4-6-v1:0</c>.</summary>
    internal static bool IsNamedWithin(string id, string name, char separator)
    {
        int at = id.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> behind = at > 0 ? id.AsSpan(at + name.Length) : default;
        return at > 0 && id[at - 1] == separator && (behind.IsEmpty || behind[0] is ':' or '@' || behind.StartsWith("-v"));
    }
}
