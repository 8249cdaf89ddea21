using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>Works out what calls of language models cost.</summary>
/// <remarks>To test code that takes one, make a <see cref="CostEstimator"/> of a rate card of your own: its results are real, and nothing
/// else can
/// make them. Implementations are thread-safe. Rates may be reloaded while the application runs; every call uses one consistent set of
/// them.</remarks>
public interface ICostEstimator
{
    /// <summary>Gets the state of the rates: when they were loaded, and what is wrong with a later change that was refused.</summary>
    RatesStatus Rates { get; }

    /// <summary>Gets the rate cards in use, the user's own before those of the catalog.</summary>
    IReadOnlyList<RateCard> RateCards { get; }

    /// <summary>Works out what a call costs.</summary>
    /// <param name="modelId">The model id as the provider or the application writes it.</param>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="context">What else decides the price; <see langword="default"/> is now, at the standard tier.</param>
    /// <param name="meters">What the call consumed besides tokens; <see langword="null"/> means nothing.</param>
    /// <returns>The estimate. What is not known is in its status and issues, never a silent zero.</returns>
    /// <exception cref="UnpricedException">The options ask for strictness and something is not priced.</exception>
    /// <exception cref="OverflowException">A decimal cannot hold the exact amount.</exception>
    CostEstimate Estimate(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null);

    /// <summary>Works out what a call cost, of which it is known who made it and what the response says: the main model and every call
    /// inside it.</summary>
    /// <param name="modelCall">The call.</param>
    /// <returns>What it cost. What is not known is in its status and issues, never a silent zero.</returns>
    /// <exception cref="UnpricedException">The options ask for strictness and something is not priced; <see cref="UnpricedException.Call"/>
    /// has what is known all the same.</exception>
    PricedCall Price(ModelCall modelCall);

    /// <summary>Works out what a call costs and explains it line by line.</summary>
    /// <inheritdoc cref="Estimate(string, in TokenUsage, in CallContext, MeteredQuantities?)"/>
    /// <returns>The receipt, whose lines sum exactly to its total.</returns>
    CostReceipt Explain(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null);

    /// <summary>Prices one usage on many models.</summary>
    /// <param name="modelIds">The models.</param>
    /// <param name="usage">What each call would consume.</param>
    /// <param name="context">What else decides the price.</param>
    /// <param name="meters">What the call would consume besides tokens; <see langword="null"/> means nothing.</param>
    /// <returns>The results: wholly priced ones first, the cheapest before the others, then partly priced, then unpriced ones; equal ones
    /// in the order given.</returns>
    /// <exception cref="InvalidOperationException">The prices are in several currencies, which have no order.</exception>
    IReadOnlyList<CostComparison> Compare(
        IEnumerable<string> modelIds,
        in TokenUsage usage,
        in CallContext context = default,
        MeteredQuantities? meters = null);

    /// <summary>Finds a model once, for estimating many times without looking its id up.</summary>
    /// <param name="modelId">The model id.</param>
    /// <param name="provider">The provider that bills the calls; <see langword="null"/> when the id alone says it.</param>
    /// <returns>The model. It follows reloads of the rates.</returns>
    /// <exception cref="UnpricedException">No rate card has the model, or several providers do.</exception>
    PricedModel GetModel(string modelId, string? provider = null);

    /// <summary>Finds a model once, as <see cref="GetModel"/> does, without an exception.</summary>
    /// <param name="modelId">The model id.</param>
    /// <param name="model">The model; <see langword="null"/> when there is none.</param>
    /// <param name="provider">The provider that bills the calls; <see langword="null"/> when the id alone says it.</param>
    /// <returns>Whether it was found.</returns>
    bool TryGetModel(string modelId, [NotNullWhen(true)] out PricedModel? model, string? provider = null);
}
