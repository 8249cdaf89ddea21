using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Loads rates whole: the options are configured and validated once, then copied with the cards of all sources into an index that
/// nothing changes.</summary>
/// <param name="readOptions">Has the options configured and validated.</param>
/// <param name="userCards">The user's own cards beside those of the options.</param>
/// <param name="sources">Where further cards come from, which the user's own win over.</param>
/// <param name="normalizers">What reads ids that are in no card as they stand.</param>
/// <param name="clock">The clock.</param>
internal sealed class RateLoader(
    Func<CheckedOptions> readOptions,
    IReadOnlyList<RateCard> userCards,
    IEnumerable<IRateCardSource> sources,
    IEnumerable<IModelIdNormalizer> normalizers,
    TimeProvider clock)
{
    private readonly ImmutableArray<RateCard> _userCards = [.. userCards];
    private readonly ImmutableArray<IRateCardSource> _sources = [.. sources];
    private readonly ImmutableArray<IModelIdNormalizer> _normalizers = [.. normalizers];

    internal TimeProvider Clock => clock;

    internal LoadedRates Load()
    {
        (LlmCostModelOptions options, IReadOnlyList<InputFault> warnings) = readOptions();
        ImmutableArray<RateCard> catalog = LoadSources();
        PriceIndexSettings settings = new()
        {
            Overlays = [.. options.Overlays.Values],
            Pools = [.. options.Pools.Values],
            Deployments = options.Deployments.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            Normalizers = _normalizers,
            WeakestMatch = options.WeakestMatch,
            Strict = options.Strict,
            Clock = clock,
        };
        PriceIndex index = new([.. options.RateCards.Values, .. _userCards], catalog, settings);
        DateTimeOffset now = clock.GetUtcNow();
        IEnumerable<string> stale = RateAge.Warn([.. index.UserCards, .. index.CatalogCards], options.MaxRateAgeDays, now);
        RatesStatus status = new()
        {
            LoadedAt = now,
            RateCards = index.UserCards.Length + index.CatalogCards.Length,
            OwnRateCards = index.UserCards.Length,
            Models = index.UserCards.Sum(card => card.Models.Length) + index.CatalogCards.Sum(card => card.Models.Length),
            OldestAsOf = RateAge.FindOldest([.. index.UserCards, .. index.CatalogCards], now),
            MaxRateAgeDays = options.MaxRateAgeDays,
            Warnings =
            [
                .. warnings.Concat(index.Warnings).Select(warning => warning.ToString()),
                .. RateAge.WarnOfFuture(index.UserCards, now),
                .. stale,
                .. FindDeploymentsWithoutPrice(index, options),
            ],
        };
        return new LoadedRates(index, status, options.Strict)
        {
            AllowsLoss = options.AllowLossOnReload,
            Overlays = options.Overlays.Count,
            Deployments = options.Deployments.Count,
            Parts = [.. options.Parts],
        };
    }

    /// <summary>Sources promise valid cards, so nothing is checked but what would fail at every call, far from its cause.</summary>
    private ImmutableArray<RateCard> LoadSources()
    {
        FaultList faults = new();
        CompletenessValidator completeness = new(faults);
        List<RateCard> cards = [];
        foreach (IRateCardSource source in _sources)
        {
            if (Load(source) is { } loaded)
            {
                cards.AddRange(loaded.Where(card => completeness.Validate(card, source.GetType().Name)));
            }
            else
            {
                faults.Add(source.GetType().Name, null, "gave no list of rate cards.", "Return an empty list where there are none.");
            }
        }

        return faults.HasErrors ? throw new RateCardException(faults.All) : [.. cards];
    }

    private static IReadOnlyList<RateCard>? Load(IRateCardSource source)
    {
        try
        {
            return source.Load();
        }
        catch (Exception exception) when (exception is not (RateCardException or OptionsValidationException))
        {
            throw new RateCardException($"{source.GetType().Name} gave no rate cards, but failed: {exception.Message}", exception);
        }
    }

    /// <summary>A deployment of a model that no card has would be found out by the first call only.</summary>
    private static IEnumerable<string> FindDeploymentsWithoutPrice(PriceIndex index, LlmCostModelOptions options) =>
        from name in options.Deployments.Keys
        let issue = index.Find(name, default).Issue
        where issue is not null
        select issue.Message;
}
