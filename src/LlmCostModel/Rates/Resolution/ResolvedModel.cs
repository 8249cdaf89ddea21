namespace LlmCostModel;

/// <summary>The result of looking an id up: a pricing, or the reason why there is none.</summary>
internal sealed class ResolvedModel
{
    private const int MaxProviders = 64;

    private readonly string? _defaultRegion; // of calls for which neither the id nor the caller names one
    private BoundedCache<CostIssue>? _otherProviders;

    internal ResolvedModel(
        string requestedId,
        CompiledPricing pricing,
        MatchKind kind,
        IReadOnlyList<string> steps,
        string? region = null,
        CallAttributes? attributes = null,
        string? tier = null)
    {
        Pricing = pricing;
        _defaultRegion = region is null && pricing.Card.DefaultRegion is { } assumed && pricing.DependsOnRegion ? assumed : null;
        IsPlainId = region is null && attributes is null && tier is null && _defaultRegion is null;
        PlainRow = IsPlainId ? pricing.PlainRow : null;
        Resolution = new ModelResolution
        {
            RequestedId = requestedId,
            ModelId = pricing.Model.Id,
            Provider = pricing.Card.Provider,
            RateCard = pricing.Card.Name,
            Kind = kind,
            Region = region,
            Attributes = attributes,
            Tier = tier,
            Steps = steps,
        };
    }

    internal ResolvedModel(CostIssue issue) => Issue = issue;

    internal CompiledPricing? Pricing { get; }

    /// <summary>The one row of a model without rules and dates; otherwise <see langword="null"/>.</summary>
    internal PriceRow? PlainRow { get; }

    internal ModelResolution? Resolution { get; }

    internal CostIssue? Issue { get; }

    /// <summary>That the user's own price of a model was taken for a dated snapshot, where it was; otherwise <see
    /// langword="null"/>.</summary>
    internal string? SnapshotNote { get; init; }

    /// <summary>Whether the id may mean another model at another instant, so that the answer holds for one call only.</summary>
    internal bool DependsOnTime { get; set; }

    /// <summary>Whether the id names a model and nothing else: no region, no attribute, no tier, and none is
    /// assumed.</summary>
    internal bool IsPlainId { get; }

    /// <summary>The reason why a call at another provider than the card's has no price. There are few providers, so it is
    /// remembered.</summary>
    internal CostIssue NotSoldAt(string provider)
    {
        BoundedCache<CostIssue> known = _otherProviders ??= new(MaxProviders);
        return known.Find(provider)
            ?? known.Add(provider, LookupIssues.UnknownProvider(Pricing!.Model.Id, provider, [Pricing.Card.Provider!]));
    }

    /// <summary>That the card's region was taken for a call that names none; otherwise <see langword="null"/>.</summary>
    internal string? NoteRegionOf(in CallContext context) => _defaultRegion is null || context.Region is not null
        ? null
        : $"Neither the call nor its id names a region: that of rate card '{Pricing!.Card.Name}' is assumed, '{_defaultRegion}'.";

    /// <summary>The call with what the id itself says of it, where the call does not.</summary>
    internal CallContext WithFactsOfId(in CallContext context)
    {
        if (IsPlainId || Resolution is not { } found)
        {
            return context;
        }

        CallAttributes? attributes = CallAttributes.Merge(context.Attributes, found.Attributes);

        // A profile that runs anywhere costs the same from everywhere: where it was called from does not count.
        bool isGlobal = RegionPatterns.Global.Equals(found.Region, StringComparison.OrdinalIgnoreCase);
        return context with
        {
            Region = isGlobal ? found.Region : context.Region ?? found.Region ?? _defaultRegion,
            Attributes = attributes,
            Tier = string.IsNullOrEmpty(context.Tier) ? found.Tier : context.Tier,
        };
    }
}
