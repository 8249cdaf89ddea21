using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>An immutable snapshot of all prices, found by id. A reload makes a new one; nothing in it changes but caches.</summary>
internal sealed class PriceIndex
{
    private readonly Dictionary<string, IdEntry> _entries;
    private readonly SpanLookup<IdEntry> _bySpan;
    private readonly IdResolver _resolver;
    private readonly Func<string, ResolvedModel?> _findAtMaker; // one for all entries
    private readonly bool _acceptsEntries; // no setting can stand between an id and its entry

    /// <exception cref="RateCardException">An overlay does not go with the cards.</exception>
    internal PriceIndex(ImmutableArray<RateCard> userCards, ImmutableArray<RateCard> catalogCards, PriceIndexSettings settings)
    {
        UserCards = userCards;
        CatalogCards = catalogCards;
        Pools = settings.Pools;
        Warnings = Validate(settings.Overlays);
        _acceptsEntries = settings.Deployments.IsEmpty && settings.WeakestMatch >= MatchKind.Alias;
        int models = userCards.Sum(card => card.Models.Length) + catalogCards.Sum(card => card.Models.Length);
        _entries = new Dictionary<string, IdEntry>(models, StringComparer.Ordinal);
        _findAtMaker = id => _resolver!.FindAtMaker(id);
        _bySpan = new SpanLookup<IdEntry>(_entries);
        AddAll(userCards, isUserCard: true, settings.Overlays);
        AddAll(catalogCards, isUserCard: false, settings.Overlays);
        if (!userCards.IsEmpty && settings.WeakestMatch >= MatchKind.Normalized)
        {
            ExtendToOtherForms(userCards);
        }

        _resolver = new IdResolver(_entries, settings, hasCatalog: !catalogCards.IsEmpty);
    }

    internal ImmutableArray<RateCard> UserCards { get; }

    internal ImmutableArray<RateCard> CatalogCards { get; }

    /// <summary>What is paid for already, in the order in which calls draw on it.</summary>
    internal ImmutableArray<PrepaidPool> Pools { get; }

    /// <summary>What is only suspicious about the overlays, over these cards.</summary>
    internal IReadOnlyList<InputFault> Warnings { get; }

    /// <summary>Looks an id up without allocating when a card has it as it stands, or an earlier call had it.</summary>
    internal ResolvedModel Find(ReadOnlySpan<char> modelId, in CallContext context) =>
        _acceptsEntries && _bySpan.TryGetValue(modelId, out IdEntry? entry) && entry.Find(context.Provider) is { Pricing: not null } found
            ? found
            : _resolver.Recall(modelId, context.Provider) ?? _resolver.Resolve(modelId.ToString(), in context);

    /// <summary>Looks an id up without allocating when a card has it as it stands, or an earlier call had it.</summary>
    internal ResolvedModel Find(string modelId, in CallContext context) =>
        _acceptsEntries && _entries.TryGetValue(modelId, out IdEntry? entry) && entry.Find(context.Provider) is { Pricing: not null } found
            ? found
            : _resolver.Recall(modelId, context.Provider) ?? _resolver.Resolve(modelId, in context);

    /// <inheritdoc cref="IdResolver.ReadInResponse"/>
    internal string? ReadInResponse(string modelId, ApiFormat api) => _resolver.ReadInResponse(modelId, api);

    /// <summary>Cards and overlays are valid by themselves; what they are together is known only here.</summary>
    private IReadOnlyList<InputFault> Validate(ImmutableArray<PriceOverlay> overlays)
    {
        FaultList faults = new();
        new OverlayValidator(faults).Validate(overlays, [.. UserCards, .. CatalogCards]);
        return faults.HasErrors ? throw new RateCardException([.. faults.All.Where(fault => !fault.IsWarning)]) : faults.All;
    }

    private void AddAll(ImmutableArray<RateCard> cards, bool isUserCard, ImmutableArray<PriceOverlay> overlays)
    {
        foreach (RateCard card in cards)
        {
            foreach (ModelPricing model in card.Models)
            {
                CompiledPricing pricing = new(card, model, isUserCard, overlays);
                EntryOf(model.Id).Add(pricing, NameKind.Id);
                foreach (string alias in model.Aliases)
                {
                    EntryOf(alias).Add(pricing, NameKind.Alias);
                }
            }

            if (!card.Lifecycle.IsEmpty)
            {
                AddLives(card);
            }
        }
    }

    private void AddLives(RateCard card)
    {
        IdLives lives = new(card, name => _entries.GetValueOrDefault(name)?.PricingOf(card));
        foreach ((string name, CompiledPricing pricing) in lives.Names)
        {
            EntryOf(name).SetLife(pricing, lives);
        }
    }

    /// <summary>A user's own price of a model holds for its id in another letter case and for its dated snapshots as well: providers
    /// answer with the id of the snapshot, and the catalog, which lists it, must not win over the user by that.</summary>
    private void ExtendToOtherForms(ImmutableArray<RateCard> userCards)
    {
        IEnumerable<string> names = userCards.SelectMany(card => card.Models).SelectMany(model => model.Aliases.Prepend(model.Id));
        ILookup<string, string> written = names.Distinct(StringComparer.Ordinal).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
        foreach ((string id, IdEntry entry) in _entries)
        {
            AddAll(entry, written[id].Where(name => name != id), NameKind.OtherCase);
            if (SnapshotDate.TryTakeOff(id, out ReadOnlySpan<char> undated))
            {
                AddAll(entry, written[undated.ToString()], NameKind.Snapshot);
            }
        }
    }

    private void AddAll(IdEntry entry, IEnumerable<string> names, NameKind form)
    {
        foreach (string name in names)
        {
            entry.AddUserModelsOf(_entries[name], form);
        }
    }

    private IdEntry EntryOf(string id)
    {
        if (!_entries.TryGetValue(id, out IdEntry? entry))
        {
            _entries.Add(id, entry = new IdEntry(id, _findAtMaker));
        }

        return entry;
    }
}
