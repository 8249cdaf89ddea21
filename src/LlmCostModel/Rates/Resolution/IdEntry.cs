using System.Diagnostics;

namespace LlmCostModel;

/// <summary>Everything that one id can mean: several providers may sell a model under it.</summary>
internal sealed class IdEntry
{
    private readonly string _id;
    private readonly Func<string, ResolvedModel?>? _findAtMaker;
    private readonly List<Candidate> _candidates = [];
    private bool _isSoldAnywhere; // by a card that names no provider
    private ResolvedModel? _withoutProvider;
    private Dictionary<string, ResolvedModel>? _byProvider;
    private ResolvedModel? _elsewhere; // at every provider that no card names: one choice, of the cards that name none

    /// <param name="id">The id.</param>
    /// <param name="findAtMaker">Finds the model that the id means at its maker in another form; <see langword="null"/> when it is not
    /// asked.</param>
    internal IdEntry(string id, Func<string, ResolvedModel?>? findAtMaker = null) => (_id, _findAtMaker) = (id, findAtMaker);

    internal bool IsEmpty => _candidates.Count == 0;

    internal void Add(CompiledPricing pricing, NameKind name)
    {
        Debug.Assert(_withoutProvider is null && _byProvider is null, "Answers are remembered: an entry is complete before it is asked.");
        _candidates.Add(new Candidate(pricing, name));
        _isSoldAnywhere |= pricing.Card.Provider is null;
    }

    /// <summary>The model that the id means in a card; <see langword="null"/> when the card does not have it.</summary>
    internal CompiledPricing? PricingOf(RateCard card) => _candidates.Find(candidate => ReferenceEquals(candidate.Card, card)).Pricing;

    /// <summary>Notes that the id means other models, or none, at other instants.</summary>
    internal void SetLife(CompiledPricing pricing, IdLives lives)
    {
        int known = _candidates.FindIndex(candidate => ReferenceEquals(candidate.Card, pricing.Card));
        if (known < 0)
        {
            Add(pricing, NameKind.Alias);
            known = _candidates.Count - 1;
        }

        _candidates[known] = _candidates[known] with { Lives = lives };
    }

    /// <summary>Adds the models of the user's own cards that another id means, of which this one is another form.</summary>
    internal void AddUserModelsOf(IdEntry other, NameKind form)
    {
        List<Candidate> own = other._candidates.FindAll(candidate => candidate is { Pricing.IsUserCard: true, Name: < NameKind.OtherCase });
        foreach (Candidate candidate in own)
        {
            if (!_candidates.Exists(known => known.Pricing == candidate.Pricing))
            {
                Add(candidate.Pricing, form);
                _candidates[^1] = _candidates[^1] with
                {
                    IsInCatalog = candidate.Card.Provider is { } provider
                        && other._candidates.Exists(listed => !listed.Pricing.IsUserCard && listed.IsSoldAt(provider)),
                };
            }
        }
    }

    /// <summary>Chooses one: the user's own cards before the catalog, what they list before its other forms, the card
    /// of the models' maker where no provider is named, then an id before an alias. Several left do not answer it. The maker comes first
    /// even though it writes the id in another form, which another seller lists.</summary>
    internal ResolvedModel Select(string? provider) =>
        Find(provider) ?? new ResolvedModel(LookupIssues.UnknownProvider(_id, provider!, ProvidersOf(_candidates)));

    /// <summary>The same without an allocation: <see langword="null"/> when no card has the id at the provider.</summary>
    internal ResolvedModel? Find(string? provider) =>
        provider is null ? _withoutProvider ??= ChooseWithoutProvider()
            : (_byProvider ??= ChooseAtEveryProvider()).TryGetValue(provider, out ResolvedModel? chosen) ? chosen
            : _isSoldAnywhere ? _elsewhere ??= ChooseAt(provider) : null;

    internal bool IsSoldAt(string? provider) => provider is null || _candidates.Exists(candidate => candidate.IsSoldAt(provider));

    /// <summary>What the id means at the maker of the model, by the catalog: the user's own price at that provider, or the maker's. <see
    /// langword="null"/> when no maker lists the id, or several do.</summary>
    internal ResolvedModel? FindAtMaker(string? provider)
    {
        string?[] makers =
        [
            .. _candidates
                .Where(candidate => candidate is { Pricing.IsUserCard: false, Card.FirstParty: true }
                    && (provider is null || candidate.IsSoldAt(provider)))
                .Select(candidate => candidate.Card.Provider)
                .Distinct(),
        ];
        return makers is [{ } maker] ? Find(maker) : null;
    }

