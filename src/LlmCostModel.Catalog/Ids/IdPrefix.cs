using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel.Catalog;

/// <summary>A name in front of an id, behind which a slash or a colon stands: <c>groq/...</c>, <c>openai:...</c>.</summary>
/// <remarks>Gateways write a slash (LiteLLM, OpenRouter, models.dev), clients a colon (Pydantic AI, LangChain, promptfoo).</remarks>
internal sealed class IdPrefix : IdForm
{
    /// <summary>What promptfoo writes between the two: https://www.promptfoo.dev/docs/providers</summary>
    private static readonly FrozenSet<string> Endpoints = new[]
    {
        "chat", "responses", "completion", "completions", "embedding", "embeddings", "image", "video", "messages", "converse", "text",
        "moderation", "rerank", "speech", "transcription", "realtime",
    }.ToFrozenSet(StringComparer.Ordinal);

    [SetsRequiredMembers]
    internal IdPrefix(string description, params string[] names)
    {
        Description = description;
        Names = names;
    }

    internal string[] Names { get; }

    /// <summary>Gets whether only a colon may follow: there are rules of their own for what follows a slash.</summary>
    internal bool ColonOnly { get; init; }

    /// <summary>Gets whether an id with a capital letter behind it is another's name.</summary>
    internal bool LowerCaseOnly { get; init; }

    internal bool Matches(string modelId) => Behind(modelId) is not null;

    protected override bool IsFormOf(string modelId) => Matches(modelId);

    protected override ModelIdCandidate? Read(ModelIdCandidate candidate) =>
        Behind(candidate.ModelId) is { } id ? candidate with { ModelId = id } : null;

    /// <summary>The id behind the name.</summary>
    private string? Behind(string modelId)
    {
        int end = modelId.AsSpan().IndexOfAny('/', ':');
        if (end <= 0 || (ColonOnly && modelId[end] != ':') || !IsName(modelId.AsSpan(0, end)))
        {
            return null;
        }

        ReadOnlySpan<char> id = modelId.AsSpan(end + 1);
        if (modelId[end] == ':')
        {
            int next = id.IndexOf(':');
            if (next > 0 && Endpoints.Contains(id[..next].ToString()))
            {
                id = id[(next + 1)..];
            }
        }

        // Two names in front are those of a gateway and of a maker: the maker's name alone leads to its model.
        return id.IsEmpty
            || (Maker is not null && id.Contains('/'))
            || (LowerCaseOnly && id.ContainsAnyInRange('A', 'Z'))
                ? null
                : id.ToString();
    }

    private bool IsName(ReadOnlySpan<char> text)
    {
        foreach (string name in Names)
        {
            if (text.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
