using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Works out what calls of language models cost, from rate cards.</summary>
/// <remarks>Thread-safe. Estimating allocates nothing while everything asked for is priced and only tokens were used.</remarks>
public sealed class CostEstimator : ICostEstimator
{
    private readonly RateStore _store;

    /// <summary>Makes an estimator without dependency injection.</summary>
    /// <param name="rateCards">The rate cards; models of the same id at the same provider must not occur twice.</param>
    /// <exception cref="RateCardException">Something about the cards is invalid; the message lists every fault.</exception>
    public CostEstimator(IEnumerable<RateCard> rateCards)
        : this(new LlmCostModelOptions(), rateCards)
    {
    }

    /// <inheritdoc cref="CostEstimator(IEnumerable{RateCard})"/>
    public CostEstimator(params RateCard[] rateCards)
        : this((IEnumerable<RateCard>)rateCards)
    {
    }

    /// <summary>Makes an estimator without dependency injection.</summary>
    /// <param name="options">The options; read once.</param>
    /// <param name="rateCards">Rate cards beside those of the options.</param>
    /// <exception cref="RateCardException">Something about the rates is invalid; the message lists every fault.</exception>
    public CostEstimator(LlmCostModelOptions options, IEnumerable<RateCard> rateCards)
        : this(RateStore.Create(options, [.. rateCards ?? throw new ArgumentNullException(nameof(rateCards))], [], [], TimeProvider.System))
    {
    }

    /// <inheritdoc cref="CostEstimator(LlmCostModelOptions, IEnumerable{RateCard})"/>
    public CostEstimator(LlmCostModelOptions options, params RateCard[] rateCards)
        : this(options, (IEnumerable<RateCard>)rateCards)
    {
    }

    /// <summary>Makes an estimator from the parts that dependency injection would bring together.</summary>
    /// <param name="options">The options; read once.</param>
    /// <param name="sources">Where further rate cards come from; those of the options win over them.</param>
    /// <param name="normalizers">What reads ids that are in no rate card as they stand, asked in this order.</param>
    /// <exception cref="RateCardException">Something about the rates is invalid; the message lists every fault.</exception>
    public CostEstimator(LlmCostModelOptions options, IEnumerable<IRateCardSource> sources, IEnumerable<IModelIdNormalizer> normalizers)
        : this(RateStore.Create(options, [], sources, normalizers, TimeProvider.System))
    {
    }

    internal CostEstimator(RateStore store) => _store = store;

    /// <summary>Where the prices are, for what prepares them for many calls.</summary>
    internal RateStore Store => _store;

    /// <inheritdoc/>
    public RatesStatus Rates => _store.Status;

    /// <inheritdoc/>
    public IReadOnlyList<RateCard> RateCards => [.. _store.Index.UserCards, .. _store.Index.CatalogCards];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // The result is large: made in the caller's place it is not copied.
    public CostEstimate Estimate(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        Unsafe.SkipInit(out CostEstimate result);
        CallPricer.Price(_store, _store.Index.Find(modelId, in context), in usage, in context, meters, ref result);
        return result;
    }

    /// <inheritdoc cref="Estimate(string, in TokenUsage, in CallContext, MeteredQuantities?)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CostEstimate Estimate(
        ReadOnlySpan<char> modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        Unsafe.SkipInit(out CostEstimate result);
        CallPricer.Price(_store, _store.Index.Find(modelId, in context), in usage, in context, meters, ref result);
        return result;
    }

    /// <summary>Works out the total alone: the fastest way for loops. <see cref="PricedModel.TryGetTotal(in TokenUsage, in CallContext, out
    /// decimal)"/> saves the look-up.</summary>
    /// <param name="modelId">The model id as the provider or the application writes it.</param>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="context">What else decides the price; <see langword="default"/> is now, at the standard tier.</param>
    /// <param name="amount">The exact total that an estimate gives, in the currency of the model's rate card; 0 when the result is <see
    /// langword="false"/>.</param>
    /// <returns>Whether everything was priced. Missing prices never throw here, strict or not: an estimate tells what is missing.</returns>
    /// <exception cref="OverflowException">A decimal cannot hold the exact amount.</exception>
    public bool TryGetTotal(string modelId, in TokenUsage usage, in CallContext context, out decimal amount)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        return CallPricer.TryGetTotal(_store, _store.Index.Find(modelId, in context), in usage, in context, out amount);
    }

    /// <inheritdoc cref="TryGetTotal(string, in TokenUsage, in CallContext, out decimal)"/>
    public bool TryGetTotal(ReadOnlySpan<char> modelId, in TokenUsage usage, in CallContext context, out decimal amount) =>
        CallPricer.TryGetTotal(_store, _store.Index.Find(modelId, in context), in usage, in context, out amount);

    /// <inheritdoc/>
    public PricedCall Price(ModelCall modelCall)
    {
        ArgumentNullException.ThrowIfNull(modelCall);
        PricedCall priced = ModelCallPricer.Price(_store, modelCall);
        return priced.Status == CostStatus.Priced || !_store.Strict ? priced : throw new UnpricedException(priced);
    }

    /// <inheritdoc/>
    public CostReceipt Explain(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        return ReceiptBuilder.Explain(_store, modelId, in usage, in context, meters);
    }

    /// <inheritdoc/>
    public IReadOnlyList<CostComparison> Compare(
        IEnumerable<string> modelIds, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelIds);
        CallContext pinned = _store.Pin(in context);
        List<(string Id, CostEstimate Estimate)> results = [];
        foreach (string modelId in modelIds)
        {
            try
            {
                results.Add((modelId, Estimate(modelId, in usage, in pinned, meters)));
            }
            catch (OverflowException exception)
            {
                // The others have a price all the same.
                results.Add((modelId, new CostEstimate(in usage, new CostIssue(CostIssueKind.AmountTooLarge, modelId, exception.Message))));
            }
        }

        return CostRanking.Rank(results);
    }

    /// <inheritdoc/>
    public PricedModel GetModel(string modelId, string? provider = null) =>
        FindModel(modelId, provider, out CostIssue? issue) ?? throw new UnpricedException([issue!]);

    /// <inheritdoc/>
    public bool TryGetModel(string modelId, [NotNullWhen(true)] out PricedModel? model, string? provider = null)
    {
        model = FindModel(modelId, provider, out _);
        return model is not null;
    }

    private PricedModel? FindModel(string modelId, string? provider, out CostIssue? issue)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        PriceIndex index = _store.Index;
        ResolvedModel model = index.Find(modelId, new CallContext { Provider = provider });
        issue = model.Issue;
        return issue is null ? new PricedModel(_store, modelId, provider, index, model) : null;
    }
}
