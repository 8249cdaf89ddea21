using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A piece of a prompt that is the same or different as a whole: a system prompt, a tool list, a message, a block of a
/// trace.</summary>
/// <remarks><see langword="default"/> is a piece of no tokens. Two segments of the same <see cref="Content"/> are taken to be the same
/// text, so to have the same length.</remarks>
[JsonConverter(typeof(JsonValueConverter<PromptSegment>))]
public readonly record struct PromptSegment : IJsonValue<PromptSegment>
{
    /// <summary>Gets what identifies the content: an id of the caller's own, or a hash of it.</summary>
    public UInt128 Content { get; init; }

    /// <summary>Gets the length in tokens of the model that reads it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long Tokens
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(Tokens), value, "A segment cannot have fewer than 0 tokens.");
    }

    /// <summary>Gets whether the caller asks for a cache entry at the end of this segment (<c>cache_control</c> and its like).</summary>
    /// <value>Default <see langword="false"/>. Matters to an <see cref="EntryCachePolicy"/> only.</value>
    public bool Breakpoint { get; init; }

    /// <summary>Makes a segment that is identified by a text: the content itself, or a name for it.</summary>
    /// <param name="content">The text; it is hashed to 128 bits, not kept.</param>
    /// <param name="tokens">Its length in tokens.</param>
    /// <param name="breakpoint">Whether a cache entry is asked for at its end.</param>
    /// <returns>The segment.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is negative.</exception>
    public static PromptSegment Create(string content, long tokens, bool breakpoint = false)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new() { Content = PrefixHash.OfText(content), Tokens = tokens, Breakpoint = breakpoint };
    }

    /// <summary>Shows length and content in the invariant culture.</summary>
    /// <returns>Such as <c>400 tokens of 3f2a...</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Tokens} tokens of {Content:x32}{(Breakpoint ? ", breakpoint" : "")}");

    private static readonly JsonObject<PromptSegment> Shape = new JsonObject<PromptSegment>(() => default)
        .Required("content",
            JsonOf.OfText(
                text => UInt128.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                content => content.ToString("x32", CultureInfo.InvariantCulture)),
            value => value.Content, (owner, value) => owner with { Content = value })
        .Required("tokens", JsonOf.Int64, value => value.Tokens, (owner, value) => owner with { Tokens = value })
        .Optional("breakpoint", JsonOf.Flag, value => value.Breakpoint, (owner, value) => owner with { Breakpoint = value });

    static JsonConverter<PromptSegment> IJsonValue<PromptSegment>.Json => Shape;
}
