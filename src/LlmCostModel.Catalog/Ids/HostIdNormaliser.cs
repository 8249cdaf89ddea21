namespace LlmCostModel.Catalog;

/// <summary>Takes an id apart by the documented rules of hosts: first the path, then the spelling, then the date. It never looks for parts of names.</summary>
internal sealed class HostIdNormaliser : IModelIdNormaliser
{
    public IEnumerable<ModelIdCandidate> Normalise(string modelId, string? host, DateTimeOffset at)
    {
        List<ModelIdCandidate> found = [new ModelIdCandidate(modelId, host?.ToLowerInvariant(), null, [])];
        Apply(IdRules.Paths, found, untilNone: true);
        Apply(IdRules.Spellings, found, untilNone: false);
        Apply(IdRules.Snapshots, found, untilNone: false);
        return found.Skip(1).Where(candidate => candidate.Host is not null || candidate.ModelId != modelId);
    }

    public string? Explain(string modelId, string? host) => IdReasons.For(modelId, host) ?? Contradiction(modelId, host);

    private static string? Contradiction(string modelId, string? host) =>
        host is not null && IdRules.Paths.FirstOrDefault(rule => rule.NamesAnotherHostThan(host, modelId)) is { Host: { } named }
            ? $"It is an id of host '{named}', but the call names host '{host}'. Correct CallContext.Host."
            : null;

    /// <summary>Adds what the rules make of each candidate; what is nearer to the id as it was written comes first.</summary>
    private static void Apply(IdRule[] rules, List<ModelIdCandidate> found, bool untilNone)
    {
        int end = found.Count;
        for (int i = 0; i < found.Count && (untilNone || i < end); i++)
        {
            foreach (IdRule rule in rules)
            {
                if (rule.Apply(found[i]) is { } next && !found.Exists(known => known.ModelId == next.ModelId && known.Host == next.Host && known.Region == next.Region))
                {
                    found.Add(next);
                }
            }
        }
    }
}
