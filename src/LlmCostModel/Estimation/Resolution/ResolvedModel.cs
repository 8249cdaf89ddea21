namespace LlmCostModel;

/// <summary>The result of looking an id up: a pricing, or the reason why there is none.</summary>
internal sealed class ResolvedModel
{
    internal ResolvedModel(string requestedId, CompiledPricing pricing, MatchKind kind, IReadOnlyList<string> steps, string? region)
    {
        Pricing = pricing;
        Region = region;
        PlainRow = region is null ? pricing.PlainRow : null;
        Resolution = new ModelResolution
        {
            RequestedId = requestedId,
            ModelId = pricing.Model.Id,
            Host = pricing.Card.Host,
            RateCard = pricing.Card.Name,
            Kind = kind,
            Region = region,
            Steps = steps,
        };
    }

    internal ResolvedModel(CostIssue issue) => Issue = issue;

    internal CompiledPricing? Pricing { get; }

    /// <summary>The one row of a model without rules and dates; otherwise <see langword="null"/>.</summary>
    internal PriceRow? PlainRow { get; }

    internal ModelResolution? Resolution { get; }

    internal CostIssue? Issue { get; }

    /// <summary>The region that the id itself names.</summary>
    internal string? Region { get; }
}
