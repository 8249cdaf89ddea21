using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>A request as a prompt cache sees it: when it starts, what the prompt is made of, and how long the answer is.</summary>
public sealed record PromptRequest
{
    /// <summary>Gets when the request starts.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the prompt, from its first token on; empty for a prompt without content.</summary>
    public required ImmutableArray<PromptSegment> Prompt { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets who shares a cache: tenant, workspace, model and tier in one name. Requests of different scopes never read each other's entries.</summary>
    /// <value>Default empty: all in one.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public string Scope
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Scope));
    } = "";

    /// <summary>Gets the tokens of the answer, without reasoning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long OutputTokens
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(OutputTokens), value, "An answer cannot have fewer than 0 tokens.");
    }

    /// <summary>Gets the reasoning tokens of the answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long ReasoningTokens
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(ReasoningTokens), value, "An answer cannot have fewer than 0 reasoning tokens.");
    }
}
