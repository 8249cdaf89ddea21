using System.Diagnostics;

namespace LlmCostModel;

/// <summary>Everything that one id can mean: several hosts may sell a model under it.</summary>
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
    internal ResolvedModel Select(string? host) => host is null ? _withoutHost ??= ChooseWithoutHost() : SelectAt(host);

    /// <summary>Allocates only when the host is in no card, or asked for the first time.</summary>
    private ResolvedModel SelectAt(string host) =>
        (_byHost ??= ChooseAtEveryHost()).TryGetValue(host, out ResolvedModel? chosen) ? chosen : ChooseAt(host);

    private Dictionary<string, ResolvedModel> ChooseAtEveryHost()
    {
        Dictionary<string, ResolvedModel> chosen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string host in _candidates.Select(candidate => candidate.Card.Host).OfType<string>())
        {
            chosen.TryAdd(host, ChooseAt(host));
        }

        return chosen;
    }

    private ResolvedModel ChooseWithoutHost()
    {
        List<Candidate> candidates = _candidates.FindAll(candidate => !candidate.Card.HostRequired);
        return candidates.Count > 0
            ? Choose(candidates, host: null)
            : new ResolvedModel(LookupIssues.AmbiguousHost(_id, HostsOf(_candidates)));
    }

    private ResolvedModel ChooseAt(string host)
    {
        List<Candidate> candidates = _candidates.FindAll(candidate => candidate.IsSoldAt(host));
        return candidates.Count > 0 ? Choose(candidates, host) : new ResolvedModel(LookupIssues.UnknownHost(_id, host, HostsOf(_candidates)));
    }

    private ResolvedModel Choose(List<Candidate> candidates, string? host)
    {
        Debug.Assert(candidates.Count > 0, "Nothing to choose from has a reason of its own.");
        candidates = Prefer(candidates, candidate => candidate.Pricing.IsUserCard);
        candidates = Prefer(candidates, candidate => host is null || candidate.Card.Host is not null);
        candidates = Prefer(candidates, candidate => !candidate.IsAlias);
        candidates = Prefer(candidates, candidate => candidate.Card.FirstParty);
        if (candidates.Count > 1)
        {
            return new ResolvedModel(LookupIssues.AmbiguousHost(_id, HostsOf(candidates)));
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

    private static IEnumerable<string> HostsOf(IEnumerable<Candidate> candidates) =>
        candidates.Select(candidate => candidate.Card.Host ?? $"(any, card '{candidate.Card.Name}')").Distinct();
}
