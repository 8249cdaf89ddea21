namespace LlmCostModel;

/// <summary>The result of looking an id up: a pricing, or the reason why there is none.</summary>
internal sealed class ResolvedModel
{
    internal ResolvedModel(
        string requestedId,
        CompiledPricing pricing,
        MatchKind kind,
        IReadOnlyList<string> steps,
        string? region = null,
        CallAttributes? attributes = null)
    {
        Pricing = pricing;
        IsPlainId = region is null && attributes is null;
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
            Steps = steps,
        };
    }

    internal ResolvedModel(CostIssue issue) => Issue = issue;

    internal CompiledPricing? Pricing { get; }

    /// <summary>The one row of a model without rules and dates; otherwise <see langword="null"/>.</summary>
    internal PriceRow? PlainRow { get; }

    internal ModelResolution? Resolution { get; }

    internal CostIssue? Issue { get; }

    /// <summary>That the user's own price of a model was taken for a dated snapshot, where it was; otherwise <see langword="null"/>.</summary>
    internal string? SnapshotNote { get; init; }

    /// <summary>Whether the id names a model and nothing else: no region, no attribute.</summary>
    internal bool IsPlainId { get; }

    /// <summary>The call with what the id itself says of it, where the call does not.</summary>
    internal CallContext WithFactsOfId(in CallContext context)
    {
        if (IsPlainId || Resolution is not { } found)
        {
            return context;
        }

        CallAttributes? attributes = context.Attributes;
        foreach ((string name, string value) in found.Attributes ?? CallAttributes.Empty)
        {
            attributes = attributes?[name] is null ? (attributes ?? CallAttributes.Empty).With(name, value) : attributes;
        }

        // A profile that runs anywhere costs the same from everywhere: where it was called from does not count.
        bool isGlobal = RegionPatterns.Global.Equals(found.Region, StringComparison.OrdinalIgnoreCase);
        return context with { Region = isGlobal ? found.Region : context.Region ?? found.Region, Attributes = attributes };
    }
}
