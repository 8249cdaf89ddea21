namespace LlmCostModel.Catalog;

/// <summary>What public tables would change in rate cards: proposals with their evidence, and what only a person can judge.</summary>
/// <remarks>What a provider's own page, API or statement decides is not touched by an older table, nor is what the life of an id
/// says.</remarks>
internal sealed class CatalogRefresh
{
    private readonly List<RefreshProposal> _proposals = [];
    private readonly List<RefreshWarning> _warnings = [];

    private CatalogRefresh()
    {
    }

    /// <summary>The proposals, by provider, kind and model.</summary>
    internal IReadOnlyList<RefreshProposal> Proposals => _proposals;

    /// <summary>The warnings, by provider and model.</summary>
    internal IReadOnlyList<RefreshWarning> Warnings => _warnings;

    /// <summary>How many models with another price in a table were left as they are, because a reading of the provider is newer.</summary>
    internal int Decided { get; private set; }

    /// <summary>Compares cards with tables.</summary>
    /// <param name="cards">The cards; only their providers are looked at. Tables are in money: cards in credits are left alone.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="now">The instant up to which models may have been retired.</param>
    internal static CatalogRefresh Propose(IReadOnlyList<RateCard> cards, IReadOnlyList<RefreshTable> tables, DateTimeOffset now)
    {
        CatalogRefresh refresh = new();
        CostEstimator estimator = new(new LlmCostModelOptions(), [new FixedCards(cards)], [new ProviderIdNormalizer()]);
        ILookup<string, TableStatement> statements = tables.SelectMany(table => table.Statements)
            .ToLookup(statement => statement.Provider, StringComparer.OrdinalIgnoreCase);
        foreach (RateCard card in cards.Where(card => card is { Provider: not null, Credit: null })
            .OrderBy(card => card.Provider, StringComparer.Ordinal))
        {
            CardReview review = new(card, estimator, now);
            foreach (IGrouping<string, TableStatement> model in statements[card.Provider!]
                .GroupBy(statement => review.IdOf(statement.Model), StringComparer.OrdinalIgnoreCase)
                .OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                review.Review(model.Key, [.. model]);
            }

            refresh._proposals.AddRange(review.Proposals.OrderBy(proposal => proposal.Kind));
            refresh._warnings.AddRange(review.Warnings);
            refresh.Decided += review.Decided;
        }

        return refresh;
    }
}
