namespace LlmCostModel.Catalog;

/// <summary>Brings the built-in catalog to estimators made by dependency injection.</summary>
internal sealed class CatalogSource : IRateCardSource
{
    public IReadOnlyList<RateCard> Load() => BuiltInCatalog.RateCards;
}
