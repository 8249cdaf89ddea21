namespace LlmCostModel.Catalog;

/// <summary>Cards that are at hand, as a catalog.</summary>
internal sealed class FixedCards(IReadOnlyList<RateCard> cards) : IRateCardSource
{
    public IReadOnlyList<RateCard> Load() => cards;
}
