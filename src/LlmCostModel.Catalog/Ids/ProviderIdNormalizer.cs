namespace LlmCostModel.Catalog;

/// <summary>Takes an id apart by the documented rules of providers: first the marks around it, then the path, what is
/// asked for, the spelling, and the date. It never looks for
/// parts of names.</summary>
internal sealed class ProviderIdNormalizer : IModelIdNormalizer
{
    /// <summary>No provider has a longer id, in characters.</summary>
    private const int LongestId = 1024;

    /// <summary>An id that is written correctly has a handful of forms; one of the same part again and again has one for each.</summary>
    private const int MaxForms = 32;

    public bool DependsOnTime => false;

    public IEnumerable<ModelIdCandidate> Normalize(string modelId, string? provider, DateTimeOffset at)
    {
        if (modelId.Length > LongestId)
        {
            return [];
        }

        List<ModelIdCandidate> found = [new ModelIdCandidate { ModelId = modelId, Provider = provider?.ToLowerInvariant() }];
        Apply(IdRules.Marks, found, untilNone: true);
        Apply(IdRules.Paths, found, untilNone: true);
        Apply(NameRules.Suffixes, found, untilNone: true);
        Apply(NameRules.Spellings, found, untilNone: false);
        Apply(NameRules.Snapshots, found, untilNone: false);
        return found.Skip(1).Where(candidate => candidate.Provider is not null || candidate.ModelId != modelId);
    }

    /// <summary>Azure's embeddings say <c>ada</c>, which elsewhere is the oldest of the GPT-3 models.</summary>
    public string? ReadInResponse(string modelId, ApiFormat api) =>
        modelId == "ada" && api == ApiFormat.OpenAIEmbeddings ? "text-embedding-ada-002" : null;

    public string? Explain(string modelId, string? provider) =>
        modelId.Length > LongestId ? null : IdReasons.For(modelId, provider) ?? Contradiction(modelId, provider);

    private static string? Contradiction(string modelId, string? provider) =>
        provider is not null
        && IdRules.Paths.FirstOrDefault(rule => rule.NamesAnotherProviderThan(provider, modelId)) is { Provider: { } named }
            ? $"It is an id of provider '{named}', but the call names provider '{provider}'. Correct CallContext.Provider."
            : null;

    /// <summary>Adds what the rules make of each candidate; what is nearer to the id as it was written comes first.</summary>
    private static void Apply(IdForm[] rules, List<ModelIdCandidate> found, bool untilNone)
    {
        int end = found.Count;
        for (int i = 0; i < found.Count && (untilNone || i < end) && found.Count < MaxForms; i++)
        {
            foreach (IdForm rule in rules)
            {
                if (rule.Apply(found[i]) is { } next
                    && !found.Exists(known =>
                        known.ModelId == next.ModelId && known.Provider == next.Provider && known.Region == next.Region))
                {
                    found.Add(next);
                }
            }
        }
    }
}
