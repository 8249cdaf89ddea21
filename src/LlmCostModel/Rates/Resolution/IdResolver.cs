namespace LlmCostModel;

/// <summary>Finds what ids mean that do not stand in a rate card as they are, or that a setting stands before: deployments, letter case,
/// the forms that providers give to ids.</summary>
internal sealed class IdResolver
{
    /// <summary>No provider has a longer id, in characters; a longer one is not looked for in other forms, which would take time and
    /// memory with every part of it.</summary>
    internal const int LongestId = 1024;

    /// <summary>How many forms of an unknown id are compared with known ones, which takes time with each.</summary>
    private const int FormsToCompare = 3;

    private readonly Dictionary<string, IdEntry> _entries;
    private readonly Lazy<ILookup<string, IdEntry>> _ignoringCase;
    private readonly RememberedIds _remembered = new();
    private readonly PriceIndexSettings _settings;
    private readonly bool _hasCatalog;
    private readonly bool _mayRememberFailures;

    internal IdResolver(Dictionary<string, IdEntry> entries, PriceIndexSettings settings, bool hasCatalog)
    {
        _entries = entries;
        _settings = settings;
        _hasCatalog = hasCatalog;
        _mayRememberFailures = settings.Normalizers.All(normalizer => !normalizer.DependsOnTime);
        _ignoringCase = new(() => entries.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase));
    }

    private bool AcceptsOtherForms => _settings.WeakestMatch >= MatchKind.Normalized;

    /// <summary>The answer of an earlier call with the same id and provider; <see langword="null"/> when there is none that holds at any
    /// instant.</summary>
    internal ResolvedModel? Recall(ReadOnlySpan<char> modelId, string? provider) => _remembered.Find(modelId, provider);

    /// <inheritdoc cref="Recall(ReadOnlySpan{char}, string?)"/>
    internal ResolvedModel? Recall(string modelId, string? provider) => _remembered.Find(modelId, provider);

    /// <summary>Works out what an id means, and remembers it where the instant of the call plays no part.</summary>
    internal ResolvedModel Resolve(string modelId, in CallContext context)
    {
        ResolvedModel resolved = Resolve(modelId, in context, out bool dependsOnTime);
        if (!dependsOnTime && (resolved.Pricing is not null || _mayRememberFailures))
        {
            _remembered.Add(modelId, context.Provider, resolved);
        }

        resolved.DependsOnTime = dependsOnTime;
        return resolved;
    }

    /// <summary>The model that the id in a response is, where its API tells; <see langword="null"/> when the id says all.</summary>
    internal string? ReadInResponse(string modelId, ApiFormat api)
    {
        foreach (IModelIdNormalizer normalizer in _settings.Normalizers)
        {
            if (AcceptsOtherForms && normalizer.ReadInResponse(modelId, api) is { } id && !_settings.Deployments.ContainsKey(modelId))
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>What an id that another seller lists means at the maker of the model, who writes it in another form; <see
    /// langword="null"/> when the forms of the id lead to no maker.</summary>
    internal ResolvedModel? FindAtMaker(string modelId)
    {
        if (!AcceptsOtherForms)
        {
            return null;
        }

        DateTimeOffset now = _settings.Clock.GetUtcNow();
        foreach (IModelIdNormalizer normalizer in _settings.Normalizers)
        {
            foreach (ModelIdCandidate candidate in normalizer.Normalize(modelId, null, now))
            {
                if (!candidate.DependsOnTime
                    && _entries.TryGetValue(candidate.ModelId, out IdEntry? entry)
                    && entry.FindAtMaker(candidate.Provider) is { Pricing: not null } found)
                {
                    return AsForm(modelId, candidate, found);
                }
            }
        }

        return null;
    }

    private static ResolvedModel AsForm(string modelId, ModelIdCandidate candidate, ResolvedModel found) =>
        found.FoundBy(modelId, MatchKind.Normalized, candidate.Steps, candidate.Region, candidate.Attributes, candidate.Tier);

    private ResolvedModel Resolve(string modelId, in CallContext context, out bool dependsOnTime)
    {
        dependsOnTime = false;
        if (_settings.Deployments.TryGetValue(modelId, out ModelDeployment? deployment))
        {
            return ResolveDeployment(modelId, deployment, null, in context, out dependsOnTime);
        }

        ResolvedModel? asWritten = _entries.TryGetValue(modelId, out IdEntry? entry) ? entry.Select(context.Provider) : null;
        if (asWritten is { Pricing: not null } && asWritten.Resolution!.Kind <= _settings.WeakestMatch)
        {
            return asWritten;
        }

        // An id that is known, but not at this provider, may still be the way in which another provider writes one of its own.
        CostIssue? reason = asWritten?.Issue;
        if (modelId.Length > LongestId)
        {
            return new ResolvedModel(reason ?? LookupIssues.TooLong(modelId));
        }

        if (!AcceptsOtherForms || string.IsNullOrWhiteSpace(modelId))
        {
            return new ResolvedModel(reason ?? Explain(modelId, context.Provider));
        }

        ResolvedModel resolved = ResolveForm(modelId, in context, out dependsOnTime);
        return reason?.Kind switch
        {
            _ when resolved.Pricing is not null => resolved,
            null => resolved,
            CostIssueKind.UnknownProvider => new ResolvedModel(Explain(modelId, context.Provider, reason)),
            _ => new ResolvedModel(reason),
        };
    }

    /// <summary>What a deployment of the caller's own stands for.</summary>
    /// <param name="modelId">The id that was asked for.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="path">The form of the id that led to it; <see langword="null"/> when the id is the deployment's name.</param>
    /// <param name="context">The call.</param>
    /// <param name="dependsOnTime">Whether another instant may lead to another model.</param>
    private ResolvedModel ResolveDeployment(
        string modelId, ModelDeployment deployment, ModelIdCandidate? path, in CallContext context, out bool dependsOnTime)
    {
        CallContext target = context with { Provider = deployment.Provider ?? context.Provider ?? path?.Provider };
        ResolvedModel found = ResolveTarget(deployment.Model, in target, out dependsOnTime);
        dependsOnTime |= path is { DependsOnTime: true };
        if (found.Pricing is null)
        {
            return new ResolvedModel(LookupIssues.DeploymentWithoutPrice(modelId, deployment.Model, target.Provider));
        }

        string step = $"deployment '{path?.ModelId ?? modelId}' is mapped to '{deployment.Model}'";
        return found.FoundBy(modelId, MatchKind.Mapped, [.. path?.Steps ?? [], step], deployment.Region ?? path?.Region, tier: path?.Tier);
    }

    private ResolvedModel ResolveTarget(string modelId, in CallContext context, out bool dependsOnTime)
    {
        dependsOnTime = false;
        if (_entries.TryGetValue(modelId, out IdEntry? entry))
        {
            return entry.Select(context.Provider);
        }

        return AcceptsOtherForms && modelId.Length <= LongestId
            ? ResolveForm(modelId, in context, out dependsOnTime)
            : new ResolvedModel(Explain(modelId, context.Provider));
    }

    /// <summary>Reads an id in other forms, the likeliest first: another letter case, then what the normalizers list, each a deployment's
    /// name or a model's id.</summary>
    private ResolvedModel ResolveForm(string modelId, in CallContext context, out bool dependsOnTime)
    {
        dependsOnTime = false;
        ResolvedModel? found = FindUserSnapshot(modelId, context.Provider) ?? FindInOtherCase(modelId, context.Provider);
        if (found is { Pricing: not null })
        {
            return found;
        }

        CostIssue? bestReason = found?.Issue;
        List<ModelIdCandidate> forms = [];
        DateTimeOffset at = context.At ?? _settings.Clock.GetUtcNow();
        foreach (IModelIdNormalizer normalizer in _settings.Normalizers)
        {
            foreach (ModelIdCandidate candidate in normalizer.Normalize(modelId, context.Provider, at))
            {
                if (FindDeploymentBehind(candidate) is { } deployment)
                {
                    return ResolveDeployment(modelId, deployment, candidate, in context, out dependsOnTime);
                }

                found = FindCandidate(modelId, candidate, context.Provider ?? candidate.Provider);
                if (found is { Pricing: not null })
                {
                    dependsOnTime = candidate.DependsOnTime;
                    return found;
                }

                bestReason ??= found?.Issue;
                forms.Add(candidate);
            }
        }

        return new ResolvedModel(Explain(modelId, context.Provider, bestReason, forms));
    }

    private ResolvedModel? FindInOtherCase(string modelId, string? provider) => FindIgnoringCase(modelId, provider) switch
    {
        null => null,
        { Pricing: not null } found => found.FoundBy(modelId, MatchKind.Normalized, [$"letter case of '{modelId}' ignored"]),
        { Issue: not null } asWritten when _entries.ContainsKey(modelId) => asWritten,
        { Issue: var issue } => new ResolvedModel(issue! with { Message = $"'{modelId}' in another letter case: {issue.Message}" }),
    };

    private ModelDeployment? FindDeploymentBehind(ModelIdCandidate candidate) =>
        _settings.Deployments.TryGetValue(candidate.ModelId, out ModelDeployment? deployment)
        && (deployment.Provider is null || deployment.Provider.Equals(candidate.Provider, StringComparison.OrdinalIgnoreCase))
            ? deployment
            : null;

    private ResolvedModel? FindCandidate(string modelId, ModelIdCandidate candidate, string? provider)
    {
        ResolvedModel? exact = _entries.TryGetValue(candidate.ModelId, out IdEntry? entry) ? entry.Select(provider) : null;
        ResolvedModel? found = exact is { Pricing: not null }
            ? exact
            : FindUserSnapshot(candidate.ModelId, provider) ?? FindInOtherCase(candidate.ModelId, provider);
        if (found?.Issue is { } issue)
        {
            return new ResolvedModel(issue with { Message = $"'{modelId}' is read as '{candidate.ModelId}'. {issue.Message}" });
        }

        if (found?.Pricing is not { } pricing)
        {
            return null;
        }

        if (candidate.Snapshot is { } snapshot && !pricing.IsUserCard && MayHavePriceOfItsOwn(snapshot, pricing))
        {
            return new ResolvedModel(LookupIssues.UnlistedSnapshot(modelId, pricing));
        }

        return AsForm(modelId, candidate, found);
    }

    /// <summary>A dated snapshot that no card lists, of a model in one of the user's own cards; <see langword="null"/> when it is
    /// none.</summary>
    private ResolvedModel? FindUserSnapshot(string modelId, string? provider)
    {
        if (_entries.ContainsKey(modelId)
            || !SnapshotDate.TryTakeOff(modelId, out ReadOnlySpan<char> undated)
            || !_entries.TryGetValue(undated.ToString(), out IdEntry? model))
        {
            return null;
        }

        IdEntry snapshot = new(modelId);
        snapshot.AddUserModelsOf(model, NameKind.Snapshot);
        return snapshot.IsEmpty || snapshot.Select(provider) is not { Pricing: not null } found ? null : found;
    }

    /// <summary>Whether no card lists the snapshot and the model's prices were read before its day, so that they cannot know of
    /// it.</summary>
    private bool MayHavePriceOfItsOwn(ModelSnapshot snapshot, CompiledPricing pricing) =>
        !_entries.ContainsKey(snapshot.Id) && !pricing.IsReadSince(snapshot.Date);

    /// <summary>Looks an id up in whatever case cards write it. Cards may do that differently: the provider decides, and two answers are
    /// none. The user's own come first, since every case of their names leads to them (<see cref="PriceIndex"/>).</summary>
    private ResolvedModel? FindIgnoringCase(string modelId, string? provider)
    {
        ResolvedModel[] found = [.. _ignoringCase.Value[modelId].Select(entry => entry.Select(provider))];
        IEnumerable<ResolvedModel> known = found.Where(model => model.Pricing is not null);
        ResolvedModel[] priced = [.. known.DistinctBy(model => model.Pricing)]; // one model may stand under several spellings
        return priced.Any(model => !model.Pricing!.HasPricesOf(priced[0].Pricing!))
            ? new ResolvedModel(
                LookupIssues.AmbiguousProvider(modelId, priced.Select(model => model.Resolution!.Provider ?? "any").Distinct()))
            : priced.FirstOrDefault() ?? found.FirstOrDefault();
    }

    /// <summary>The best reason that there is for an id without a price: what its form tells, then what was found on the way, then that
    /// nothing is known.</summary>
    private CostIssue Explain(
        string modelId, string? provider, CostIssue? foundOnTheWay = null, List<ModelIdCandidate>? forms = null)
    {
        if (!string.IsNullOrWhiteSpace(modelId))
        {
            foreach (IModelIdNormalizer normalizer in _settings.Normalizers)
            {
                if (normalizer.Explain(modelId, provider) is { } reason)
                {
                    return LookupIssues.UnknownModel(modelId, reason);
                }
            }
        }

        return foundOnTheWay ?? LookupIssues.UnknownModel(modelId, withoutCatalog: !_hasCatalog, FindSimilar(modelId, provider, forms));
    }

    /// <summary>The id that was probably meant, as it stands or behind what stands in front of it.</summary>
    private string? FindSimilar(string modelId, string? provider, List<ModelIdCandidate>? forms) =>
        SimilarIds.Find(modelId, provider, _entries)
        ?? forms?.Take(FormsToCompare)
            .Select(form => SimilarIds.Find(form.ModelId, provider ?? form.Provider, _entries))
            .FirstOrDefault(id => id is not null);
}
