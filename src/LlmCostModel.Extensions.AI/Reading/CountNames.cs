using System.Collections.Frozen;

namespace LlmCostModel.Extensions.AI;

/// <summary>What a name under <c>AdditionalCounts</c> counts.</summary>
internal enum CountKind
{
    CacheRead,
    CacheWrite,
    CacheWrite5m,
    CacheWrite1h,
    Reasoning,
    AudioInput,
    ImageInput,
    TextInput,
    AudioOutput,
    ImageOutput,
    TextOutput,
    ToolUseInput,
    WebSearch,
    WebFetch,

    /// <summary>Part of another count, and billed with it.</summary>
    NoPrice,
}

/// <summary>The names under <c>AdditionalCounts</c> that clients are known to use. Any other one with a value makes the usage a lower
/// bound.</summary>
internal static class CountNames
{
    /// <summary>The name under which Anthropic's and Amazon's counts stand beside an input without them.</summary>
    internal const string ReadApart = "CacheReadInputTokens";

    internal static FrozenDictionary<string, CountKind> All { get; } = new Dictionary<string, CountKind>
    {
        [ReadApart] = CountKind.CacheRead, // Anthropic.SDK, AWSSDK
        ["CachedContentTokenCount"] = CountKind.CacheRead, // Google.GenAI before it had the typed property
        ["InputTokenDetails.CachedTokenCount"] = CountKind.CacheRead, // Microsoft.Extensions.AI.OpenAI before 10
        ["CacheCreationInputTokens"] = CountKind.CacheWrite, // Anthropic, Anthropic.SDK
        ["CacheWriteInputTokens"] = CountKind.CacheWrite, // AWSSDK
        ["InputTokenDetails.CacheWriteTokenCount"] = CountKind.CacheWrite,
        ["Ephemeral5mInputTokens"] = CountKind.CacheWrite5m,
        ["Ephemeral1hInputTokens"] = CountKind.CacheWrite1h,
        ["ThoughtsTokenCount"] = CountKind.Reasoning, // Google.GenAI before it had the typed property
        ["OutputTokenDetails.ReasoningTokenCount"] = CountKind.Reasoning, // Microsoft.Extensions.AI.OpenAI before 10
        ["ToolUsePromptTokenCount"] = CountKind.ToolUseInput, // Google.GenAI
        ["InputTokenDetails.AudioTokenCount"] = CountKind.AudioInput,
        ["InputTokenDetails.ImageTokenCount"] = CountKind.ImageInput,
        ["InputTokenDetails.TextTokenCount"] = CountKind.TextInput,
        ["OutputTokenDetails.AudioTokenCount"] = CountKind.AudioOutput,
        ["OutputTokenDetails.ImageTokenCount"] = CountKind.ImageOutput,
        ["OutputTokenDetails.TextTokenCount"] = CountKind.TextOutput,
        ["WebSearchRequests"] = CountKind.WebSearch, // Anthropic
        ["WebFetchRequests"] = CountKind.WebFetch,
        ["OutputTokenDetails.AcceptedPredictionTokenCount"] = CountKind.NoPrice, // part of the output
        ["OutputTokenDetails.RejectedPredictionTokenCount"] = CountKind.NoPrice,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
