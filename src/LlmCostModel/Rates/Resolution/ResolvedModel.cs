namespace LlmCostModel;

/// <summary>The result of looking an id up: a pricing, or the reason why there is none.</summary>
internal sealed class ResolvedModel
{
    private const int MaxProviders = 64;

    private readonly (long FromTicks, ResolvedModel Model)[]? _later;
    private BoundedCache<CostIssue>? _otherProviders;

    /// <param name="requestedId">The id.</param>
    /// <param name="pricing">The model that it means.</param>
    /// <param name="kind">How it was found.</param>
    /// <param name="steps">What was done to the id, in words.</param>
    /// <param name="region">What the id says of the region.</param>
    /// <param name="attributes">What the id says of the request.</param>
    /// <param name="later">What it means from later instants on, by their beginning.</param>
    /// <param name="tier">What the id says of the tier.</param>
    internal ResolvedModel(
        string requestedId,
        CompiledPricing pricing,
        MatchKind kind,
        IReadOnlyList<string> steps,
        string? region = null,
        CallAttributes? attributes = null,
        (long FromTicks, ResolvedModel Model)[]? later = null,
        string? tier = null)
    {
        Pricing = pricing;
        _later = later;
        IsPlainId = region is null && attributes is null && tier is null && later is null;
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

    /// <summary>What a reader of the cost has to know: that the user's own price of a model was taken for a dated snapshot, or that the id
    /// leads to another model; otherwise <see langword="null"/>.</summary>
    internal string? Note { get; init; }

    /// <summary>Whether the id may mean another model at another instant, so that the answer holds for one call only.</summary>
    internal bool DependsOnTime { get; set; }

    /// <summary>Whether the id names one model and nothing else: no region, no attribute, no tier, no other model at another
    /// time.</summary>
    internal bool IsPlainId { get; }

    /// <summary>What the id means at the instant of a call: ids are renamed, led to other models, and retired.</summary>
    internal ResolvedModel At(in CallContext context, TimeProvider clock)
    {
        if (_later is not null)
        {
            long instant = CompiledPricing.InstantOf(in context, clock);
            for (int i = _later.Length - 1; i >= 0; i--)
            {
                if (_later[i].FromTicks <= instant)
                {
                    return _later[i].Model;
                }
            }
        }

        return this;
    }

    /// <summary>What it means from later instants on, by their beginning.</summary>
    internal ReadOnlySpan<(long FromTicks, ResolvedModel Model)> Later => _later;

    /// <summary>The same model, at every instant, found by another id.</summary>
    /// <param name="requestedId">That id.</param>
    /// <param name="kind">How it was found.</param>
    /// <param name="before">What was done to it before.</param>
    /// <param name="region">What it says of the region.</param>
    /// <param name="attributes">What it says of the request.</param>
    /// <param name="tier">What it says of the tier.</param>
    internal ResolvedModel FoundBy(
        string requestedId,
        MatchKind kind,
        IReadOnlyList<string> before,
        string? region = null,
        CallAttributes? attributes = null,
        string? tier = null) => new(
            requestedId,
            Pricing!,
            kind,
            [.. before, .. Resolution!.Steps],
            region ?? Resolution.Region,
            attributes ?? Resolution.Attributes,
            _later is null ? null
                : [.. _later.Select(one => (one.FromTicks, one.Model.FoundBy(requestedId, kind, before, region, attributes, tier)))],
            tier ?? Resolution.Tier)
        {
            Note = Note,
        };

    /// <summary>The reason why a call at another provider than the card's has no price. There are few providers, so it is
    /// remembered.</summary>
    internal CostIssue NotSoldAt(string provider)
    {
        BoundedCache<CostIssue> known = _otherProviders ??= new(MaxProviders);
        return known.Find(provider)
            ?? known.Add(provider, LookupIssues.UnknownProvider(Pricing!.Model.Id, provider, [Pricing.Card.Provider!]));
    }

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
            Region = isGlobal ? found.Region : context.Region ?? found.Region,
            Attributes = attributes,
            Tier = string.IsNullOrEmpty(context.Tier) ? found.Tier : context.Tier,
        };
    }
}
