namespace LlmCostModel.Planning;

/// <summary>The breakpoints that a caller sets, which some policies cannot do without.</summary>
internal static class Breakpoints
{
    internal static bool HasBreakpoint(this ReadOnlySpan<PromptSegment> prompt)
    {
        foreach (ref readonly PromptSegment segment in prompt)
        {
            if (segment.Breakpoint)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says what to do about requests that have none.</summary>
    internal static string Missing(CachePolicy policy) =>
        $"{(policy.Name.Length == 0 ? "The policy" : $"'{policy.Name}'")} caches only where the caller sets a breakpoint, and the requests "
        + "have none, as those of a trace of blocks never have: what they would cost is not in them. Mark the "
        + "segments (in a log, \"breakpoint\": true in its messages), or take one at the end of every prompt for granted: "
        + "\"automaticBreakpoint\": true in the policy.";
}