    /// <summary>Whether the user's price of a model would be taken for a snapshot that the catalog lists at other providers only, though
    /// it knows the model at the user's: such as an id in the spelling of Vertex AI, for a card of Anthropic.</summary>
    private bool IsOfAnotherSeller(Candidate candidate) =>
        candidate is { Name: NameKind.Snapshot, IsInCatalog: true }
        && _candidates.Exists(other => !other.Pricing.IsUserCard)
        && !_candidates.Exists(other => !other.Pricing.IsUserCard && other.IsSoldAt(candidate.Card.Provider!));

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
        List<Candidate> candidates = _candidates.FindAll(candidate => !candidate.Card.ProviderRequired && !IsOfAnotherSeller(candidate));
        ResolvedModel? chosen = candidates.Count > 0 ? Choose(candidates, provider: null) : null;
        return chosen is { Pricing: { IsUserCard: false, Card.FirstParty: false } } && _findAtMaker?.Invoke(_id) is { } made ? made
            : chosen ?? new ResolvedModel(LookupIssues.AmbiguousProvider(_id, ProvidersOf(_candidates)));
    }

    private ResolvedModel ChooseAt(string provider) => Choose(_candidates.FindAll(candidate => candidate.IsSoldAt(provider)), provider);

    private ResolvedModel Choose(List<Candidate> candidates, string? provider)
    {
        Debug.Assert(candidates.Count > 0, "Nothing to choose from has a reason of its own.");
        candidates = Prefer(candidates, candidate => candidate.Pricing.IsUserCard);
        candidates = Prefer(candidates, candidate => candidate.Name < NameKind.OtherCase);
        candidates = Prefer(candidates, candidate => candidate.Name != NameKind.Snapshot);
        candidates = Prefer(candidates, candidate => provider is null || candidate.Card.Provider is not null);
        candidates = Prefer(candidates, candidate => provider is null && candidate.Card.FirstParty);
        candidates = Prefer(candidates, candidate => candidate.Name == NameKind.Id);
        candidates = Prefer(candidates, candidate => candidate.Card.FirstParty);
        if (!candidates.TrueForAll(candidate => candidate.Pricing.HasPricesOf(candidates[0].Pricing)))
        {
            return new ResolvedModel(LookupIssues.AmbiguousProvider(_id, ProvidersOf(candidates)));
        }

        (CompiledPricing pricing, NameKind name, IdLives? lives) = candidates[0];
        return lives is null ? Of(pricing, name) : Through(lives.PhasesOf(_id), name);
    }

    private ResolvedModel Of(CompiledPricing pricing, NameKind name) => name switch
    {
        NameKind.Id => new ResolvedModel(_id, pricing, MatchKind.Exact, []),
        NameKind.Alias => new ResolvedModel(_id, pricing, MatchKind.Alias, [AliasOf(pricing)]),
        NameKind.OtherCase => new ResolvedModel(_id, pricing, MatchKind.Normalized, [$"letter case of '{_id}' ignored"]),
        _ => AsSnapshot(pricing),
    };

    /// <summary>An id that means another model, or none, at other instants.</summary>
    private ResolvedModel Through(IdPhase[] phases, NameKind name)
    {
        ResolvedModel[] models = [.. phases.Select(phase => InPhase(phase, name))];
        (long, ResolvedModel)[] later = [.. phases.Zip(models, (phase, model) => (phase.FromTicks, model)).Skip(1)];
        ModelResolution first = models[0].Resolution!;
        return new ResolvedModel(_id, phases[0].Pricing, first.Kind, first.Steps, later: later);
    }

    private ResolvedModel InPhase(IdPhase phase, NameKind name)
    {
        if (phase.Steps.Length == 0)
        {
            return phase.Pricing.Model.Id == _id ? Of(phase.Pricing, NameKind.Id) : Of(phase.Pricing, name);
        }

        return new ResolvedModel(_id, phase.Pricing, MatchKind.Alias, phase.Steps) { Note = string.Join(", ", phase.Steps) };
    }

    private string AliasOf(CompiledPricing pricing) => $"'{_id}' is an alias of '{pricing.Model.Id}' in rate card '{pricing.Card.Name}'";

    private ResolvedModel AsSnapshot(CompiledPricing pricing)
    {
        string note = $"'{_id}' is a dated snapshot of '{pricing.Model.Id}', which your rate card '{pricing.Card.Name}' prices; "
            + "list the snapshot there to price it apart";
        return new ResolvedModel(_id, pricing, MatchKind.Normalized, [note]) { Note = note };
    }

    private static List<Candidate> Prefer(List<Candidate> candidates, Predicate<Candidate> isBetter)
    {
        List<Candidate> best = candidates.FindAll(isBetter);
        return best.Count > 0 ? best : candidates;
    }

    private static IEnumerable<string> ProvidersOf(IEnumerable<Candidate> candidates) =>
        candidates.Select(candidate => candidate.Card.Provider ?? $"(any, card '{candidate.Card.Name}')").Distinct();
}
