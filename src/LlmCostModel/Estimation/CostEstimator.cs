using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Works out what calls of language models cost, from rate cards.</summary>
/// <remarks>Thread-safe. Estimating allocates nothing while everything asked for is priced and only tokens were used.</remarks>
public sealed class CostEstimator : ICostEstimator
{
    private readonly RateStore _store;

    /// <summary>Makes an estimator without dependency injection.</summary>
    /// <param name="rateCards">The rate cards; models of the same id at the same host must not occur twice.</param>
    /// <exception cref="RateCardException">Something about the cards cannot be right; the message lists every fault.</exception>
    public CostEstimator(params IEnumerable<RateCard> rateCards)
        : this(new LlmCostModelOptions(), rateCards)
    {
    }

    /// <summary>Makes an estimator without dependency injection.</summary>
    /// <param name="options">The options; read once.</param>
    /// <param name="rateCards">Rate cards beside those of the options.</param>
    /// <exception cref="RateCardException">Something about the rates cannot be right; the message lists every fault.</exception>
    public CostEstimator(LlmCostModelOptions options, params IEnumerable<RateCard> rateCards)
        : this(RateStore.Create(options, [.. rateCards], TimeProvider.System))
    {
    }

    /// <summary>Makes an estimator from the parts that dependency injection would bring together.</summary>
    /// <param name="options">The options; read once.</param>
    /// <param name="sources">Where further rate cards come from; those of the options win over them.</param>
    /// <param name="normalisers">What reads ids that are in no rate card as they stand, asked in this order.</param>
    /// <exception cref="RateCardException">Something about the rates cannot be right; the message lists every fault.</exception>
    public CostEstimator(LlmCostModelOptions options, IEnumerable<IRateCardSource> sources, IEnumerable<IModelIdNormaliser> normalisers)
        : this(RateStore.Create(options, sources, normalisers, TimeProvider.System))
    {
    }

    internal CostEstimator(RateStore store) => _store = store;

    /// <inheritdoc/>
    public RatesStatus Rates => _store.Status;

    /// <inheritdoc/>
    public IReadOnlyList<RateCard> RateCards => [.. Table.UserCards, .. Table.CatalogCards];

    internal PriceTable Table => _store.Table;

    internal RateStore Store => _store;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // The result is large: made in the caller's place it is not copied.
    public CostEstimate Estimate(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        Unsafe.SkipInit(out CostEstimate result);
        Price(Table.Find(modelId, in context), in usage, in context, meters, ref result);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CostEstimate Estimate(ReadOnlySpan<char> modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        Unsafe.SkipInit(out CostEstimate result);
        Price(Table.Find(modelId, in context), in usage, in context, meters, ref result);
        return result;
    }

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

        CallContext pinned = Pinned(in context);
        ResolvedModel model = Table.Find(modelId, in pinned);
        CostEstimate estimate = default;
        Price(model, in usage, in pinned, meters, ref estimate);
        return ReceiptBuilder.Build(modelId, model, in estimate, in pinned, meters, _store.Clock);
    }

    /// <inheritdoc/>
    public IReadOnlyList<CostComparison> Compare(IEnumerable<string> modelIds, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelIds);
        CallContext pinned = Pinned(in context);
        List<(string Id, CostEstimate Estimate)> results = [];
        foreach (string modelId in modelIds)
        {
            results.Add((modelId, Estimate(modelId, in usage, in pinned, meters)));
        }

        return CostRanking.Rank(results);
    }

    /// <inheritdoc/>
    public PricedModel GetModel(string modelId, string? host = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        PriceTable table = Table;
        ResolvedModel model = table.Find(modelId, new CallContext { Host = host });
        return model.Issue is null ? new PricedModel(this, modelId, host, table, model) : throw new UnpricedException([model.Issue]);
    }

    /// <inheritdoc/>
    public bool TryGetModel(string modelId, string? host, [NotNullWhen(true)] out PricedModel? model)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        PriceTable table = Table;
        ResolvedModel found = table.Find(modelId, new CallContext { Host = host });
        model = found.Issue is null ? new PricedModel(this, modelId, host, table, found) : null;
        return model is not null;
    }

    /// <summary>Prices a call in the place of the result, which is too large to be copied from method to method.</summary>
    internal void Price(ResolvedModel model, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, ref CostEstimate result)
    {
        Price(model, in usage, in context, meters, _store.Clock, ref result);
        if (result.Status != CostStatus.Priced && _store.Strict)
        {
            throw new UnpricedException(result.Issues);
        }
    }

    /// <summary>The same, whether strictness is asked for or not.</summary>
    internal static void Price(ResolvedModel model, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, TimeProvider clock, ref CostEstimate result)
    {
        if (meters is null && model.PlainRow is { } plain && context.Tier is null && !context.IsBatch && context.Host is null && CostEstimate.TryPrice(plain, in usage, ref result))
        {
            return;
        }

        if (model.Pricing is { } pricing && model.IsPlainId && context.Host is null)
        {
            CallPricer.Price(pricing, in usage, in context, meters, clock, ref result);
        }
        else
        {
            PriceWithCare(model, in usage, in context, meters, clock, ref result);
        }
    }

    /// <summary>What is rare, apart: its temporaries would cost every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceWithCare(ResolvedModel model, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, TimeProvider clock, ref CostEstimate result)
    {
        if (model.Pricing is not { } pricing)
        {
            result = new CostEstimate(in usage, model.Issue!);
        }
        else if (context.Host is not null && pricing.Card.Host is { } own && !own.Equals(context.Host, StringComparison.OrdinalIgnoreCase))
        {
            result = new CostEstimate(in usage, IssueText.UnknownHost(pricing.Model.Id, context.Host, [own]));
        }
        else
        {
            CallContext served = model.Served(in context);
            CallPricer.Price(pricing, in usage, in served, meters, clock, ref result);
        }
    }

    /// <summary>Fixes "now", so that everything worked out for one answer is at one instant.</summary>
    private CallContext Pinned(in CallContext context) => context with { At = context.At ?? _store.Clock.GetUtcNow() };
}
