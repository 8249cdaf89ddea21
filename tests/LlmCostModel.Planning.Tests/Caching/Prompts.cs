using System.Collections.Immutable;

namespace LlmCostModel.Planning.Tests;

/// <summary>Short ways to write requests in tests.</summary>
internal static class Prompts
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static PromptRequest At(double seconds, params IEnumerable<PromptSegment> prompt) => new() { At = Start.AddSeconds(seconds), Prompt = [.. prompt] };

    internal static PromptSegment Text(string content, long tokens, bool breakpoint = false) => PromptSegment.Create(content, tokens, breakpoint);

    internal static long[] Reads(CachePolicy policy, params IEnumerable<PromptRequest> requests) =>
        [.. new CacheSimulator(policy).Run(requests).Select(usage => usage.TotalCacheRead)];

    internal static TokenUsage[] Usages(CachePolicy policy, params IEnumerable<PromptRequest> requests) => [.. new CacheSimulator(policy).Run(requests)];
}
