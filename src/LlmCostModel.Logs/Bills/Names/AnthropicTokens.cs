namespace LlmCostModel.Logs;

/// <summary>The types of tokens in Anthropic's reports and exports.</summary>
/// <remarks>https://platform.claude.com/docs/en/api/admin/cost_report/retrieve, and the console's CSV, read 2026-11-27.</remarks>
internal static class AnthropicTokens
{
    /// <summary>The tokens of a type; <see langword="null"/> when it is not known.</summary>
    public static TokenBucket? Find(string? type) => type switch
    {
        "uncached_input_tokens" or "input_no_cache" => TokenBucket.Input,
        "cache_read_input_tokens" or "input_cache_read" => TokenBucket.CacheRead,
        "cache_creation.ephemeral_5m_input_tokens" or "input_cache_write_5m" => TokenBucket.CacheWrite5m,
        "cache_creation.ephemeral_1h_input_tokens" or "input_cache_write_1h" => TokenBucket.CacheWrite1h,
        "output_tokens" or "output" => TokenBucket.Output,
        _ => null,
    };
}
