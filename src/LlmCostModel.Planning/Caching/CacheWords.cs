namespace LlmCostModel.Planning;

/// <summary>What a simulation takes for granted.</summary>
internal static class CacheWords
{
    internal static IEnumerable<string> Of(CachePolicy policy, bool isInBlocks, decimal storageTokenSeconds)
    {
        if (policy.Assumption is { } assumption)
        {
            yield return assumption;
        }

        if (isInBlocks && policy is EntryCachePolicy entries)
        {
            yield return "The trace has blocks, not messages: entries end at the last whole block of a prompt, what follows it is never "
                + "read."
                + (entries.Lookback == int.MaxValue ? "" : " The limit of the look-back counts parts of messages and is left out.");
        }

        if (storageTokenSeconds > 0)
        {
            yield return FormattableString.Invariant(
                $"Storage is billed until entries expire, also after the last request: {storageTokenSeconds / 3_600:#,0.##} token-hours.");
        }
    }
}
