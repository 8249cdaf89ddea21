using System.Globalization;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI;

/// <summary>Whether a body and the client's counts can be of the same response: a body that is not the response's own is not its
/// bill.</summary>
internal static class CountsCheck
{
    /// <summary>Why they cannot; <see langword="null"/> when they can, or when the client counts nothing.</summary>
    /// <param name="body">What the body says.</param>
    /// <param name="counted">What the client counted in all.</param>
    /// <param name="last">The last of several statements of usage in a stream, which may repeat the ones before.</param>
    internal static string? Contradiction(in UsageReading body, UsageDetails? counted, UsageDetails? last = null)
    {
        if (body.Usage is not { } usage || counted is null || IsNothing(counted) || Agree(in body, usage, counted)
            || (last is not null && Agree(in body, usage, last)))
        {
            return null;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"The body states {usage.TotalInput} input and {usage.TotalOutput} output tokens, but the client counted "
                + $"{counted.InputTokenCount} and {counted.OutputTokenCount}, so it is not known which are right.");
    }

    private static bool IsNothing(UsageDetails counted) => counted is { InputTokenCount: null or 0, OutputTokenCount: null or 0 };

    private static bool Agree(in UsageReading body, TokenUsage usage, UsageDetails counted)
    {
        TokenUsage all = usage;
        foreach (NestedCall nested in body.Nested.IsDefaultOrEmpty ? [] : body.Nested)
        {
            all += nested.Usage;
        }

        long toolUse = counted.AdditionalCounts is { } more && more.TryGetValue("ToolUsePromptTokenCount", out long count) ? count : 0;
        return (AgreesInput(counted.InputTokenCount, toolUse, in usage) || AgreesInput(counted.InputTokenCount, toolUse, in all))
            && (AgreesOutput(counted.OutputTokenCount, in usage) || AgreesOutput(counted.OutputTokenCount, in all));
    }

    /// <summary>All input, or what was not in the cache; with or without results of tools.</summary>
    private static bool AgreesInput(long? counted, long toolUse, in TokenUsage usage)
    {
        if (counted is not { } input)
        {
            return true;
        }

        long fresh = usage.TotalInput;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            fresh -= row.CacheRole == CacheRole.None ? 0 : usage[row.Bucket];
        }

        return input == usage.TotalInput || input + toolUse == usage.TotalInput || input == fresh || input + toolUse == fresh;
    }

    private static bool AgreesOutput(long? counted, in TokenUsage usage) =>
        counted is not { } output || output == usage.TotalOutput || output == usage.TotalOutput - usage.Reasoning;
}
