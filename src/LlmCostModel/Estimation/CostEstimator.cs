using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

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

    internal CostEstimator(RateStore store) => _store = store;

    /// <inheritdoc/>
    public RatesStatus Rates => _store.Status;

    /// <inheritdoc/>
    public IReadOnlyList<RateCard> RateCards => [.. Table.UserCards, .. Table.CatalogCards];

    internal PriceTable Table => _store.Table;

    /// <inheritdoc/>
    public CostEstimate Estimate(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        return Price(Table.Find(modelId, in context), in usage, in context, meters);
    }

    /// <inheritdoc/>
    public CostEstimate Estimate(ReadOnlySpan<char> modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null) =>
        Price(Table.Find(modelId, in context), in usage, in context, meters);

    /// <inheritdoc/>
    public CostReceipt Explain(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);

        CallContext pinned = Pinned(in context);
        ResolvedModel model = Table.Find(modelId, in pinned);
        CostEstimate estimate = Price(model, in usage, in pinned, meters);
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

    internal CostEstimate Price(ResolvedModel model, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        if (model.Pricing is not { } pricing)
        {
            return Checked(new CostEstimate(in usage, model.Issue!));
        }

        if (context.Host is not null && pricing.Card.Host is { } own && !own.Equals(context.Host, StringComparison.OrdinalIgnoreCase))
        {
            return Checked(new CostEstimate(in usage, IssueText.UnknownHost(pricing.Model.Id, context.Host, [own])));
        }

        CostEstimate estimate = model.Region is not null && context.Region is null
            ? CallPricer.Price(pricing, in usage, context with { Region = model.Region }, meters, _store.Clock)
            : CallPricer.Price(pricing, in usage, in context, meters, _store.Clock);
        return estimate.Status == CostStatus.Priced ? estimate : Checked(estimate);
    }

    /// <summary>Fixes "now", so that everything worked out for one answer is at one instant.</summary>
    private CallContext Pinned(in CallContext context) => context with { At = context.At ?? _store.Clock.GetUtcNow() };

    private CostEstimate Checked(CostEstimate estimate) => _store.Strict ? throw new UnpricedException(estimate.Issues) : estimate;
}
