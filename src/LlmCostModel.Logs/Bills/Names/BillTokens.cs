namespace LlmCostModel.Logs;

/// <summary>Which tokens a bill charges, in the words of OpenAI's line items and of this library.</summary>
/// <remarks>Line items as the costs API had them in 2025 and 2026. What is not in the list is not read as tokens.</remarks>
internal static class BillTokens
{
    private static readonly Dictionary<string, TokenBucket> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cached input"] = TokenBucket.CacheRead,
        ["text input"] = TokenBucket.Input,
        ["cached text input"] = TokenBucket.CacheRead,
        ["text output"] = TokenBucket.Output,
        ["audio input"] = TokenBucket.AudioInput,
        ["cached audio input"] = TokenBucket.AudioCacheRead,
        ["audio output"] = TokenBucket.AudioOutput,
        ["image input"] = TokenBucket.ImageInput,
        ["cached image input"] = TokenBucket.ImageCacheRead,
        ["image output"] = TokenBucket.ImageOutput,
        ["cache write"] = TokenBucket.CacheWrite,
        ["cache write input"] = TokenBucket.CacheWrite,
        ["reasoning"] = TokenBucket.Reasoning,
    };

    /// <summary>The tokens that words mean; <see langword="null"/> when they are not known.</summary>
    public static TokenBucket? Find(string words) =>
        Words.TryGetValue(words.Trim(), out TokenBucket bucket) || TokenBuckets.TryParse(words.Trim(), out bucket) ? bucket : null;
}
