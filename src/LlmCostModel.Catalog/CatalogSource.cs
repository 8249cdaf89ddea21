namespace LlmCostModel.Catalog;

/// <summary>Brings the catalog to estimators made by dependency injection: the built-in one, with the providers of a newer file in the place of its own.</summary>
internal sealed class CatalogSource(string? path = null, string? sha256 = null) : IRateCardSource
{
    public IReadOnlyList<RateCard> Load()
    {
        if (path is null)
        {
            return BuiltInCatalog.RateCards;
        }

        IReadOnlyList<RateCard> newer = CatalogFile.Load(path, sha256);
        return [.. newer, .. BuiltInCatalog.RateCards.Where(card => !newer.Any(other => string.Equals(other.Provider, card.Provider, StringComparison.OrdinalIgnoreCase)))];
    }
}
