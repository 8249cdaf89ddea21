using System.Diagnostics;

namespace LlmCostModel;

/// <summary>Everything that one id can mean: several providers may sell a model under it.</summary>
internal sealed class IdEntry
{
    private readonly string _id;
    private readonly List<Candidate> _candidates = [];
    private ResolvedModel? _withoutHost;
    private Dictionary<string, ResolvedModel>? _byHost;

    internal IdEntry(string id) => _id = id;

    internal void Add(CompiledPricing pricing, bool isAlias)
    {
        Debug.Assert(_withoutHost is null && _byHost is null, "Answers are remembered: an entry is complete before it is asked.");
        _candidates.Add(new Candidate(pricing, isAlias));
    }

    /// <summary>Chooses one: the user's own cards before the catalog, an id before an alias, then the card of the models' maker. Several
    /// left are no answer.</summary>
    internal ResolvedModel Select(string? provider) => provider is null ? _withoutHost ??= ChooseWithoutProvider() : SelectAt(provider);

    /// <summary>Allocates only when the provider is in no card, or asked for the first time.</summary>
    private ResolvedModel SelectAt(string provider) =>
        (_byHost ??= ChooseAtEveryProvider()).TryGetValue(provider, out ResolvedModel? chosen) ? chosen : ChooseAt(provider);

    private Dictionary<string, ResolvedModel> ChooseAtEveryProvider()
    {
        Dictionary<string, ResolvedModel> chosen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string provider in _candidates.Select(candidate => candidate.Card.Provider).OfType<string>())
        {
            chosen.TryAdd(provider, ChooseAt(provider));
        }

        return chosen;
    }

    private ResolvedModel ChooseWithoutProvider()
    {
        List<Candidate> candidates = _candidates.FindAll(candidate => !candidate.Card.ProviderRequired);
        return candidates.Count > 0
            ? Choose(candidates, provider: null)
            : new ResolvedModel(LookupIssues.AmbiguousProvider(_id, ProvidersOf(_candidates)));
    }

    private ResolvedModel ChooseAt(string provider)
    {
        List<Candidate> candidates = _candidates.FindAll(candidate => candidate.IsSoldAt(provider));
        return candidates.Count > 0 ? Choose(candidates, provider) : new ResolvedModel(LookupIssues.UnknownProvider(_id, provider, ProvidersOf(_candidates)));
    }

    private ResolvedModel Choose(List<Candidate> candidates, string? provider)
    {
        Debug.Assert(candidates.Count > 0, "Nothing to choose from has a reason of its own.");
        candidates = Prefer(candidates, candidate => candidate.Pricing.IsUserCard);
        candidates = Prefer(candidates, candidate => provider is null || candidate.Card.Provider is not null);
        candidates = Prefer(candidates, candidate => !candidate.IsAlias);
        candidates = Prefer(candidates, candidate => candidate.Card.FirstParty);
        if (candidates.Count > 1)
        {
            return new ResolvedModel(LookupIssues.AmbiguousProvider(_id, ProvidersOf(candidates)));
        }

        (CompiledPricing pricing, bool isAlias) = candidates[0];
        string step = $"'{_id}' is an alias of '{pricing.Model.Id}' in rate card '{pricing.Card.Name}'";
        return isAlias ? new ResolvedModel(_id, pricing, MatchKind.Alias, [step]) : new ResolvedModel(_id, pricing, MatchKind.Exact, []);
    }

    private static List<Candidate> Prefer(List<Candidate> candidates, Predicate<Candidate> isBetter)
    {
        List<Candidate> best = candidates.FindAll(isBetter);
        return best.Count > 0 ? best : candidates;
    }

    private static IEnumerable<string> ProvidersOf(IEnumerable<Candidate> candidates) =>
        candidates.Select(candidate => candidate.Card.Provider ?? $"(any, card '{candidate.Card.Name}')").Distinct();
}
