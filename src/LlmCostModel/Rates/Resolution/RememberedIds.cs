namespace LlmCostModel;

/// <summary>What ids meant that had to be worked out, for the next call with the same id and provider. Bounded by the size of its texts:
/// beyond it, it starts anew. Thread-safe.</summary>
internal sealed class RememberedIds
{
    /// <summary>In characters: some 10,000 usual ids, 8 MB of text.</summary>
    private const int MaxSize = 4 * 1024 * 1024;

    /// <summary>What an answer takes besides its texts, as characters.</summary>
    private const int AnswerSize = 256;

    /// <summary>At how many providers each id is remembered.</summary>
    private const int MaxProviders = 16;

    private readonly BoundedCache<Answers> _answers = new(MaxSize);

    internal ResolvedModel? Find(ReadOnlySpan<char> modelId, string? provider) => _answers.Find(modelId)?.At(provider);

    internal ResolvedModel? Find(string modelId, string? provider) => _answers.Find(modelId)?.At(provider);

    internal void Add(string modelId, string? provider, ResolvedModel resolved)
    {
        Answers answers = _answers.Find(modelId) ?? _answers.Add(modelId, new Answers(), AnswerSize + modelId.Length);
        if (answers.Add(provider, resolved))
        {
            _answers.Grow(SizeOf(resolved));
        }
    }

    private static int SizeOf(ResolvedModel resolved) =>
        AnswerSize + (resolved.Issue?.Message.Length ?? 0) + (resolved.Resolution?.Steps.Sum(step => step.Length) ?? 0);

    /// <summary>What one id means, at every provider that calls named.</summary>
    private sealed class Answers
    {
        private volatile (string Provider, ResolvedModel Model)[] _atProviders = [];
        private volatile ResolvedModel? _withoutProvider;

        internal ResolvedModel? At(string? provider)
        {
            if (provider is null)
            {
                return _withoutProvider;
            }

            foreach ((string known, ResolvedModel model) in _atProviders)
            {
                if (provider == known)
                {
                    return model;
                }
            }

            return null;
        }

        /// <summary>Adds what it means at a provider, unless the provider has too long a name.</summary>
        /// <remarks>Of two threads that add at once one may be lost, and is added again at its next call.</remarks>
        internal bool Add(string? provider, ResolvedModel model)
        {
            if (provider is null)
            {
                _withoutProvider = model;
                return true;
            }

            if (provider.Length > BoundedCache<Answers>.LongestText)
            {
                return false;
            }

            _atProviders = [.. _atProviders.TakeLast(MaxProviders - 1), (provider, model)];
            return true;
        }
    }
}
