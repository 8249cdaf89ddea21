using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>A model that was found once, for estimating many times: no look-up, no allocation.</summary>
/// <remarks>Thread-safe. After a reload of the rates it uses the new ones; if they no longer have the model, estimates are unpriced and say
/// so.</remarks>
public sealed class PricedModel
{
    /// <summary>A timed rule makes thousands of periods a year; 200 years reach beyond every price history and stay in memory.</summary>
    private static readonly TimeSpan LongestTimeline = TimeSpan.FromDays(73_050);

    private readonly RateStore _store;
    private readonly string _requestedId;
    private readonly string? _provider;
    private Found _found;

    internal PricedModel(RateStore store, string requestedId, string? provider, PriceIndex index, ResolvedModel model)
    {
        _store = store;
        _requestedId = requestedId;
        _provider = provider;
        _found = new Found(index, model);
    }

    /// <summary>Gets the canonical id of the model.</summary>
    public string Id => Resolution.ModelId;

    /// <summary>Gets how the id was matched.</summary>
    /// <remarks>Of an id that leads to other models in time, it is that of now; estimates are of the instant of their call.</remarks>
    public ModelResolution Resolution => _found.Model.At(default, _store.Clock).Resolution!;

    /// <summary>Gets how much one call of the model may hold, as its rate card states it; <see langword="null"/> when it is not
    /// known.</summary>
    /// <remarks>Of an id that leads to other models in time, they are those of now.</remarks>
    public ModelLimits? Limits => FindCurrent(default).At(default, _store.Clock).Pricing?.Model.Limits;

    /// <summary>Works out what a call of the model costs.</summary>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="context">What else decides the price; <see langword="default"/> is now, at the standard tier.</param>
    /// <param name="meters">What the call consumed besides tokens; <see langword="null"/> means nothing.</param>
    /// <returns>The estimate. What is not known is in its status and issues, never a silent zero.</returns>
    /// <exception cref="UnpricedException">The options ask for strictness and something is not priced.</exception>
    /// <exception cref="OverflowException">A decimal cannot hold the exact amount.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // The result is large: made in the caller's place it is not copied.
    public CostEstimate Estimate(in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null)
    {
        Unsafe.SkipInit(out CostEstimate result);
        CallPricer.Price(_store, FindCurrent(in context), in usage, in context, meters, ref result);
        return result;
    }

    /// <summary>Works out the total alone: the fastest way for loops, several times faster than <see cref="Estimate"/>.</summary>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="context">What else decides the price; <see langword="default"/> is now, at the standard tier.</param>
    /// <param name="amount">The exact total that <see cref="Estimate"/> gives, in the currency of the model's rate card; 0 when the result
    /// is <see langword="false"/>.</param>
    /// <returns>Whether everything was priced. Missing prices never throw here, strict or not: <see cref="Estimate"/> tells what is
    /// missing.</returns>
    /// <exception cref="OverflowException">A decimal cannot hold the exact amount.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetTotal(in TokenUsage usage, in CallContext context, out decimal amount) =>
        CallPricer.TryGetTotal(_store, FindCurrent(in context), in usage, in context, out amount);

    /// <summary>Works out the total alone of a call at the standard tier whose prices are those of now.</summary>
    /// <inheritdoc cref="TryGetTotal(in TokenUsage, in CallContext, out decimal)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetTotal(in TokenUsage usage, out decimal amount) => TryGetTotal(in usage, default, out amount);

    /// <summary>Works out what a call of the model costs and explains it line by line.</summary>
    /// <inheritdoc cref="Estimate"/>
    /// <returns>The receipt, whose lines sum exactly to its total.</returns>
    public CostReceipt Explain(in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null) =>
        ReceiptBuilder.Explain(_store, _requestedId, in usage, _provider is null ? context : context with { Provider = _provider }, meters);

    /// <summary>Lists when the prices change: with a new price version, the dates of a rule, or its hours of the week in a time
    /// zone.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The first instant after the last period, at most 200 years later.</param>
    /// <param name="context">Whether announced prices count; the rest of it plays no part, as the periods are those of every call.</param>
    /// <returns>
    /// The periods in order, without a gap; a time without a price is a period as well. Neighbors differ in their version or rules.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="until"/> is not after <paramref name="from"/>, or over 200 years
    /// after.</exception>
    public IReadOnlyList<PricePeriod> GetPricePeriods(DateTimeOffset from, DateTimeOffset until, in CallContext context = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(until, from);
        if (until - from > LongestTimeline)
        {
            const string TooLong = "Prices are listed for at most 200 years (73,050 days). Ask for a shorter time.";
            throw new ArgumentOutOfRangeException(nameof(until), until, TooLong);
        }

        ResolvedModel model = FindCurrent(in context);
        if (model.Pricing is null)
        {
            return [new PricePeriod(from.ToUniversalTime(), until.ToUniversalTime(), default)];
        }

        List<PricePeriod> periods = [];
        DateTimeOffset begin = from;
        foreach ((long fromTicks, ResolvedModel next) in model.Later)
        {
            DateTimeOffset edge = new(fromTicks, TimeSpan.Zero);
            if (edge > begin && begin < until)
            {
                DateTimeOffset end = edge < until ? edge : until;
                periods.AddRange(new PriceTimeline(model.Pricing!, context.IncludeAnnounced).Between(begin, end));
                begin = end;
            }

            model = next;
        }

        if (begin < until)
        {
            periods.AddRange(new PriceTimeline(model.Pricing!, context.IncludeAnnounced).Between(begin, until));
        }

        return periods;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ResolvedModel FindCurrent(in CallContext context)
    {
        Found found = _found;
        return ReferenceEquals(found.Index, _store.Index) ? found.Model : FindAgain(in context);
    }

    /// <summary>After a reload, and at every call of an id that means another model at another instant.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ResolvedModel FindAgain(in CallContext context)
    {
        PriceIndex index = _store.Index;
        ResolvedModel model = index.Find(_requestedId, new CallContext { Provider = _provider, At = context.At });

        // The last resolution stays for Id and Resolution when the model is gone.
        if (model.Resolution is not null && (!model.DependsOnTime || _found.LoadedFrom != index))
        {
            _found = new Found(index, model);
        }

        return model;
    }

    /// <param name="LoadedFrom">The prices in which the model was found.</param>
    /// <param name="Model">The model.</param>
    private sealed record Found(PriceIndex LoadedFrom, ResolvedModel Model)
    {
        /// <summary>The prices as long as which the answer holds; <see langword="null"/> when it held for one instant only.</summary>
        internal PriceIndex? Index { get; } = Model.DependsOnTime ? null : LoadedFrom;
    }

    /// <summary>Shows model, provider, card and how it was found.</summary>
    /// <returns>Such as <c>gpt-4o at openai, from card openai (Exact)</c>.</returns>
    public override string ToString() => Resolution.ToString();
}
