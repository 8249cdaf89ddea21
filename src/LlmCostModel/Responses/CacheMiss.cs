using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Why the prompt was not read from the cache, as the provider says where it was asked to compare with an earlier call.</summary>
/// <remarks>
/// OpenAI's <c>prompt_cache_diagnostics</c> (https://developers.openai.com/api/docs/guides/prompt-caching/diagnostics) and Anthropic's
/// <c>diagnostics.cache_miss_reason</c> (https://platform.claude.com/docs/en/build-with-claude/cache-diagnostics). The type is immutable.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<CacheMiss>))]
public sealed record CacheMiss : IJsonValue<CacheMiss>
{
    /// <summary>Gets the reason as the provider spells it, such as <c>tools_changed</c> or <c>prompt_cache_key_changed</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets how many tokens would have been read from the cache, as the provider estimates; <see langword="null"/> when it does
    /// not say.</summary>
    public long? Tokens { get; init; }

    /// <summary>Shows reason and tokens in the invariant culture.</summary>
    /// <returns>Such as <c>tools_changed (5629 tokens)</c>.</returns>
    public override string ToString() => Tokens is { } tokens ? FormattableString.Invariant($"{Reason} ({tokens} tokens)") : Reason;

    private static readonly JsonObject<CacheMiss> Shape = new JsonObject<CacheMiss>(() => new() { Reason = "" })
        .Required("reason", JsonOf.Text, value => value.Reason, (owner, value) => owner with { Reason = value })
        .Maybe("tokens", JsonOf.Int64, value => value.Tokens, (owner, value) => owner with { Tokens = value });

    static JsonConverter<CacheMiss> IJsonValue<CacheMiss>.Json => Shape;
}
