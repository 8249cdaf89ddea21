namespace LlmCostModel;

/// <summary>All pricings that an id can mean: several hosts may sell a model under one id.</summary>
internal sealed class ModelEntry
{
    private readonly string _id;
    private readonly List<(CompiledPricing Pricing, bool IsAlias)> _candidates = [];
    private ResolvedModel? _withoutHost;
    private Dictionary<string, ResolvedModel>? _byHost;

    internal ModelEntry(string id) => _id = id;

    internal IReadOnlyList<(CompiledPricing Pricing, bool IsAlias)> Candidates => _candidates;

    internal void Add(CompiledPricing pricing, bool isAlias) => _candidates.Add((pricing, isAlias));

    /// <summary>Chooses one: the user's own cards before the catalog, an id before an alias, then the card of the models' maker. Several left are no answer.</summary>
    internal ResolvedModel Select(string? host) => host is null ? _withoutHost ??= Choose(_candidates, null) : SelectAt(host);

    /// <summary>Allocates only when the host is in no card, or asked for the first time.</summary>
    private ResolvedModel SelectAt(string host) => (_byHost ??= ChooseAtEveryHost()).TryGetValue(host, out ResolvedModel? chosen) ? chosen : ChooseAt(host);

    private Dictionary<string, ResolvedModel> ChooseAtEveryHost()
    {
        Dictionary<string, ResolvedModel> chosen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((CompiledPricing pricing, _) in _candidates)
        {
            if (pricing.Card.Host is { } host)
            {
                chosen.TryAdd(host, ChooseAt(host));
            }
        }

        return chosen;
    }

    private ResolvedModel ChooseAt(string host) =>
        Choose([.. _candidates.Where(candidate => candidate.Pricing.Card.Host is not { } own || own.Equals(host, StringComparison.OrdinalIgnoreCase))], host);

    private ResolvedModel Choose(List<(CompiledPricing Pricing, bool IsAlias)> candidates, string? host)
    {
        if (candidates.Count == 0)
        {
            return new ResolvedModel(IssueText.UnknownHost(_id, host!, Hosts(_candidates)));
        }

        if (host is null && candidates.FindAll(candidate => !candidate.Pricing.Card.HostRequired) is var without && without.Count < candidates.Count)
        {
            if (without.Count == 0)
            {
                return new ResolvedModel(IssueText.AmbiguousHost(_id, Hosts(candidates)));
            }

            candidates = without;
        }

        candidates = Prefer(candidates, candidate => candidate.Pricing.IsUserCard);
        candidates = Prefer(candidates, candidate => host is null || candidate.Pricing.Card.Host is not null);
        candidates = Prefer(candidates, candidate => !candidate.IsAlias);
        candidates = Prefer(candidates, candidate => candidate.Pricing.Card.FirstParty);
        if (candidates.Count > 1)
        {
            return new ResolvedModel(IssueText.AmbiguousHost(_id, Hosts(candidates)));
        }

        (CompiledPricing pricing, bool isAlias) = candidates[0];
        return isAlias
            ? new ResolvedModel(_id, pricing, MatchKind.Alias, [$"'{_id}' is an alias of '{pricing.Model.Id}' in rate card '{pricing.Card.Name}'"])
            : new ResolvedModel(_id, pricing, MatchKind.Exact, []);
    }

    private static List<(CompiledPricing Pricing, bool IsAlias)> Prefer(
        List<(CompiledPricing Pricing, bool IsAlias)> candidates, Predicate<(CompiledPricing Pricing, bool IsAlias)> better)
    {
        List<(CompiledPricing Pricing, bool IsAlias)> best = candidates.FindAll(better);
        return best.Count > 0 ? best : candidates;
    }

    private static IEnumerable<string> Hosts(IEnumerable<(CompiledPricing Pricing, bool IsAlias)> candidates) =>
        candidates.Select(candidate => candidate.Pricing.Card.Host ?? $"(any, card '{candidate.Pricing.Card.Name}')").Distinct();
}
