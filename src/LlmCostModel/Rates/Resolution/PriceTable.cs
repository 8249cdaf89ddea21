using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>An immutable snapshot of all prices, found by id. A reload makes a new one; nothing in it changes but caches.</summary>
internal sealed class PriceTable
{
    /// <summary>How many ids that are in no card as they stand are remembered, so that a stream of odd ids cannot fill the memory.</summary>
    private const int MaxRemembered = 4096;

    private readonly Dictionary<string, ModelEntry> _entries;
    private readonly Dictionary<string, ModelEntry>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Lazy<ILookup<string, ModelEntry>> _ignoringCase;
    private readonly ConcurrentDictionary<(string Id, string? Host), ResolvedModel> _remembered = new();
    private readonly PriceTableSettings _settings;
    private readonly bool _acceptsEntries; // no setting can stand between an id and its entry
    private int _rememberedCount;

    internal PriceTable(ImmutableArray<RateCard> userCards, ImmutableArray<RateCard> catalogCards, PriceTableSettings settings)
    {
        _settings = settings;
        _acceptsEntries = settings.Deployments.IsEmpty && settings.WeakestMatch >= MatchKind.Alias;
        UserCards = userCards;
        CatalogCards = catalogCards;
        _entries = new Dictionary<string, ModelEntry>(userCards.Sum(card => card.Models.Length) + catalogCards.Sum(card => card.Models.Length), StringComparer.Ordinal);
        _bySpan = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        AddAll(userCards, isUserCard: true);
        AddAll(catalogCards, isUserCard: false);
        _ignoringCase = new(() => _entries.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase));
    }

    internal ImmutableArray<RateCard> UserCards { get; }

    internal ImmutableArray<RateCard> CatalogCards { get; }

    internal IReadOnlyCollection<ModelEntry> Entries => _entries.Values;

    /// <summary>Looks an id up without allocating when a card has it as it stands.</summary>
    internal ResolvedModel Find(ReadOnlySpan<char> modelId, in CallContext context) =>
        _acceptsEntries && _bySpan.TryGetValue(modelId, out ModelEntry? entry) && entry.Select(context.Host) is { Pricing: not null } found ? found : FindByRules(modelId.ToString(), in context);

    /// <summary>Looks an id up without allocating when a card has it as it stands.</summary>
    internal ResolvedModel Find(string modelId, in CallContext context) =>
        _acceptsEntries && _entries.TryGetValue(modelId, out ModelEntry? entry) && entry.Select(context.Host) is { Pricing: not null } found ? found : FindByRules(modelId, in context);

    private ResolvedModel FindByRules(string modelId, in CallContext context)
    {
        bool isMapped = _settings.Deployments.TryGetValue(modelId, out ModelDeployment? deployment);
        ResolvedModel? asWritten = !isMapped && _entries.TryGetValue(modelId, out ModelEntry? entry) ? entry.Select(context.Host) : null;
        if (asWritten is { Pricing: not null } && Accepts(asWritten))
        {
            return asWritten;
        }

        // An id that is known, but not at this host, may still be the way in which another host writes one of its own.
        ResolvedModel? unknown = asWritten is { Pricing: null } ? asWritten : null;
        if (!isMapped && (_settings.WeakestMatch < MatchKind.Normalised || string.IsNullOrWhiteSpace(modelId)))
        {
            return unknown ?? new ResolvedModel(Unknown(modelId, context.Host));
        }

        if (_remembered.TryGetValue((modelId, context.Host), out ResolvedModel? known))
        {
            return known;
        }

        bool dependsOnTime = false;
        ResolvedModel resolved = isMapped ? Mapped(modelId, deployment!, null, in context) : Normalise(modelId, in context, out dependsOnTime);
        if (resolved.Pricing is null)
        {
            return unknown is null ? resolved : unknown.Issue!.Kind == CostIssueKind.UnknownHost ? new ResolvedModel(Unknown(modelId, context.Host, unknown.Issue)) : unknown;
        }

        if (!dependsOnTime && Interlocked.Increment(ref _rememberedCount) <= MaxRemembered)
        {
            _remembered.TryAdd((modelId, context.Host), resolved);
        }

        return resolved;
    }

    /// <summary>What a deployment of the caller's own stands for.</summary>
    /// <param name="modelId">The id that was asked for.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="path">The form of the id that led to it; <see langword="null"/> when the id is the deployment's name.</param>
    /// <param name="context">The call.</param>
    private ResolvedModel Mapped(string modelId, ModelDeployment deployment, ModelIdCandidate? path, in CallContext context)
    {
        CallContext target = context with { Host = deployment.Host ?? context.Host ?? path?.Host };
        ResolvedModel found = _entries.TryGetValue(deployment.Model, out ModelEntry? entry) ? entry.Select(target.Host) : FindTarget(deployment.Model, in target);
        return found.Pricing is { } pricing
            ? new ResolvedModel(
                modelId,
                pricing,
                MatchKind.Mapped,
                [.. path?.Steps ?? [], $"deployment '{path?.ModelId ?? modelId}' is mapped to '{deployment.Model}'", .. found.Resolution!.Steps],
                deployment.Region ?? path?.Region ?? found.Resolution.Region,
                found.Resolution.Attributes)
            : new ResolvedModel(new CostIssue(
                CostIssueKind.UnknownModel,
                modelId,
                $"Deployment '{modelId}' is mapped to '{deployment.Model}', which has no price{(target.Host is null ? "" : $" at host '{target.Host}'")}. Correct the map under 'LlmCostModel:Deployments' or add a rate card."));
    }

    /// <summary>Looks an id up in whatever case cards write it. Cards may do that differently: the user's own come first, then the host decides, and two answers are none.</summary>
    private ResolvedModel? FindIgnoringCase(string modelId, string? host)
    {
        ResolvedModel[] found = [.. _ignoringCase.Value[modelId].Select(entry => entry.Select(host))];
        ResolvedModel[] own = [.. found.Where(model => model.Pricing is { IsUserCard: true })];
        ResolvedModel[] priced = own.Length > 0 ? own : [.. found.Where(model => model.Pricing is not null)];
        return priced.Length > 1
            ? new ResolvedModel(IssueText.AmbiguousHost(modelId, priced.Select(model => model.Resolution!.Host ?? "any").Distinct()))
            : priced.FirstOrDefault() ?? found.FirstOrDefault();
    }

    private ResolvedModel FindTarget(string modelId, in CallContext context) =>
        _settings.WeakestMatch < MatchKind.Normalised ? new ResolvedModel(Unknown(modelId, context.Host)) : Normalise(modelId, in context, out _);

    private ResolvedModel Normalise(string modelId, in CallContext context, out bool dependsOnTime)
    {
        dependsOnTime = false;
        CostIssue? ambiguous = null;
        if (FindIgnoringCase(modelId, context.Host) is { } known)
        {
            if (known.Pricing is { } pricing)
            {
                return new ResolvedModel(modelId, pricing, MatchKind.Normalised, [$"letter case of '{modelId}' ignored", .. known.Resolution!.Steps]);
            }

            ambiguous = known.Issue! with { Message = $"'{modelId}' in another letter case: {known.Issue!.Message}" };
        }

        DateTimeOffset at = context.At ?? _settings.Clock.GetUtcNow();
        foreach (IModelIdNormaliser normaliser in _settings.Normalisers)
        {
            foreach (ModelIdCandidate candidate in normaliser.Normalise(modelId, context.Host, at))
            {
                if (_settings.Deployments.TryGetValue(candidate.ModelId, out ModelDeployment? deployment)
                    && (deployment.Host is null || deployment.Host.Equals(candidate.Host, StringComparison.OrdinalIgnoreCase)))
                {
                    return Mapped(modelId, deployment, candidate, in context);
                }

                string? host = context.Host ?? candidate.Host;
                if ((_entries.TryGetValue(candidate.ModelId, out ModelEntry? entry) && entry.Select(host) is { Pricing: not null } exact ? exact : FindIgnoringCase(candidate.ModelId, host)) is not { } found)
                {
                    continue;
                }

                if (found.Pricing is { } dated && candidate.Snapshot is { } snapshot && !_entries.ContainsKey(snapshot.Id) && !dated.IsReadSince(snapshot.Date))
                {
                    ambiguous ??= IssueText.UnlistedSnapshot(modelId, dated);
                    continue;
                }

                if (found.Pricing is { } pricing)
                {
                    dependsOnTime = candidate.DependsOnTime;
                    return new ResolvedModel(modelId, pricing, MatchKind.Normalised, [.. candidate.Steps, .. found.Resolution!.Steps], candidate.Region, candidate.Attributes);
                }

                ambiguous ??= candidate.ModelId == modelId ? found.Issue : found.Issue! with { Message = $"'{modelId}' is read as '{candidate.ModelId}'. {found.Issue!.Message}" };
            }
        }

        return new ResolvedModel(Unknown(modelId, context.Host, ambiguous));
    }

    /// <summary>The best reason that there is for an id without a price: what its form tells, then that other hosts sell it, then that nothing is known.</summary>
    private CostIssue Unknown(string modelId, string? host, CostIssue? elsewhere = null)
    {
        foreach (IModelIdNormaliser normaliser in _settings.Normalisers)
        {
            if (!string.IsNullOrWhiteSpace(modelId) && normaliser.Explain(modelId, host) is { } reason)
            {
                return IssueText.UnknownModel(modelId, reason);
            }
        }

        return elsewhere ?? IssueText.UnknownModel(modelId, CatalogCards.IsEmpty);
    }

    private bool Accepts(ResolvedModel found) => found.Resolution!.Kind <= _settings.WeakestMatch;

    private void AddAll(ImmutableArray<RateCard> cards, bool isUserCard)
    {
        foreach (RateCard card in cards)
        {
            foreach (ModelPricing model in card.Models)
            {
                CompiledPricing pricing = new(card, model, isUserCard, _settings.Overlays);
                EntryOf(model.Id).Add(pricing, isAlias: false);
                foreach (string alias in model.Aliases)
                {
                    EntryOf(alias).Add(pricing, isAlias: true);
                }
            }
        }
    }

    private ModelEntry EntryOf(string id)
    {
        if (!_entries.TryGetValue(id, out ModelEntry? entry))
        {
            _entries.Add(id, entry = new ModelEntry(id));
        }

        return entry;
    }
}
