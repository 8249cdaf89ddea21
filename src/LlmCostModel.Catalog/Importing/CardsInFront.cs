using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>Joins the rate cards of a table with those of a catalog, so that in front of it they make nothing unpriced: a table knows the
/// prices of its day, and neither what was before nor all tiers.</summary>
internal sealed class CardsInFront
{
    private readonly Dictionary<string, RateCard> _catalog;
    private readonly CostEstimator _estimator;
    private readonly List<ImportLoss> _losses = [];

    internal CardsInFront(IEnumerable<RateCard> catalog)
    {
        ImmutableArray<RateCard> cards = [.. catalog];
        _catalog = cards.Where(card => card.Provider is not null)
            .GroupBy(card => card.Provider!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        _estimator = new CostEstimator(new LlmCostModelOptions(), [new FixedCards(cards)], [new ProviderIdNormalizer()]);
    }

    /// <summary>What the catalog goes on to price alone, with the reason.</summary>
    internal IReadOnlyList<ImportLoss> Losses => _losses;

    /// <summary>A card that can stand in front of the catalog; <see langword="null"/> when nothing is left of it.</summary>
    internal RateCard? Join(RateCard table)
    {
        RateCard named = table with { ProviderRequired = !table.FirstParty };
        if (table.Provider is null || !_catalog.TryGetValue(table.Provider, out RateCard? catalog))
        {
            return named;
        }

        KnownIds known = new(catalog);
        List<ModelPricing> models = [];
        HashSet<string> taken = new(table.Models.SelectMany(model => model.Aliases.Prepend(model.Id)), StringComparer.Ordinal);
        foreach (ModelPricing model in table.Models)
        {
            ModelPricing? other = known.Find(model.Id);
            if (other is not null && catalog.Credit is { } credit)
            {
                _losses.Add(new ImportLoss(
                    $"{table.Provider}/{model.Id}", "entry", $"is in {credit.Name} in the catalog, which goes on to price it"));
            }
            else if (other is not null)
            {
                models.Add(Join(model, other, table, taken));
            }
            else if (WhyLeft(model.Id, table, known) is { } why)
            {
                _losses.Add(new ImportLoss($"{table.Provider}/{model.Id}", "entry", why));
            }
            else
            {
                models.Add(model);
            }
        }

        if (models.Count == 0)
        {
            return null;
        }

        known.AddWhatTheModelsHide(models, out ImmutableArray<IdLifecycle> lives);
        return named with { Models = [.. models], Lifecycle = lives };
    }

    /// <summary>Why the catalog goes on to price an id that none of its models has: a card in front of it would hide what its rules read in
    /// the id, such as a region.</summary>
    private string? WhyLeft(string id, RateCard table, KnownIds known)
    {
        if (known.HasLife(id))
        {
            return "is a name that moves, which the catalog follows; it goes on to price it";
        }

        if (known.FindSnapshotWithLife(id) is { } snapshot)
        {
            return $"is a short name of '{snapshot}', whose life the catalog knows; it goes on to price it";
        }

        if (table.FirstParty
            && _estimator.Explain(id, default).Resolution is { Provider: { } maker }
            && maker != table.Provider
            && _catalog[maker].FirstParty)
        {
            return $"is a model that '{maker}' makes, as the catalog knows it, which goes on to price it";
        }

        ModelResolution? found = _estimator.Explain(id, default, new CallContext { Provider = table.Provider }).Resolution;
        return found is null
            ? null
            : $"is read by the catalog as '{found.ModelId}', by rules that a card would hide; it goes on to price it";
    }

    private ModelPricing Join(ModelPricing model, ModelPricing known, RateCard table, HashSet<string> taken)
    {
        DateTimeOffset day = new(table.AsOf ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), default, default);
        PriceVersion? stated = model.GetVersion(day);

        // Other names of the model are led and retired with it, which they would not be as snapshots of a user's model.
        ModelPricing named = known with
        {
            Id = model.Id,
            Aliases = [.. model.Aliases, .. known.Aliases.Prepend(known.Id).Where(taken.Add)],
        };
        ModelPricing joined = named;
        if (stated is not null)
        {
            joined = joined with { Versions = JoinedVersions.Of(known, stated with { Source = table.Source, AsOf = table.AsOf }, day) };
        }

        try
        {
            RateCardJson.Parse(RateCardJson.Write(table with { Models = [joined], Lifecycle = [] }), "card");
            return joined;
        }
        catch (RateCardException exception)
        {
            _losses.Add(new ImportLoss(
                $"{table.Provider}/{model.Id}", "prices", $"do not go with what the catalog has beside them: {exception.Message}"));
            return named;
        }
    }
}
